import Foundation
import Testing

@testable import ApusCrypto

struct CertificateTests {
    @Test func `reads subject, dates and fingerprint as openssl prints them`() async throws {
        let openssl = try OpenSSLCommand()
        let path = try await openssl.makeIdentity("server.example", days: 7).certificate
        let certificate = try #require(try Certificate.all(path: path).first)
        #expect(certificate.subject == "CN=server.example,O=Apus")

        let dates = try await openssl.run("x509", "-in", path, "-noout", "-dates", "-dateopt", "iso_8601")
        let format = Date.ISO8601FormatStyle(dateTimeSeparator: .space)
        #expect(
            dates == """
                notBefore=\(certificate.notBefore.formatted(format))
                notAfter=\(certificate.notAfter.formatted(format))

                """)
        let fingerprint = try await openssl.run("x509", "-in", path, "-noout", "-fingerprint", "-sha256")
        #expect(fingerprint == "sha256 Fingerprint=\(certificate.sha256Fingerprint)\n")
    }

    @Test func `gives back the PEM text that it was read from`() async throws {
        let openssl = try OpenSSLCommand()
        let path = try await openssl.makeIdentity("server.example").certificate
        let text = try String(contentsOfFile: path, encoding: .utf8)
        #expect(try Certificate(pem: text).pem == text)
    }

    @Test func `reads every certificate of a file in its order`() async throws {
        let openssl = try OpenSSLCommand()
        let names = ["a", "b", "c"]
        var text = "some words before\n"
        for name in names {
            let path = try await openssl.makeIdentity(name).certificate
            text += try String(contentsOfFile: path, encoding: .utf8) + "and between\n"
        }
        let path = try openssl.write(text, to: "all.pem")
        #expect(try Certificate.all(path: path).map(\.subject) == names.map { "CN=\($0),O=Apus" })
    }

    @Test(arguments: [
        "", "no PEM", "-----BEGIN CERTIFICATE-----\n",
        "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
    ])
    func `refuses text without a certificate`(text: String) {
        #expect(throws: TLSConfigurationError.noCertificate(path: "PEM text")) { try Certificate(pem: text) }
    }
}
