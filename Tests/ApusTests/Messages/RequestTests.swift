import Apus
import ApusTesting
import Testing

@Suite struct RequestTests {
    private static let server = Server.logging {
        Get("/query") { request in
            try request.query().items.map { "\($0.name)=\($0.value)" }.joined(separator: ";")
        }
        Get("/peer") { request in "\(request.connection.peerAddress) \(request.connection.peerPort ?? -1)" }
        Get("/tls") { request in "\(request.connection.isSecure) \(request.connection.tlsVersion ?? "none")" }
        Get("/head") { request in
            "\(request.method) \(request.path) \(request.head.version) \(request.headers["X-A"] ?? "nil") \(request.user.isAuthenticated)"
        }
    }

    static let queries: [(query: String, items: String)] = [
        ("", ""), ("?", ""), ("?a=1&b=2", "a=1;b=2"), ("?a=1&a=2", "a=1;a=2"), ("?a", "a="), ("?a=b=c", "a=b=c"),
        ("?a+b=c%20d", "a b=c d"), ("?%C3%A9=%26", "é=&"), ("?&&a=1&", "a=1"),
    ]

    /// WHATWG URL §5.1.
    @Test(arguments: queries)
    func `the query is decoded`(row: (query: String, items: String)) async throws {
        try await Self.server.test { client in
            let response = try await client.get("/query\(row.query)")
            #expect(response.status == .ok && response.text == row.items)
        }
    }

    @Test(arguments: ["?a=%", "?a=%zz", "?%FF=1", "?" + String(repeating: "a&", count: 1_001)])
    func `a malformed query is the client's mistake`(query: String) async throws {
        try await Self.server.test { client in
            let response = try await client.get("/query\(query)")
            #expect(response.status == .badRequest)
        }
    }

    @Test func `the peer is known on a socket, and nobody in process`() async throws {
        try await Self.server.test(over: .socket) { client in
            let response = try await client.get("/peer")
            let parts = response.text.split(separator: " ")
            #expect(parts.first == "127.0.0.1" && parts.last.flatMap { Int($0) }.map { 1...65_535 ~= $0 } == true)
        }
        try await Self.server.test { client in
            let response = try await client.get("/peer")
            #expect(response.text == " -1")
        }
    }

    @Test func `TLS is known`() async throws {
        for (transport, text) in [(TestTransport.socket, "false none"), (.tls, "true TLSv1.3")] {
            try await Self.server.test(over: transport) { client in
                let response = try await client.get("/tls")
                #expect(response.text == text)
            }
        }
    }

    @Test(arguments: TestTransport.all)
    func `the head is as it was sent`(transport: TestTransport) async throws {
        try await Self.server.test(over: transport) { client in
            let response = try await client.get("/head?x", headers: ["x-a": "1", "X-A": "2"])
            #expect(response.text == "GET /head HTTP/1.1 1, 2 false")
        }
    }
}
