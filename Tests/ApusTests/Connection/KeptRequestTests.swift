import Apus
import ApusTesting
import Testing

/// A loop makes its requests in the memory of those that are over: those that a handler has kept are not.
@Suite(.timeLimit(.minutes(1)), .fewAtATime) struct KeptRequestTests {
    private enum Tag: RequestContextKey { typealias Value = Int }

    /// What a handler keeps of a request; the rest of it is over with the answer.
    enum Part: CaseIterable { case nothing, request, changed, parameters, head, fields, body, context }

    private typealias Check = @Sendable () async throws -> Bool

    /// Keeps a part of a request, and says how to see whether that is still as it was.
    private static func keep(_ part: Part, of received: Request) -> Check {
        var request = received
        let number = request.parameters["number"] ?? ""
        request.context[Tag.self] = Int(number)
        let (parameters, head, fields, body, context, changed) =
            (received.parameters, received.head, received.headers, received.body, request.context, request)
        return switch part {
        case .nothing: { true }
        case .request:
            {
                received.path == "/\(number)/t\(number)" && received.headers["X"] == number
                    && received.parameters["text"] == "t\(number)" && received.context[Tag.self] == nil
            }
        case .changed:
            {
                changed.path == "/\(number)/t\(number)" && changed.headers["X"] == number
                    && changed.context[Tag.self] == Int(number)
                    && changed.parameters["text"] == "t\(number)"
            }
        case .parameters: { parameters["number"] == number && parameters["text"] == "t\(number)" }
        case .head: { head.path == "/\(number)/t\(number)" && head.fields["X"] == number }
        case .fields: { fields["X"] == number && fields[.host] == "x" }
        case .body: { body.declaredLength == number.utf8.count }
        case .context: { context[Tag.self] == Int(number) }
        }
    }

    @Test(arguments: TestTransport.wires, Part.allCases)
    func `what a handler keeps of a request stays as it is`(transport: TestTransport, part: Part) async throws {
        let checks = Shared<[Check]>([])
        let server = Server.logging {
            Post("/{number:int}/{text}") { (request: Request, content: [UInt8]) -> String in
                let check = Self.keep(part, of: request)
                checks.change { $0.append(check) }
                return String(decoding: content, as: UTF8.self)
            }
            // One that is waited for, whose request comes back later.
            Put("/{number:int}/{text}") { (request: Request, content: [UInt8]) async -> String in
                await Task.yield()
                let check = Self.keep(part, of: request)
                checks.change { $0.append(check) }
                return String(decoding: content, as: UTF8.self)
            }
        }
        try await server.test(over: transport) { client in
            for connection in 0..<3 {
                try await client.connect { wire in
                    let numbers = (0..<6).map { connection * 1_000_000 + 10 * $0 * $0 }
                    let requests = numbers.enumerated().map { index, number in
                        """
                        \(index % 3 == 0 ? "PUT" : "POST") /\(number)/t\(number) HTTP/1.1\r\nHost: x\r\nX: \(number)\r\n\
                        Content-Length: \("\(number)".utf8.count)\r\n\r\n\(number)
                        """
                    }
                    try await wire.send(requests.joined())
                    for number in numbers {
                        let response = try await wire.receiveResponse()
                        #expect(response.status == .ok && response.text == "\(number)")
                    }
                }
            }
        }
        #expect(checks.value.count == 18)
        for check in checks.value {
            let isRight = try await check()
            #expect(isRight)
        }
    }
}
