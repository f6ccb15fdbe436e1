import Apus
import ApusTesting
import Testing

/// No peer can make the server wait without end.
@Suite(.timeLimit(.minutes(1)), .fewAtATime) struct DeadlineTests {
    @Test(arguments: TestTransport.wires)
    func `a head that does not come to its end is answered 408`(transport: TestTransport) async throws {
        try await WireServer.connect(over: transport, limits: .with(\.headDeadline, .milliseconds(250))) { connection in
            try await connection.send("GET /hello HTTP/1.1\r\nHost")
            let response = try await connection.receiveResponse()
            #expect(response.status == .requestTimeout && response.headers[.connection] == "close")
            let rest = try await connection.receiveToEnd()
            #expect(rest.isEmpty)
        }
    }

    @Test(arguments: TestTransport.wires)
    func `a second head that does not come to its end is answered 408`(transport: TestTransport) async throws {
        try await WireServer.connect(over: transport, limits: .with(\.headDeadline, .milliseconds(250))) { connection in
            try await connection.send("GET /hello HTTP/1.1\r\nHost: x\r\n\r\n")
            let first = try await connection.receiveResponse()
            #expect(first.status == .ok)
            try await connection.send("G")
            let response = try await connection.receiveResponse()
            #expect(response.status == .requestTimeout)
        }
    }

    /// Slowloris: each octet comes in time, the head never does.
    @Test(arguments: TestTransport.wires)
    func `octets that trickle do not prolong a head's time`(transport: TestTransport) async throws {
        try await WireServer.connect(over: transport, limits: .with(\.headDeadline, .milliseconds(250))) { connection in
            try await connection.send("GET /hello HTTP/1.1\r\nX: ")
            await connection.limitWaiting(to: .milliseconds(5))
            let start = ContinuousClock.now
            while start.duration(to: .now) < .seconds(5) {
                if let response = try? await connection.receiveResponse() {
                    #expect(response.status == .requestTimeout)
                    return
                }
                try? await connection.send("x")
            }
            Issue.record("the head had 250 ms, and took more than 5 s")
        }
    }

    @Test func `a connection that says nothing is closed without an answer`() async throws {
        try await WireServer.connect(over: .socket, limits: .with(\.headDeadline, .milliseconds(30))) { connection in
            let rest = try await connection.receiveToEnd()
            #expect(rest.isEmpty)
        }
    }

    @Test func `a TLS handshake that does not begin is given up`() async throws {
        // A client in clear text to a port with TLS, which says nothing.
        var server = WireServer.make(limits: .with(\.handshakeDeadline, .milliseconds(30)))
        server.endpoints = [Endpoint(port: 0, tls: .selfSigned)]
        try await server.withRunning { running in
            try await ClearTextClient.connect(to: running.endpoints[0]) { connection in
                let rest = try await connection.receiveToEnd()
                #expect(rest.isEmpty)
            }
        }
    }

    @Test func `the time of a head begins when the TLS handshake is complete`() async throws {
        var limits = Limits.with(\.handshakeDeadline, .seconds(20))
        limits.headDeadline = .milliseconds(100)
        try await WireServer.connect(over: .tls, limits: limits) { connection in
            let rest = try await connection.receiveToEnd()
            #expect(rest.isEmpty)
        }
    }

    @Test(arguments: TestTransport.wires)
    func `an idle connection is closed without an answer`(transport: TestTransport) async throws {
        try await WireServer.connect(over: transport, limits: .with(\.idleDeadline, .milliseconds(30))) { connection in
            try await connection.send("GET /hello HTTP/1.1\r\nHost: x\r\n\r\n")
            let response = try await connection.receiveResponse()
            #expect(response.text == "Hello")
            let rest = try await connection.receiveToEnd()
            #expect(rest.isEmpty)
        }
    }

    @Test(
        arguments: TestTransport.wires, ["Content-Length: 10\r\n\r\n012", "Transfer-Encoding: chunked\r\n\r\nA\r\n012"])
    func `content that does not come is answered 408`(transport: TestTransport, content: String) async throws {
        try await WireServer.connect(over: transport, limits: .with(\.contentPause, .milliseconds(50))) { connection in
            try await connection.send("POST /echo HTTP/1.1\r\nHost: x\r\n" + content)
            let response = try await connection.receiveResponse()
            #expect(response.status == .requestTimeout && response.headers[.connection] == "close")
            let rest = try await connection.receiveToEnd()
            #expect(rest.isEmpty)
        }
    }

    @Test(arguments: TestTransport.wires)
    func `content that nobody reads and that does not come closes the connection`(
        transport: TestTransport
    ) async throws {
        try await WireServer.connect(over: transport, limits: .with(\.contentPause, .milliseconds(50))) { connection in
            try await connection.send("POST /ignore HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n012")
            let response = try await connection.receiveResponse()
            #expect(response.text == "ignored")
            let rest = try await connection.receiveToEnd()
            #expect(rest.isEmpty)
        }
    }

    /// The limits are about peers: a handler takes as long as it takes.
    @Test(arguments: TestTransport.wires)
    func `a slow handler is not cut short`(transport: TestTransport) async throws {
        var server = Server.logging {
            Get("/slow") { _ in
                try await Task.sleep(for: .milliseconds(300))
                return "slow"
            }
        }
        server.limits.headDeadline = .milliseconds(250)
        server.limits.idleDeadline = .milliseconds(20)
        server.limits.contentPause = .milliseconds(20)
        server.limits.writeStall = .milliseconds(20)
        try await server.test(over: transport) { client in
            let response = try await client.get("/slow")
            #expect(response.text == "slow")
        }
    }
}
