import Foundation
import Testing

@testable import ApusCrypto

/// What the small authority issues, judged by the `openssl` command.
struct CertificateAuthorityTests {
    @Test(arguments: [
        (ExtendedKeyUsage.serverAuthentication, "sslserver", "sslclient"),
        (ExtendedKeyUsage.clientAuthentication, "sslclient", "sslserver"),
    ])
    func `openssl verifies what it issues strictly, for its purpose alone`(
        usage: ExtendedKeyUsage, purpose: String, other: String
    ) async throws {
        let openssl = try OpenSSLCommand()
        let root = try CertificateAuthority("Root", organization: "Apus")
        let middle = try root.subordinate("Middle")
        let issued = try middle.issue("leaf", names: .localhost, for: usage)
        #expect(issued.chain.map(\.subject) == ["CN=leaf", "CN=Middle"])
        try root.certificate.write(to: openssl.path("root.pem"))
        try issued.write(certificateChain: openssl.path("leaf.pem"), privateKey: openssl.path("leaf.key"))
        let options = ["verify", "-x509_strict", "-CAfile", "root.pem", "-untrusted", "leaf.pem"]
        for name in [["-verify_hostname", "localhost"], ["-verify_ip", "127.0.0.1"], ["-verify_ip", "::1"]] {
            let verdict = try await openssl.run(options + ["-purpose", purpose] + name + ["leaf.pem"])
            #expect(verdict == "leaf.pem: OK\n")
        }
        await #expect(throws: OpenSSLCommand.Failure.self) {
            try await openssl.run(options + ["-purpose", other, "leaf.pem"])
        }
    }

    @Test func `the key file fits the certificate and is for its owner alone`() async throws {
        let openssl = try OpenSSLCommand()
        let issued = try CertificateAuthority("Root").issue("leaf", for: .clientAuthentication)
        try issued.write(certificateChain: openssl.path("leaf.pem"), privateKey: openssl.path("leaf.key"))
        let certified = try await openssl.run("x509", "-in", "leaf.pem", "-noout", "-pubkey")
        let kept = try await openssl.run("pkey", "-in", "leaf.key", "-pubout")
        #expect(certified == kept)
        let attributes = try FileManager.default.attributesOfItem(atPath: openssl.path("leaf.key"))
        #expect(attributes[.posixPermissions] as? Int == 0o600)
        let again = try CertificateIdentity(
            certificateChain: openssl.path("leaf.pem"), privateKey: openssl.path("leaf.key"))
        #expect(again.certificate.der == issued.certificate.der && again.pemPrivateKey == issued.pemPrivateKey)
    }

    @Test func `no file is written over, and none where there is no directory`() throws {
        let openssl = try OpenSSLCommand()
        let root = try CertificateAuthority("Root")
        let path = try openssl.write("something of value", to: "root.pem")
        #expect(throws: TLSConfigurationError.unwritableFile(path: path, reason: "File exists")) {
            try root.certificate.write(to: path)
        }
        #expect(try String(contentsOfFile: path, encoding: .utf8) == "something of value")
        let missing = openssl.path("none/root.key")
        #expect(throws: TLSConfigurationError.unwritableFile(path: missing, reason: "No such file or directory")) {
            try root.identity.write(certificateChain: openssl.path("new.pem"), privateKey: missing)
        }
    }

    @Test func `an authority that was kept goes on`() async throws {
        let openssl = try OpenSSLCommand()
        let first = try CertificateAuthority("Root")
        try first.identity.write(certificateChain: openssl.path("root.pem"), privateKey: openssl.path("root.key"))
        let kept = CertificateAuthority(
            try CertificateIdentity(certificateChain: openssl.path("root.pem"), privateKey: openssl.path("root.key")))
        let issued = try kept.issue("leaf", for: .clientAuthentication)
        let trust = try TrustStore([first.certificate])
        #expect(throws: Never.self) { try trust.verifyClient(issued.chain, at: Date()) }
    }

    @Test func `a certificate is valid when it was asked to be`() throws {
        let start = Date(timeIntervalSince1970: 4_102_444_800)
        let issued = try CertificateAuthority("Root")
            .issue("leaf", for: .clientAuthentication, from: start, validFor: .seconds(90_061))
        #expect(issued.certificate.notBefore == start && issued.certificate.notAfter == start + 90_061)
    }

    @Test(arguments: ["", "a\u{0}b", String(repeating: "x", count: 65)])
    func `a name that a certificate cannot hold is refused, RFC 5280 §A.1`(name: String) throws {
        let root = try CertificateAuthority("Root")
        #expect(throws: TLSConfigurationError.self) { try CertificateAuthority(name) }
        #expect(throws: TLSConfigurationError.self) { try root.issue(name, for: .clientAuthentication) }
        #expect(throws: TLSConfigurationError.self) { try root.subordinate(name) }
    }

    @Test(
        arguments: [
            .dns(""), .dns("a b"), .email("ä@example"), .uri("a:\u{0}"), .ipAddress("localhost"),
        ] as [SubjectAlternativeName])
    func `an alternative name that a certificate cannot hold is refused`(name: SubjectAlternativeName) throws {
        let root = try CertificateAuthority("Root")
        #expect(throws: TLSConfigurationError.self) {
            try root.issue("leaf", names: [name], for: .clientAuthentication)
        }
    }

    @Test func `every kind of alternative name comes back`() throws {
        let names: [SubjectAlternativeName] = [
            .uri("spiffe://a.example/x,DNS:evil.example"), .dns("a.example"), .email("me@a.example"),
            .ipAddress("2001:db8::1"), .ipAddress("192.0.2.1"),
        ]
        let issued = try CertificateAuthority("Root").issue("leaf", names: names, for: .clientAuthentication)
        #expect(issued.certificate.subjectAlternativeNames == names)
    }
}
