import Foundation
import Testing

@testable import ApusCrypto

/// What a certificate says, compared with what the `openssl` command reads in it.
struct CertificateFactsTests {
    @Test(arguments: ["0", "1", "127", "128", "255", "0x0A00FF", "0x79FFEEDDCCBBAA998877665544332211"])
    func `names, number and hashes are those that openssl shows`(serial: String) async throws {
        let openssl = try OpenSSLCommand()
        let issued = try await Self.issue(openssl, ["-set_serial", serial])
        let options = ["-noout", "-nameopt", "RFC2253"]
        let shown = try await openssl.run(
            ["x509", "-in", issued.path] + options + ["-subject", "-issuer", "-serial", "-fingerprint", "-sha1"])
        let certificate = issued.certificate
        #expect(
            shown.replacing(":", with: "") == """
                subject=\(certificate.subject)
                issuer=\(certificate.issuer)
                serial=\(certificate.serialNumber)
                sha1 Fingerprint=\(certificate.thumbprint)

                """)
        #expect(certificate.issuer == "CN=ca,O=Apus")
        let sha256 = try await openssl.run(["x509", "-in", issued.path, "-noout", "-fingerprint", "-sha256"])
        #expect(sha256.replacing(":", with: "") == "sha256 Fingerprint=\(certificate.sha256Thumbprint)\n")
        #expect(certificate.sha256Fingerprint.replacing(":", with: "") == certificate.sha256Thumbprint)
    }

    @Test(
        arguments: [
            ("", []), ("extendedKeyUsage=clientAuth\n", [.clientAuthentication]),
            (
                "extendedKeyUsage=critical,serverAuth,clientAuth,1.3.6.1.4.1.311.20.2.2\n",
                [.serverAuthentication, .clientAuthentication, ExtendedKeyUsage("1.3.6.1.4.1.311.20.2.2")]
            ),
            ("extendedKeyUsage=anyExtendedKeyUsage\n", [ExtendedKeyUsage("2.5.29.37.0")]),
            ("2.5.29.37=DER:30:00\n", []), ("2.5.29.37=DER:04:02:01:02\n", []),
        ] as [(String, [ExtendedKeyUsage])])
    func `extended key usages are read in their order`(extensions: String, usages: [ExtendedKeyUsage]) async throws {
        let issued = try await Self.issue(OpenSSLCommand(), extensions: extensions)
        #expect(issued.certificate.extendedKeyUsages == usages)
    }

    @Test(
        arguments: [
            ("", []),
            (
                "subjectAltName=DNS:a.example,DNS:*.b.example,email:me@a.example,URI:spiffe://a.example/x,IP:192.0.2.1,"
                    + "IP:2001:db8::1,RID:1.2.3,dirName:other\n[other]\nCN=x\n",
                [
                    .dns("a.example"), .dns("*.b.example"), .email("me@a.example"), .uri("spiffe://a.example/x"),
                    .ipAddress("192.0.2.1"), .ipAddress("2001:db8::1"),
                ]
            ),
            // A name with an octet of zero in it, then one without.
            ("2.5.29.17=DER:30:0A:82:03:61:00:62:82:03:61:2E:62\n", [.dns("a.b")]),
            // An address of three octets.
            ("2.5.29.17=DER:30:05:87:03:01:02:03\n", []),
            ("2.5.29.17=DER:30:05:82:09:61\n", []),
        ] as [(String, [SubjectAlternativeName])])
    func `alternative names are read in their order`(extensions: String, names: [SubjectAlternativeName]) async throws {
        let issued = try await Self.issue(OpenSSLCommand(), extensions: extensions)
        #expect(issued.certificate.subjectAlternativeNames == names)
    }

    @Test func `only a certificate that its own key has signed is self-signed`() async throws {
        let openssl = try OpenSSLCommand()
        let own = try await openssl.makeIdentity("ca").certificate
        #expect(try Certificate(pem: String(contentsOfFile: own, encoding: .utf8)).isSelfSigned)
        let issued = try await Self.issue(openssl)
        #expect(!issued.certificate.isSelfSigned)
        // Subject and issuer have one name, and another key has signed it.
        let namesake = try await Self.issue(openssl, subject: "/O=Apus/CN=ca")
        #expect(namesake.certificate.subject == namesake.certificate.issuer && !namesake.certificate.isSelfSigned)
    }

    @Test func `a name cannot add parts or lines`() async throws {
        let issued = try await Self.issue(OpenSSLCommand(), subject: "/CN=a,O=b\n\\+\"c\u{0007}")
        #expect(issued.certificate.subject == #"CN=a\,O=b\0A\+\"c\07"#)
    }

    /// A certificate that an authority `CN=ca,O=Apus` has signed.
    private static func issue(
        _ openssl: OpenSSLCommand, _ options: [String] = ["-set_serial", "7"], subject: String = "/CN=leaf",
        extensions: String = ""
    ) async throws -> (path: String, certificate: Certificate) {
        _ = try await openssl.makeIdentity("ca")
        try await openssl.run("genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-out", "leaf.key")
        try await openssl.run("req", "-new", "-key", "leaf.key", "-out", "leaf.csr", "-subj", subject)
        try openssl.write(extensions, to: "leaf.ext")
        try await openssl.run(
            ["x509", "-req", "-in", "leaf.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-extfile", "leaf.ext"] + options
                + ["-out", "leaf.pem"])
        let path = openssl.path("leaf.pem")
        return (path, try Certificate(pem: String(contentsOfFile: path, encoding: .utf8)))
    }
}
