import Apus
import ApusTesting
import Foundation
import Testing

/// A configuration that is wrong is found at the start, and the message says what to do.
@Suite(.timeLimit(.minutes(1)), .fewAtATime) struct StartTests {
    private func failure(_ endpoints: [Endpoint], loops: Int? = nil) async throws -> String {
        var server = Server.logging { Get("/") { _ in "" } }
        server.endpoints = endpoints
        server.eventLoops = loops
        let error = try await #require(throws: StartError.self) {
            try await server.withRunning { _ in Issue.record("the server has started") }
        }
        return error.description
    }

    @Test func `a server without an endpoint`() async throws {
        let text = try await failure([])
        #expect(text.contains("'Test'") && text.contains("Endpoint(port:"))
    }

    @Test(arguments: [("example.org", 80), ("", 80), ("127.0.0.1", -1), ("127.0.0.1", 65_536), ("::1::", 1)])
    func `an address that is none`(host: String, port: Int) async throws {
        let text = try await failure([Endpoint(host, port: port)])
        #expect(text.contains("'\(host)'") && text.contains("\(port)") && text.contains("Expected"))
    }

    @Test func `a port in use`() async throws {
        try await Server.logging { Get("/") { _ in "" } }.test(over: .socket) { client in
            let port = try #require(client.server?.endpoints[0].port)
            let text = try await failure([Endpoint(port: port)])
            #expect(text.contains("127.0.0.1:\(port)") && text.contains("listens there already"))
        }
    }

    @Test func `a certificate that is not there`() async throws {
        let files = Endpoint.TLS.files(certificateChain: "/nonexistent/chain.pem", privateKey: "/nonexistent/key.pem")
        let text = try await failure([Endpoint(port: 0, tls: files)])
        #expect(text.contains("/nonexistent/chain.pem"))
    }

    @Test func `more loops than the process may have descriptors for`() async throws {
        let text = try await failure([Endpoint(port: 0)], loops: 100_000_000)
        #expect(text.contains("ulimit -n"))
    }
}
