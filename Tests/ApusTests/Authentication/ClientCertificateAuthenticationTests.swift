import Apus
import ApusTesting
import Foundation
import Testing

/// The scheme of client certificates: who comes in, and what is known of them.
@Suite(.timeLimit(.minutes(1)), .fewAtATime) struct ClientCertificateAuthenticationTests {
    @Test(arguments: CertificateDoor.Way.allCases)
    func `a trusted certificate comes in`(way: CertificateDoor.Way) async throws {
        let identity = try CertificateDoor.authority.get().subordinate("Middle").issue(
            "ada", organization: "Apus", for: CertificateDoor.client)
        try await CertificateDoor.server(CertificateDoor.scheme()).test(over: way.transport) { client in
            let response = try await client.presenting(identity, version: way.version).get("/name")
            #expect(response.status == .ok && response.text == "CN=ada,O=Apus|Certificate")
        }
    }

    @Test(arguments: CertificateDoor.Way.allCases)
    func `without a certificate there is a challenge, and no reason`(way: CertificateDoor.Way) async throws {
        let log = CollectedLog()
        try await CertificateDoor.server(CertificateDoor.scheme(), log).test(over: way.transport) { client in
            let response = try await client.presenting(nil, version: way.version).get("/name")
            #expect(response.status == .unauthorized)
            #expect(response.headers.values(of: .wwwAuthenticate) == [#"ClientCertificate realm="Birds""#])
        }
        #expect(log.problems.map { $0.fields["cause"] } == [nil])
    }

    @Test func `time passes on one connection too`() async throws {
        let start = Date(timeIntervalSince1970: 1_767_225_600)
        let now = Shared(start)
        let root = try CertificateAuthority("Root", from: start - 60, validFor: .seconds(3_600))
        let identity = try root.issue("ada", for: CertificateDoor.client, from: start - 60, validFor: .seconds(7_200))
        let scheme = ClientCertificateAuthentication(
            "Certificate", trusting: try TrustStore([root.certificate]), clock: { now.value })
        let log = CollectedLog()
        try await CertificateDoor.server(scheme, log).test(over: .tls) { client in
            try await client.presenting(identity).connect { connection in
                for (seconds, status) in [(0, 200), (1, 200), (3_500, 200), (3_600, 401), (60, 200), (7_200, 401)] {
                    now.change { $0 = start + Double(seconds) }
                    try await connection.send("GET /name HTTP/1.1\r\nHost: x\r\n\r\n")
                    let response = try await connection.receiveResponse()
                    #expect(response.status.code == status, "after \(seconds) s")
                }
            }
        }
        let causes = log.causes
        try #require(causes.count == 2)
        #expect(causes[0].contains("certificate has expired, at 'CN=Root'"))
        #expect(causes[1].contains("it expired at 2026-01-01T01:59:00Z"))
    }

    @Test func `two schemes on one connection judge each for itself`() async throws {
        let identity = try CertificateDoor.authority.get().issue("ada", for: CertificateDoor.client)
        let stranger = ClientCertificateAuthentication(
            "Stranger", trusting: try TrustStore([CertificateAuthority("Strangers").certificate]))
        let own = try CertificateDoor.scheme()
        var server = Server.logging {
            Get("/own") { request in request.user.scheme }.authenticated(by: own)
            Get("/stranger") { request in request.user.scheme }.authenticated(by: stranger)
            Get("/either") { request in request.user.scheme }.authenticated(by: stranger, own)
        }
        server.endpoints = [Endpoint(port: 0, tls: .selfSigned, clientCertificates: .requested)]
        try await server.test(over: .tls) { client in
            try await client.presenting(identity).connect { connection in
                for (path, status) in [
                    ("own", 200), ("stranger", 401), ("either", 200), ("stranger", 401), ("own", 200),
                ] {
                    try await connection.send("GET /\(path) HTTP/1.1\r\nHost: x\r\n\r\n")
                    let response = try await connection.receiveResponse()
                    #expect(response.status.code == status, "\(path)")
                }
            }
        }
    }

    @Test func `claims tell what the certificate says`() async throws {
        let names: [SubjectAlternativeName] = [
            .dns("b.example"), .dns("a.example"), .email("ada@a.example"), .uri("spiffe://a.example/ada"),
            .ipAddress("192.0.2.1"),
        ]
        let identity = try CertificateDoor.authority.get().issue("ada", names: names, for: CertificateDoor.client)
        let own = identity.certificate
        try await CertificateDoor.server(CertificateDoor.scheme()).test { client in
            let claims = try await client.presenting(identity).get("/claims").json
            #expect(claims["name"]?.string == "CN=ada" && claims["issuer"]?.string == "CN=Clients,O=Apus")
            #expect(claims["thumbprint"]?.string == own.thumbprint)
            #expect(claims["serialnumber"]?.string == own.serialNumber)
            #expect(claims["x5t#S256"]?.string == CertificateThumbprint(certificate: own.der).base64URL)
            #expect(claims["dns"] == ["b.example", "a.example"] && claims["email"] == ["ada@a.example"])
            #expect(claims["uri"] == ["spiffe://a.example/ada"] && claims["ip"] == ["192.0.2.1"])
        }
    }

    @Test func `what the closure throws is an error of the server`() async throws {
        struct Unreachable: Error {}
        let identity = try CertificateDoor.authority.get().issue("ada", for: CertificateDoor.client)
        let authorities = try TrustStore([CertificateDoor.authority.get().certificate])
        let scheme = ClientCertificateAuthentication("C", trusting: authorities) { _ in throw Unreachable() }
        try await CertificateDoor.server(scheme).test { client in
            let response = try await client.presenting(identity).get("/name")
            #expect(response.status == .internalServerError)
        }
    }

    @Test func `in clear text nobody has a certificate`() async throws {
        try await CertificateDoor.server(CertificateDoor.scheme()).test(over: .socket) { client in
            #expect(throws: TestClientError.self) { try client.presenting(nil) }
            let response = try await client.get("/name")
            #expect(response.status == .unauthorized)
        }
    }

    @Test(arguments: TLSVersion.allCases)
    func `where certificates are required, nobody without one is served`(version: TLSVersion) async throws {
        let identity = try CertificateIdentity.selfSigned(commonName: "anybody")
        let log = CollectedLog()
        try await CertificateDoor.server(CertificateDoor.scheme(), log, asking: .required).test(over: .tls) { client in
            await #expect(throws: TestClientError.self) {
                try await client.presenting(nil, version: version).get("/open")
            }
            let open = try await client.presenting(identity, version: version).get("/open")
            #expect(open.status == .ok)
        }
        let causes = log.records.filter { $0.message == "Connection lost" }.map { $0.fields["cause"] }
        #expect(causes.contains(.string("TLS failed: peer did not return a certificate")))
    }
}
