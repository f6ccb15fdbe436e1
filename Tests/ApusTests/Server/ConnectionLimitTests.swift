import Apus
import ApusTesting
import Testing

/// As many connections as the limits allow, and not one more.
@Suite(.timeLimit(.minutes(1)), .fewAtATime) struct ConnectionLimitTests {
    private static let request = "GET / HTTP/1.1\r\nHost: x\r\n\r\n"

    @Test func `a connection beyond the limit waits until another ends`() async throws {
        let (log, served) = (CollectedLog(), Shared(0))
        var server = Server.logging(log) {
            Get("/") { _ in
                served.change { $0 += 1 }
                return "served"
            }
        }
        server.limits.connections = 2
        try await server.test(over: .socket) { client in
            try await client.connect { first in
                try await first.send(Self.request)
                _ = try await first.receiveResponse()
                try await client.connect { second in
                    try await second.send(Self.request)
                    _ = try await second.receiveResponse()
                    try await client.connect { waiting in
                        try await waiting.send(Self.request)
                        while !log.text.contains("as many connections as its limits allow") { await Task.yield() }
                        #expect(served.value == 2)
                        await second.close()
                        let response = try await waiting.receiveResponse()
                        #expect(response.text == "served" && served.value == 3)
                    }
                }
            }
        }
    }

    @Test func `connections that wait for a place do not hold up the end`() async throws {
        let log = CollectedLog()
        var server = Server.logging(log) { Get("/") { _ in "served" } }
        server.limits.connections = 1
        try await server.test(over: .socket) { client in
            try await client.connect { first in
                try await first.send(Self.request)
                _ = try await first.receiveResponse()
                try await client.connect { _ in
                    while !log.text.contains("as many connections as its limits allow") { await Task.yield() }
                }
                await first.close()
            }
        }
    }

    @Test func `places are given back by every connection`() async throws {
        var server = Server.logging { Get("/") { _ in "served" } }
        server.limits.connections = 3
        try await server.test(over: .socket) { client in
            for _ in 0..<20 {
                let response = try await client.get("/")
                #expect(response.text == "served")
            }
        }
    }
}
