import Apus
import ApusTesting
import Foundation
import Testing

/// Certificates that do not let their owner in, and what the others and the log are told.
@Suite(.timeLimit(.minutes(1)), .fewAtATime) struct ClientCertificateRefusalTests {
    @Test(arguments: CertificateDoor.Way.allCases)
    func `an expired certificate is refused`(way: CertificateDoor.Way) async throws {
        let end = Date(timeIntervalSince1970: 1_767_225_600)
        let identity = try CertificateDoor.authority.get()
            .issue("ada", for: CertificateDoor.client, from: end - 86_400, validFor: .seconds(86_400))
        try await CertificateDoor.expectRefusal(
            of: identity, by: CertificateDoor.scheme(), over: way, "it expired at 2026-01-01T00:00:00Z")
    }

    @Test(arguments: CertificateDoor.Way.allCases)
    func `a certificate that is not yet valid is refused`(way: CertificateDoor.Way) async throws {
        let identity = try CertificateDoor.authority.get()
            .issue("ada", for: CertificateDoor.client, from: Date(timeIntervalSince1970: 4_102_444_800))
        try await CertificateDoor.expectRefusal(
            of: identity, by: CertificateDoor.scheme(), over: way, "it is not valid before 2100-01-01T00:00:00Z")
    }

    @Test(arguments: CertificateDoor.Way.allCases, [[], [.serverAuthentication], [ExtendedKeyUsage("2.5.29.37.0")]])
    func `a certificate that is not for clients is refused`(way: CertificateDoor.Way, usages: [ExtendedKeyUsage])
        async throws
    {
        let authority = try CertificateDoor.authority.get()
        let identity =
            usages.isEmpty ? try authority.issue("ada") : try authority.issue("ada", for: usages[0])
        try await CertificateDoor.expectRefusal(
            of: identity, by: CertificateDoor.scheme(), over: way,
            "it is not for TLS clients: its extended key usage lacks 1.3.6.1.5.5.7.3.2")
    }

    @Test(arguments: CertificateDoor.Way.allCases)
    func `a certificate of another authority is refused, even of one with the same name`(way: CertificateDoor.Way)
        async throws
    {
        for name in ["Clients", "Strangers"] {
            let identity = try CertificateAuthority(name, organization: "Apus").issue(
                "ada", for: CertificateDoor.client)
            try await CertificateDoor.expectRefusal(
                of: identity, by: CertificateDoor.scheme(), over: way,
                "no chain leads to a trusted certificate: unable to get local issuer certificate, at 'CN=ada'")
        }
    }

    @Test(arguments: CertificateDoor.Way.allCases)
    func `a certificate whose authority was not sent along is refused`(way: CertificateDoor.Way) async throws {
        let whole = try CertificateDoor.authority.get().subordinate("Middle").issue("ada", for: CertificateDoor.client)
        let files = FileManager.default.temporaryDirectory.appending(path: "apus-\(UUID().uuidString)").path
        defer {
            for end in ["pem", "key"] { try? FileManager.default.removeItem(atPath: "\(files).\(end)") }
        }
        try whole.certificate.write(to: files + ".pem")
        try Data(whole.pemPrivateKey.utf8).write(to: URL(filePath: files + ".key"))
        let identity = try CertificateIdentity(certificateChain: files + ".pem", privateKey: files + ".key")
        try await CertificateDoor.expectRefusal(
            of: identity, by: CertificateDoor.scheme(), over: way,
            "no chain leads to a trusted certificate: unable to get local issuer certificate, at 'CN=ada'")
    }

    @Test(arguments: CertificateDoor.Way.allCases)
    func `a self-signed certificate is refused where the kind is not allowed, although it is trusted`(
        way: CertificateDoor.Way
    ) async throws {
        let identity = try CertificateIdentity.selfSigned(commonName: "ada", for: [CertificateDoor.client])
        try await CertificateDoor.expectRefusal(
            of: identity, by: CertificateDoor.scheme(also: [identity.certificate]), over: way,
            "it is self-signed, and only those that an authority has signed are accepted")
    }

    @Test(arguments: CertificateDoor.Way.allCases)
    func `a self-signed certificate comes in only where it is trusted itself`(way: CertificateDoor.Way) async throws {
        let identity = try CertificateIdentity.selfSigned(commonName: "ada", for: [CertificateDoor.client])
        let scheme = try CertificateDoor.scheme(kinds: [.chained, .selfSigned], also: [identity.certificate])
        try await CertificateDoor.server(scheme).test(over: way.transport) { client in
            let response = try await client.presenting(identity, version: way.version).get("/name")
            #expect(response.status == .ok && response.text == "CN=ada|Certificate")
        }
        let namesake = try CertificateIdentity.selfSigned(commonName: "ada", for: [CertificateDoor.client])
        try await CertificateDoor.expectRefusal(
            of: namesake, by: scheme, over: way,
            "no chain leads to a trusted certificate: self-signed certificate, at 'CN=ada'")
    }

    @Test(arguments: CertificateDoor.Way.allCases)
    func `a certificate of an authority is refused where only self-signed ones are allowed`(way: CertificateDoor.Way)
        async throws
    {
        let identity = try CertificateDoor.authority.get().issue("ada", for: CertificateDoor.client)
        try await CertificateDoor.expectRefusal(
            of: identity, by: CertificateDoor.scheme(kinds: [.selfSigned]), over: way,
            "an authority has signed it, and only self-signed ones are accepted")
    }

    /// Each certificate fails every check behind the one that is named.
    @Test func `the checks have an order`() async throws {
        let past = Date(timeIntervalSince1970: 946_684_800)
        let stranger = try CertificateAuthority("Strangers")
        let rows = [
            (try CertificateIdentity.selfSigned(commonName: "a", from: past), "it is self-signed"),
            (try stranger.issue("a", for: .serverAuthentication, from: past), "it expired at"),
            (try stranger.issue("a", for: .serverAuthentication), "it is not for TLS clients"),
            (try stranger.issue("a", for: CertificateDoor.client), "no chain leads to"),
            (
                try CertificateDoor.authority.get().issue("a", for: CertificateDoor.client),
                "the scheme 'Certificate' does not let it in"
            ),
        ]
        let log = CollectedLog()
        let authorities = try TrustStore([CertificateDoor.authority.get().certificate])
        let scheme = ClientCertificateAuthentication("Certificate", trusting: authorities) { certificate in
            #expect(certificate.issuer == "CN=Clients,O=Apus")
            return false
        }
        try await CertificateDoor.server(scheme, log).test { client in
            for (identity, _) in rows { _ = try await client.presenting(identity).get("/name") }
        }
        let causes = log.causes
        try #require(causes.count == rows.count)
        for (cause, row) in zip(causes, rows) { #expect(cause.contains("is refused: \(row.1)")) }
    }
}
