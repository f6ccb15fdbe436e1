import Apus
import ApusTesting
import ApusTransport
import Testing

/// Which protocols a client may offer in its TLS handshake (RFC 7301).
@Suite(.timeLimit(.minutes(1)), .fewAtATime) struct ProtocolNegotiationTests {
    private static func server() -> Server {
        var server = Server.logging {
            Get("/hello") { _ in "Hello" }
        }
        server.endpoints = [Endpoint(port: 0, tls: .selfSigned)]
        return server
    }

    @Test(arguments: [["http/1.0"], ["http/1.1"], ["h2", "http/1.0"], []])
    func `a client that speaks what is spoken here is served`(protocols: [String]) async throws {
        try await Self.server().withRunning { running in
            try await RestrainedClient.connect(to: running.endpoints[0], offering: protocols) { client in
                await client.send("GET /hello HTTP/1.0\r\n\r\n")
                let answer = try await client.takeToEnd()
                #expect(String(decoding: answer, as: UTF8.self).hasSuffix("\r\n\r\nHello"))
            }
        }
    }

    /// RFC 7301 §3.2: no_application_protocol.
    @Test func `a client that speaks something else is not`() async throws {
        try await Self.server().withRunning { running in
            let endpoint = running.endpoints[0]
            await #expect(throws: ChannelFailure.self) {
                try await RestrainedClient.connect(to: endpoint, offering: ["h2"]) { _ in }
            }
        }
    }

    /// RFC 9110 §7.8 lets a server pass over an Upgrade, and RFC 9113 §3.1 has done away with h2c: what comes next is still HTTP/1.1.
    @Test(arguments: TestTransport.wires)
    func `an offer to upgrade to HTTP/2 is passed over`(transport: TestTransport) async throws {
        try await WireServer.connect(over: transport) { connection in
            let offer = "Upgrade: h2c\r\nConnection: Upgrade, HTTP2-Settings\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n"
            try await connection.send(
                "POST /echo HTTP/1.1\r\nHost: x\r\n\(offer)Content-Length: 3\r\n\r\nabc"
                    + "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")
            let echoed = try await connection.receiveResponse()
            #expect(echoed.status == .ok && echoed.text == "abc" && echoed.headers["Upgrade"] == nil)
            let refused = try await connection.receiveResponse()
            #expect(refused.status == .httpVersionNotSupported && refused.headers[.connection] == "close")
        }
    }
}
