import Apus
import ApusTesting
import Foundation
import Testing

@testable import ClientCertificate

/// The rows of the tutorial over TLS, in each of its versions.
@Suite(.timeLimit(.minutes(1))) struct ClientCertificateTests {
    /// Runs the sample's server where it would listen itself.
    private static func serve(
        _ body: @escaping @Sendable (TestClient, DemoCertificates) async throws -> Void
    ) async throws {
        let certificates = try DemoCertificates()
        defer { certificates.remove() }
        var server = try ClientCertificateSample.server(certificates, port: 0)
        server.logger.level = .critical
        try await server.withRunning { running in
            try await running.test { client in try await body(client, certificates) }
        }
    }

    @Test(arguments: TLSVersion.allCases)
    func `what the server offers is told to everybody`(version: TLSVersion) async throws {
        try await Self.serve { client, _ in
            let response = try await client.presenting(nil, version: version).get("/info")
            #expect(response.status == .ok && response.headers[.contentType] == "application/json; charset=utf-8")
            let json = try response.json
            #expect(json["message"]?.string == "Client Certificate Authentication Demo")
            #expect(json["testInstructions"]?.string?.isEmpty == false)
            let endpoints = try #require(json["endpoints"]?.array)
            #expect(endpoints.compactMap { $0["path"]?.string } == ["/secure/cert/hello", "/secure/cert/info"])
            for endpoint in endpoints {
                #expect(endpoint["method"]?.string == "GET" && endpoint["requiresAuth"]?.bool == true)
                #expect(endpoint["description"]?.string?.isEmpty == false)
            }
        }
    }

    @Test(arguments: TLSVersion.allCases, ["/secure/cert/hello", "/secure/cert/info"])
    func `without a certificate there is a challenge`(version: TLSVersion, path: String) async throws {
        try await Self.serve { client, _ in
            let response = try await client.presenting(nil, version: version).get(path)
            #expect(response.status == .unauthorized)
            #expect(response.headers.values(of: .wwwAuthenticate) == ["ClientCertificate"])
        }
    }

    @Test(arguments: TLSVersion.allCases)
    func `a trusted certificate is greeted`(version: TLSVersion) async throws {
        try await Self.serve { client, certificates in
            let own = certificates.client.certificate
            let response = try await client.presenting(certificates.client, version: version)
                .get("/secure/cert/hello")
            #expect(response.status == .ok)
            let json = try response.json
            #expect(json["message"]?.string == "Hello from client certificate authentication")
            #expect(json["subject"]?.string == "CN=demo-client,O=Apus")
            #expect(json["issuer"]?.string == "CN=Demo CA,O=Apus")
            #expect(json["thumbprint"]?.string?.wholeMatch(of: /[0-9A-F]{40}/) != nil)
            #expect(json["validFrom"]?.string == own.notBefore.formatted(.iso8601))
            #expect(json["validTo"]?.string == own.notAfter.formatted(.iso8601))
        }
    }

    @Test(arguments: TLSVersion.allCases)
    func `a trusted certificate's owner is told what is known`(version: TLSVersion) async throws {
        try await Self.serve { client, certificates in
            let own = certificates.client.certificate
            let response = try await client.presenting(certificates.client, version: version).get("/secure/cert/info")
            #expect(response.status == .ok)
            let json = try response.json
            #expect(json["authenticationType"]?.string == "Certificate" && json["isAuthenticated"]?.bool == true)
            #expect(json["name"]?.string == "CN=demo-client,O=Apus")
            var claims: [String: String] = [:]
            for claim in try #require(json["claims"]?.array) {
                claims[try #require(claim["type"]?.string)] = claim["value"]?.string
            }
            #expect(claims["name"] == "CN=demo-client,O=Apus" && claims["issuer"] == "CN=Demo CA,O=Apus")
            #expect(claims["thumbprint"] == own.thumbprint && claims["serialnumber"] == own.serialNumber)
            let facts = try #require(json["certificate"])
            #expect(facts["subject"]?.string == "CN=demo-client,O=Apus")
            #expect(facts["issuer"]?.string == "CN=Demo CA,O=Apus")
            #expect(facts["thumbprint"]?.string == own.thumbprint && facts["serialNumber"]?.string == own.serialNumber)
        }
    }

    @Test func `a certificate of another authority of the same name is refused`() async throws {
        try await Self.serve { client, _ in
            let stranger = try CertificateAuthority("Demo CA", organization: "Apus")
                .issue("demo-client", organization: "Apus", for: .clientAuthentication)
            let response = try await client.presenting(stranger).get("/secure/cert/hello")
            #expect(response.status == .unauthorized)
            #expect(response.headers.values(of: .wwwAuthenticate) == ["ClientCertificate"])
        }
    }

    @Test func `the files are there for their owner alone, and then are gone`() throws {
        let certificates = try DemoCertificates()
        let files = FileManager.default
        #expect(
            try files.contentsOfDirectory(atPath: certificates.directory.path).sorted() == [
                "ca.pem", "client.key", "client.pem",
            ])
        for (path, permissions) in [(certificates.directory.path, 0o700), (certificates.path("client.key"), 0o600)] {
            let attributes = try files.attributesOfItem(atPath: path)
            #expect(attributes[.posixPermissions] as? Int == permissions)
        }
        certificates.remove()
        #expect(!files.fileExists(atPath: certificates.directory.path))
    }

    @Test func `the greeting names the files`() throws {
        let certificates = try DemoCertificates()
        defer { certificates.remove() }
        let greeting = ClientCertificateSample.greeting("https://127.0.0.1:5000", certificates)
        let line = "curl --cacert ca.pem --cert client.pem --key client.key https://127.0.0.1:5000/secure/cert/hello\n"
        #expect(greeting.contains("cd \(certificates.directory.path)\n") && greeting.contains(line))
    }
}
