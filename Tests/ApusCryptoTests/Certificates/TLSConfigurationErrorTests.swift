import Foundation
import Testing

@testable import ApusCrypto

/// Each way in which the files given to a server can be wrong, and that the error names the file.
struct TLSConfigurationErrorTests {
    private let openssl: OpenSSLCommand

    init() throws {
        openssl = try OpenSSLCommand()
    }

    @Test func `good files make a context`() async throws {
        let good = try await openssl.makeIdentity("good")
        _ = try TLSContext(
            identity: CertificateIdentity(certificateChain: good.certificate, privateKey: good.privateKey),
            protocols: [])
    }

    @Test func `one file may hold both`() async throws {
        let good = try await openssl.makeIdentity("good")
        let both = try openssl.write(
            String(contentsOfFile: good.privateKey, encoding: .utf8)
                + String(contentsOfFile: good.certificate, encoding: .utf8), to: "both.pem")
        _ = try TLSContext(identity: CertificateIdentity(certificateChain: both, privateKey: both), protocols: [])
    }

    @Test func `a missing file`() async throws {
        let good = try await openssl.makeIdentity("good")
        let missing = openssl.path("missing.pem")
        let expected = TLSConfigurationError.unreadableFile(path: missing, reason: "No such file or directory")
        expect(expected, certificate: missing, privateKey: good.privateKey, names: [missing])
        expect(expected, certificate: good.certificate, privateKey: missing, names: [missing])
    }

    @Test func `a folder in place of a file`() async throws {
        let folder = openssl.folder.path
        expect(
            .unreadableFile(path: folder, reason: "Is a directory"), certificate: folder, privateKey: folder,
            names: [folder])
    }

    @Test func `a file that is far too large`() throws {
        let path = try openssl.write(String(repeating: "x", count: PEMSource.maximumOctets + 1), to: "large.pem")
        expect(
            .unreadableFile(path: path, reason: "it is larger than 1048576 bytes"), certificate: path, privateKey: path,
            names: [path])
    }

    @Test func `files that hold something else`() async throws {
        let good = try await openssl.makeIdentity("good")
        expect(
            .noCertificate(path: good.privateKey), certificate: good.privateKey, privateKey: good.privateKey,
            names: [good.privateKey])
        expect(
            .noPrivateKey(path: good.certificate), certificate: good.certificate, privateKey: good.certificate,
            names: [good.certificate])
        let empty = try openssl.write("", to: "empty.pem")
        expect(.noCertificate(path: empty), certificate: empty, privateKey: empty, names: [empty])
    }

    @Test func `a key of another certificate`() async throws {
        let one = try await openssl.makeIdentity("one")
        let other = try await openssl.makeIdentity("other")
        expect(
            .keyMismatch(certificate: one.certificate, privateKey: other.privateKey), certificate: one.certificate,
            privateKey: other.privateKey, names: [one.certificate, other.privateKey])
    }

    @Test func `a key of another kind`() async throws {
        let one = try await openssl.makeIdentity("one")
        let other = try await openssl.makeIdentity("other", key: "RSA", option: "rsa_keygen_bits:2048")
        expect(
            .keyMismatch(certificate: one.certificate, privateKey: other.privateKey), certificate: one.certificate,
            privateKey: other.privateKey, names: [one.certificate, other.privateKey])
    }

    /// `pkey` writes PKCS #8, `ec` the form that RFC 1421 encrypts with a header line.
    @Test(arguments: ["pkey", "ec"])
    func `an encrypted key, without asking anybody for its passphrase`(command: String) async throws {
        let good = try await openssl.makeIdentity("good")
        try await openssl.run(
            command, "-in", good.privateKey, "-aes256", "-passout", "pass:secret", "-out", "sealed.key")
        let sealed = openssl.path("sealed.key")
        expect(
            .encryptedPrivateKey(path: sealed), certificate: good.certificate, privateKey: sealed, names: [sealed])
    }

    @Test(arguments: [
        ("RSA", "rsa_keygen_bits:1024", "RSA of 1024 bits"),
        ("EC", "ec_paramgen_curve:secp256k1", "EC on the curve 'secp256k1'"),
        ("EC", "ec_paramgen_curve:P-224", "EC on the curve 'secp224r1'"),
    ])
    func `a weak key or one that TLS 1.3 does not know`(kind: String, option: String, found: String) async throws {
        let weak = try await openssl.makeIdentity("weak", key: kind, option: option)
        expect(
            .unsuitableKey(path: weak.privateKey, found: found), certificate: weak.certificate,
            privateKey: weak.privateKey, names: [weak.privateKey, found])
    }

    @Test(arguments: [
        ("RSA", "rsa_keygen_bits:2048"), ("EC", "ec_paramgen_curve:P-384"), ("EC", "ec_paramgen_curve:P-521"),
    ])
    func `a strong key of another kind serves`(kind: String, option: String) async throws {
        let strong = try await openssl.makeIdentity("strong", key: kind, option: option)
        _ = try TLSContext(
            identity: CertificateIdentity(certificateChain: strong.certificate, privateKey: strong.privateKey),
            protocols: [])
    }

    @Test func `a chain through an issuer whose key is too short`() async throws {
        let leaf = try await openssl.makeIdentity("leaf")
        let issuer = try await openssl.makeIdentity("issuer", key: "RSA", option: "rsa_keygen_bits:1024")
        let chain = try openssl.write(
            String(contentsOfFile: leaf.certificate, encoding: .utf8)
                + String(contentsOfFile: issuer.certificate, encoding: .utf8), to: "chain.pem")
        expect(
            .rejected(path: chain, reason: "ca key too small"), certificate: chain, privateKey: leaf.privateKey,
            names: [chain, "ca key too small"])
    }

    @Test func `a certificate outside its validity, with the date that openssl prints`() async throws {
        let short = try await openssl.makeIdentity("short", days: 1)
        let dates = try await openssl.run("x509", "-in", short.certificate, "-noout", "-dates", "-dateopt", "iso_8601")
        let found = try #require(try /notBefore=(.+) (.+)\nnotAfter=(.+) (.+)\n/.wholeMatch(in: dates))
        let begins = try Date("\(found.1)T\(found.2)", strategy: .iso8601)
        let ends = try Date("\(found.3)T\(found.4)", strategy: .iso8601)
        for date in [begins, ends] {
            _ = try TLSContext(
                identity: CertificateIdentity(certificateChain: short.certificate, privateKey: short.privateKey),
                protocols: [], at: date)
        }
        expect(
            .expired(path: short.certificate, date: ends), certificate: short.certificate,
            privateKey: short.privateKey, at: ends + 1, names: [short.certificate, "\(found.3)T\(found.4)"])
        expect(
            .notYetValid(path: short.certificate, date: begins), certificate: short.certificate,
            privateKey: short.privateKey, at: begins - 1, names: [short.certificate, "\(found.1)T\(found.2)"])
    }

    @Test func `a self-signed identity that has been kept too long`() throws {
        let identity = try CertificateIdentity.selfSigned(commonName: "old", validFor: .seconds(7_200))
        let ends = identity.certificate.notAfter
        #expect(throws: TLSConfigurationError.expired(path: "self-signed certificate for old", date: ends)) {
            try TLSContext(identity: identity, protocols: [], at: ends + 1)
        }
    }

    private func expect(
        _ expected: TLSConfigurationError, certificate: String, privateKey: String, at date: Date = Date(),
        names: [String]
    ) {
        #expect(throws: expected) {
            try TLSContext(
                identity: CertificateIdentity(certificateChain: certificate, privateKey: privateKey), protocols: [],
                at: date)
        }
        for name in names {
            #expect(expected.description.contains(name))
        }
    }
}
