import Apus
import ApusTesting
import Testing

/// What simulations have found, each without the scenario around it.
@Suite struct RegressionTests {
    private static let seeds: ClosedRange<UInt64> = 1...200

    private static let server = Server("Regression") {
        Get("/") { _ in "here" }
    }

    /// The server closed when it had answered; what came then was answered with a reset, which overtook the answer (RFC 9112 §9.6).
    @Test func `a request that meets the end of the connection does not cost the answer before it`() throws {
        var server = Self.server
        server.limits.requestsPerConnection = 1
        for seed in Self.seeds {
            try Simulation(seed: seed) { [server] world in
                try await world.test(server) { client in
                    try await client.connect { connection in
                        let request = "GET / HTTP/1.1\r\nHost: x\r\n\r\n"
                        try await connection.send(request)
                        try await world.sleep(for: world.random(in: .zero ... .milliseconds(4)))
                        try await connection.send(request)
                        let answer = try await connection.receiveResponse()
                        #expect(answer.text == "here")
                        #expect(try await connection.receiveToEnd().isEmpty)
                    }
                }
            }.run()
        }
    }

    /// What a client sends after the last answer is passed over, however much it is, but for a second only.
    @Test func `a client that sends without end does not keep a connection that has ended`() throws {
        var server = Self.server
        server.limits.requestsPerConnection = 1
        for seed in Self.seeds.prefix(20) {
            try Simulation(seed: seed) { [server] world in
                try await world.test(server) { client in
                    try await client.connect { connection in
                        try await connection.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
                        let answer = try await connection.receiveResponse()
                        #expect(answer.text == "here")
                        let begin = world.now
                        var isTaken = true
                        while isTaken, world.now - begin < .seconds(10) {
                            do { try await connection.send("and more ") } catch { isTaken = false }
                            try await world.sleep(for: .milliseconds(10))
                        }
                        #expect(world.now - begin > .milliseconds(900) && world.now - begin < .seconds(2))
                    }
                }
            }.run()
        }
    }

    /// The event came between the look whether there is something to read and the wait for it.
    @Test func `octets that come before anybody waits for them wake whoever waits next`() throws {
        for seed in Self.seeds {
            let report = try Simulation(seed: seed) { world in
                try await world.test(Self.server) { client in
                    for _ in 1...5 {
                        let answer = try await client.get("/")
                        #expect(answer.text == "here")
                    }
                }
            }.run()
            #expect(report.duration < .seconds(1))
        }
    }

    /// A worker without connections ended before its timer for the end of the grace was set.
    @Test func `a server that ends while its last connection does leaves no timer`() throws {
        for seed in Self.seeds {
            try Simulation(seed: seed) { world in
                try await world.test(Self.server) { client in
                    _ = try await client.get("/")
                    client.server?.shutdown()
                }
            }.run()
        }
    }
}
