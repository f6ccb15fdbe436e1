import Apus
import ApusTesting
import Foundation
import Testing

/// A server whose doors open to client certificates, and an authority of its own.
enum CertificateDoor {
    static let authority = Result { try CertificateAuthority("Clients", organization: "Apus") }
    static let client = ExtendedKeyUsage.clientAuthentication

    /// How the client comes: in process, and over TLS in each version.
    enum Way: CaseIterable {
        case inProcess, tls12, tls13

        var transport: TestTransport { self == .inProcess ? .inProcess : .tls }
        var version: TLSVersion? {
            switch self {
            case .inProcess: nil
            case .tls12: .tls12
            case .tls13: .tls13
            }
        }
    }

    static func scheme(
        kinds: Set<ClientCertificateAuthentication.Kind> = [.chained], also trusted: [Certificate] = [],
        at now: Date = Date()
    ) throws -> ClientCertificateAuthentication {
        ClientCertificateAuthentication(
            "Certificate", trusting: try TrustStore([authority.get().certificate] + trusted), kinds: kinds,
            realm: "Birds",
            clock: { now })
    }

    static func server(
        _ scheme: ClientCertificateAuthentication, _ log: CollectedLog = CollectedLog(),
        asking: ClientCertificates = .requested
    ) -> Server {
        var server = Server.logging(log) {
            Get("/open") { _ in "open" }
            Get("/name") { request in "\(request.user.name)|\(request.user.scheme)" }.authenticated(by: scheme)
            Get("/claims") { request in JSON(JSONValue.object(request.user.claims.members)) }.authenticated(by: scheme)
        }
        server.endpoints = [Endpoint(port: 0, tls: .selfSigned, clientCertificates: asking)]
        return server
    }

    /// Expects that `identity` gets the same answer as nobody, and that the log has the reason.
    static func expectRefusal(
        of identity: CertificateIdentity, by scheme: ClientCertificateAuthentication, over way: Way, _ reason: String
    ) async throws {
        let log = CollectedLog()
        try await server(scheme, log).test(over: way.transport) { client in
            let client = try client.presenting(identity, version: way.version)
            let open = try await client.get("/open")
            #expect(open.status == .ok && open.text == "open")
            let response = try await client.get("/name")
            #expect(response.status == .unauthorized)
            #expect(response.headers.values(of: .wwwAuthenticate) == [#"ClientCertificate realm="Birds""#])
            #expect(!response.text.contains(reason) && !response.text.contains("CN="))
            let nobody = try await client.presenting(nil, version: way.version).get("/name")
            #expect(response.text.count == nobody.text.count)
        }
        let certificate = identity.certificate
        let who = "The client's certificate '\(certificate.subject)' (SHA-1 \(certificate.thumbprint)) is refused: "
        #expect(log.causes == [who + reason])
    }
}

extension CollectedLog {
    /// The reasons for which requests were refused.
    var causes: [String] {
        problems.compactMap { if case .string(let cause)? = $0.fields["cause"] { cause } else { nil } }
    }
}
