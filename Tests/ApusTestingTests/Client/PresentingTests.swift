import Apus
import ApusTesting
import Testing

/// Clients that show certificates.
@Suite(.timeLimit(.minutes(1))) struct PresentingTests {
    private static func server(asking: ClientCertificates?) -> Server {
        var server = Server("Mirror") {
            Get("/subjects") { request in
                "\(request.connection.peerCertificates.map(\.subject)) \(request.connection.tlsVersion ?? "none")"
            }
        }
        server.endpoints = [
            asking.map { Endpoint(port: 8_443, tls: .selfSigned, clientCertificates: $0) }
                ?? Endpoint(port: 8_443, tls: .selfSigned)
        ]
        server.logger.level = .critical
        return server
    }

    @Test(arguments: [TestTransport.inProcess, .tls], TLSVersion.allCases)
    func `a server that asks sees the whole chain`(transport: TestTransport, version: TLSVersion) async throws {
        let identity = try CertificateAuthority("Root").subordinate("Middle").issue("ada", for: .clientAuthentication)
        try await Self.server(asking: .requested).test(over: transport) { client in
            let response = try await client.presenting(identity, version: version).get("/subjects")
            #expect(response.text == #"["CN=ada", "CN=Middle"] \#(version.rawValue)"#)
            let nobody = try await client.presenting(nil, version: version).get("/subjects")
            #expect(nobody.text == "[] \(version.rawValue)")
        }
    }

    @Test(arguments: [TestTransport.inProcess, .tls])
    func `a server that does not ask sees none`(transport: TestTransport) async throws {
        let identity = try CertificateIdentity.selfSigned(commonName: "ada")
        try await Self.server(asking: nil).test(over: transport) { client in
            let response = try await client.presenting(identity).get("/subjects")
            #expect(response.text == "[] TLSv1.3")
        }
    }

    @Test(arguments: [TestTransport.inProcess(isSecure: false), .socket])
    func `there is nothing to present in clear text`(transport: TestTransport) async throws {
        let identity = try CertificateIdentity.selfSigned(commonName: "ada")
        try await Self.server(asking: .requested).test(over: transport) { client in
            #expect(throws: TestClientError.self) { try client.presenting(identity) }
        }
    }
}
