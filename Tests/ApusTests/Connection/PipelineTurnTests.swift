import Apus
import ApusTesting
import Testing

/// However many requests a client sends at once, the others of its loop have their turn.
@Suite(.timeLimit(.minutes(1)), .fewAtATime) struct PipelineTurnTests {
    private static func request(_ path: String) -> String { "GET \(path) HTTP/1.1\r\nHost: x\r\n\r\n" }

    @Test(arguments: TestTransport.wires, [1, 7, 64])
    func `none of them is lost, and no more than a turn's come first`(transport: TestTransport, turn: Int) async throws
    {
        let (served, before) = (Shared(0), Shared(-1))
        let isOtherThere = Shared(false)
        var server = Server.logging {
            Get("/first") { _ in
                // Holds the loop, so that the other's request is there when it looks again.
                while !isOtherThere.value {}
                return "first"
            }
            Get("/next/{n}") { request in
                served.change { $0 += 1 }
                return request.parameters["n"]
            }
            Get("/other") { _ in
                before.change { $0 = served.value }
                return "other"
            }
        }
        server.eventLoops = 1
        server.limits.pipelinedRequests = turn
        try await server.test(over: transport) { client in
            try await client.connect { many in
                try await client.connect { other in
                    try await other.send(Self.request("/other"))
                    _ = try await other.receiveResponse()
                    before.change { $0 = -1 }
                    let requests = (0..<300).map { Self.request("/next/\($0)") }.joined()
                    try await many.send(Self.request("/first") + requests)
                    try await other.send(Self.request("/other"))
                    isOtherThere.change { $0 = true }
                    let response = try await other.receiveResponse()
                    #expect(response.text == "other")
                    let first = try await many.receiveResponse()
                    #expect(first.text == "first")
                    for number in 0..<300 {
                        let response = try await many.receiveResponse()
                        #expect(response.text == "\(number)")
                    }
                }
            }
        }
        #expect(0...turn ~= before.value && served.value == 300)
    }
}
