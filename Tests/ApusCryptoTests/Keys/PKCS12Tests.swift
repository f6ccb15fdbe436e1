import Testing

@testable import ApusCrypto

struct PKCS12Tests {
    private let openssl: OpenSSLCommand

    init() throws {
        openssl = try OpenSSLCommand()
    }

    @Test func `reads key, certificate and chain`() async throws {
        let own = try await openssl.makeIdentity("own")
        let root = try await openssl.makeIdentity("root")
        try await openssl.run(
            "pkcs12", "-export", "-inkey", own.privateKey, "-in", own.certificate, "-certfile", root.certificate,
            "-passout", "pass:secret", "-out", "own.p12")
        let file = try PKCS12(openssl.octets("own.p12"), passphrase: SecretBytes("secret"))
        let key = try AsymmetricKey(pem: openssl.text("own.key"))
        #expect(file.key.isPrivate && file.key.hasSamePublicKey(as: key))
        #expect(try file.certificate.pem == openssl.text("own.pem"))
        #expect(try file.chain.map(\.pem) == [openssl.text("root.pem")])
    }

    @Test(arguments: ["PBE-SHA1-RC2-40", "PBE-SHA1-3DES"])
    func `reads what older programs wrote`(algorithm: String) async throws {
        let own = try await openssl.makeIdentity("own")
        try await openssl.run(
            "pkcs12", "-export", "-legacy", "-inkey", own.privateKey, "-in", own.certificate, "-certpbe", algorithm,
            "-keypbe", algorithm, "-macalg", "sha1", "-passout", "pass:secret", "-out", "old.p12")
        let file = try PKCS12(openssl.octets("old.p12"), passphrase: SecretBytes("secret"))
        #expect(try file.certificate.pem == openssl.text("own.pem"))
        #expect(throws: KeyMaterialError.passphraseWrong) {
            try PKCS12(openssl.octets("old.p12"), passphrase: SecretBytes("other"))
        }
    }

    @Test func `refuses what is wrong with a file`() async throws {
        let own = try await openssl.makeIdentity("own")
        try await openssl.run(
            "pkcs12", "-export", "-inkey", own.privateKey, "-in", own.certificate, "-passout", "pass:secret", "-out",
            "own.p12")
        try await openssl.run(
            "pkcs12", "-export", "-nokeys", "-in", own.certificate, "-passout", "pass:secret", "-out", "bare.p12")
        let whole = try openssl.octets("own.p12")
        let secret = SecretBytes("secret")
        for wrong in ["", "Secret", "secret\0", "secret\0x"] {
            #expect(throws: KeyMaterialError.passphraseWrong) { try PKCS12(whole, passphrase: SecretBytes(wrong)) }
        }
        for count in [0, 1, 10, whole.count / 2, whole.count - 1] {
            #expect(throws: KeyMaterialError.unreadable(expected: "PKCS#12 file")) {
                try PKCS12([UInt8](whole[..<count]), passphrase: secret)
            }
        }
        #expect(throws: KeyMaterialError.unreadable(expected: "PKCS#12 file")) {
            try PKCS12(whole + [0], passphrase: secret)
        }
        #expect(throws: KeyMaterialError.privatePartMissing) {
            try PKCS12(openssl.octets("bare.p12"), passphrase: secret)
        }
    }
}
