import Apus
import ApusTesting
import Testing

/// A handler that does not answer in time is answered for, and cancelled.
@Suite(.timeLimit(.minutes(1)), .fewAtATime) struct HandlerDeadlineTests {
    private static func limits(_ deadline: Duration?) -> Limits {
        var limits = Limits()
        limits.handlerDeadline = deadline
        return limits
    }

    private static let request = "GET /slow/7 HTTP/1.1\r\nHost: x\r\n\r\n"

    @Test(arguments: TestTransport.wires)
    func `the client gets 503 and the handler is cancelled`(transport: TestTransport) async throws {
        let (log, cancelled) = (CollectedLog(), Gate())
        var server = Server.logging(log) {
            Get("/slow/{id}") { _ in
                try await withTaskCancellationHandler {
                    try await Task.sleep(for: .seconds(60))
                    return "late"
                } onCancel: {
                    cancelled.open()
                }
            }
        }
        server.limits = Self.limits(.milliseconds(100))
        try await server.test(over: transport) { client in
            try await client.connect { connection in
                try await connection.send(Self.request)
                let response = try await connection.receiveResponse()
                #expect(response.status == .serviceUnavailable && response.headers[.connection] == "close")
                #expect(response.headers[.contentType] == "application/problem+json")
                await cancelled.wait()
                let rest = try await connection.receiveToEnd()
                #expect(rest.isEmpty)
            }
        }
        #expect(log.text.contains("/slow/{id}") && log.text.contains("deadline"))
    }

    @Test func `a handler that heeds no cancellation keeps neither the answer nor the connection`() async throws {
        let (held, finished) = (Shared<CheckedContinuation<Void, Never>?>(nil), Shared(false))
        var server = Server.logging {
            Get("/slow/{id}") { _ in
                await withCheckedContinuation { continuation in held.change { $0 = continuation } }
                finished.change { $0 = true }
                return "late"
            }
        }
        server.limits = Self.limits(.milliseconds(50))
        try await server.test(over: .socket) { client in
            try await client.connect { connection in
                try await connection.send(Self.request)
                let response = try await connection.receiveResponse()
                #expect(response.status == .serviceUnavailable)
                let rest = try await connection.receiveToEnd()
                #expect(rest.isEmpty && !finished.value)
                // The socket itself is closed too: what is sent to it is answered with a reset.
                while (try? await connection.send("x")) != nil { try await Task.sleep(for: .milliseconds(20)) }
                #expect(!finished.value)
            }
            held.value?.resume()
        }
        #expect(finished.value)
    }

    @Test func `the answers before it are not lost, and HEAD gets no content`() async throws {
        var server = Server.logging {
            Get("/quick") { _ in "quick" }
            Get("/slow") { _ -> String in
                try await Task.sleep(for: .seconds(60))
                return "late"
            }
        }
        server.limits = Self.limits(.milliseconds(100))
        try await server.test(over: .socket) { client in
            try await client.connect { connection in
                let quick = "GET /quick HTTP/1.1\r\nHost: x\r\n\r\n"
                try await connection.send(quick + "HEAD /slow HTTP/1.1\r\nHost: x\r\n\r\n" + quick)
                let first = try await connection.receiveResponse()
                #expect(first.text == "quick")
                let octets = try await connection.receiveToEnd()
                let rest = String(decoding: octets, as: UTF8.self)
                #expect(rest.hasPrefix("HTTP/1.1 503 ") && rest.hasSuffix("\r\n\r\n"))
            }
        }
    }

    @Test func `a route has its own deadline, the innermost that is named`() async throws {
        var server = Server.logging {
            Group("/group") {
                Get("long") { _ in try await Self.answer(after: .milliseconds(300)) }.deadline(nil)
                Get("short") { _ in try await Self.answer(after: .seconds(60)) }
            }
            .deadline(.milliseconds(100))
            Get("/server") { _ in try await Self.answer(after: .milliseconds(300)) }
        }
        server.limits = Self.limits(.seconds(30))
        try await server.test(over: .socket) { client in
            let statuses = [
                try await client.get("/group/long").status, try await client.get("/server").status,
                try await client.get("/group/short").status,
            ]
            #expect(statuses == [.ok, .ok, .serviceUnavailable])
        }
    }

    @Test func `a stream may take longer than a handler, and so may the next request wait`() async throws {
        var server = Server.logging {
            Get("/stream") { _ in
                Response(contentType: .text) { writer in
                    for word in ["one ", "two ", "three"] {
                        try await Task.sleep(for: .milliseconds(120))
                        try await writer.write(word)
                    }
                }
            }
        }
        server.limits = Self.limits(.milliseconds(100))
        try await server.test(over: .socket) { client in
            try await client.connect { connection in
                for _ in 0..<2 {
                    try await connection.send("GET /stream HTTP/1.1\r\nHost: x\r\n\r\n")
                    let response = try await connection.receiveResponse()
                    #expect(response.text == "one two three")
                }
            }
        }
    }

    @Test(arguments: TestTransport.wires)
    func `waiting for the client is not the handler's time`(transport: TestTransport) async throws {
        var limits = Self.limits(.milliseconds(300))
        limits.contentPause = .seconds(30)
        try await WireServer.connect(over: transport, limits: limits) { connection in
            try await connection.send("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\r\n")
            for octet in ["a", "b", "c", "d"] {
                try await Task.sleep(for: .milliseconds(150))
                try await connection.send(octet)
            }
            let response = try await connection.receiveResponse()
            #expect(response.text == "abcd")
        }
    }

    private static func answer(after duration: Duration) async throws -> String {
        try await Task.sleep(for: duration)
        return "answered"
    }
}
