import Apus
import ApusTesting
import Foundation
import Testing

@Suite(.timeLimit(.minutes(1)), .fewAtATime) struct EndpointTests {
    private static func server(_ endpoints: Endpoint...) -> Server {
        var server = Server.logging {
            Get("/") { request in "\(request.connection.isSecure) \(request.connection.peerAddress)" }
        }
        server.endpoints = endpoints
        return server
    }

    private static func get(_ endpoint: BoundEndpoint) async throws -> String {
        var text = ""
        try await ClearTextClient.connect(to: endpoint) { connection in
            try await connection.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            text = try await connection.receiveResponse().text
        }
        return text
    }

    @Test func `a server listens at several endpoints at once`() async throws {
        let server = Self.server(Endpoint(port: 0), Endpoint("localhost", port: 0), Endpoint(port: 0, tls: .selfSigned))
        try await server.withRunning { running in
            #expect(running.endpoints.map(\.isSecure) == [false, false, true])
            #expect(Set(running.endpoints.compactMap(\.port)).count == 3)
            #expect(running.endpoints.map { $0.selfSignedCertificate != nil } == [false, false, true])
            for endpoint in running.endpoints.prefix(2) {
                let text = try await Self.get(endpoint)
                #expect(text == "false 127.0.0.1")
            }
        }
    }

    @Test func `an endpoint knows its URL`() async throws {
        try await Self.server(Endpoint(port: 0), Endpoint(port: 0, tls: .selfSigned)).withRunning { running in
            let ports = running.endpoints.compactMap(\.port)
            #expect(running.endpoints.map(\.url) == ["http://127.0.0.1:\(ports[0])", "https://127.0.0.1:\(ports[1])"])
        }
    }

    @Test func `a Unix socket is made at the start and removed at the end`() async throws {
        let path = FileManager.default.temporaryDirectory.appending(path: "apus-\(UInt64.random(in: 0...UInt64.max))")
            .path
        try await Self.server(Endpoint(unixSocket: path)).withRunning { running in
            #expect(running.endpoints[0].url == "unix:\(path)" && running.endpoints[0].port == nil)
            let text = try await Self.get(running.endpoints[0])
            #expect(text.hasPrefix("false"))
        }
        #expect(!FileManager.default.fileExists(atPath: path))
    }

    @Test func `IPv6 is served where there is IPv6`() async throws {
        do {
            try await Self.server(Endpoint("::1", port: 0)).withRunning { running in
                #expect(running.endpoints[0].url.hasPrefix("http://[::1]:"))
                let text = try await Self.get(running.endpoints[0])
                #expect(text == "false ::1")
            }
        } catch let error as StartError {
            // A machine without IPv6 says so in words.
            #expect(error.description.contains("[::1]:0"))
        }
    }

    @Test func `a TLS port does not speak in clear text`() async throws {
        try await Self.server(Endpoint(port: 0, tls: .selfSigned)).withRunning { running in
            try await ClearTextClient.connect(to: running.endpoints[0]) { connection in
                try await connection.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
                let octets = (try? await connection.receiveToEnd()) ?? []
                #expect(!String(decoding: octets, as: UTF8.self).contains("HTTP"))
            }
        }
    }

    @Test func `a certificate may be served from memory or from files, and its chain is told`() async throws {
        let identity = try CertificateAuthority("Root").subordinate("Middle")
            .issue("localhost", names: .localhost, for: .serverAuthentication)
        let files = FileManager.default.temporaryDirectory.appending(path: "apus-\(UInt64.random(in: 0...UInt64.max))")
            .path
        defer { for end in ["pem", "key"] { try? FileManager.default.removeItem(atPath: "\(files).\(end)") } }
        try identity.write(certificateChain: files + ".pem", privateKey: files + ".key")
        let server = Self.server(
            Endpoint(port: 0, tls: .identity(identity)),
            Endpoint(port: 0, tls: .files(certificateChain: files + ".pem", privateKey: files + ".key")))
        try await server.withRunning { running in
            for (index, endpoint) in running.endpoints.enumerated() {
                #expect(endpoint.isSecure && endpoint.certificateChain == identity.pemCertificate)
                #expect(endpoint.selfSignedCertificate == nil)
                try await running.test(at: index) { client in
                    let response = try await client.get("/")
                    #expect(response.text == "true 127.0.0.1")
                }
            }
        }
    }

    @Test func `a certificate that cannot be served stops the start`() async throws {
        let authority = try CertificateAuthority("Root")
        let expired = try authority.issue(
            "localhost", for: .serverAuthentication, from: Date(timeIntervalSince1970: 0), validFor: .seconds(1))
        await #expect(throws: StartError.self) {
            try await Self.server(Endpoint(port: 0, tls: .identity(expired))).withRunning { _ in }
        }
    }
}
