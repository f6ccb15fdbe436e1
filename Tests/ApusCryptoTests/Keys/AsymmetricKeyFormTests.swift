import Testing

@testable import ApusCrypto

struct AsymmetricKeyFormTests {
    private let openssl: OpenSSLCommand

    init() throws {
        openssl = try OpenSSLCommand()
    }

    @Test(arguments: KeySample.all)
    func `reads what openssl writes`(sample: KeySample) async throws {
        try await openssl.makeKey(sample)
        try await openssl.run("pkcs8", "-topk8", "-nocrypt", "-in", "sample.key", "-outform", "DER", "-out", "key.der")
        try await openssl.run("pkey", "-in", "sample.key", "-pubout", "-outform", "DER", "-out", "pub.der")
        try await openssl.run("pkey", "-in", "sample.key", "-aes256", "-passout", "pass:secret", "-out", "sealed.key")
        try await openssl.run(
            "pkcs8", "-topk8", "-in", "sample.key", "-outform", "DER", "-v2", "aes128", "-passout", "pass:secret",
            "-out", "sealed.der")
        let expected = try openssl.text("sample.pub")
        var keys: [AsymmetricKey] = []
        keys.append(try AsymmetricKey(pem: openssl.text("sample.key")))
        keys.append(try AsymmetricKey(der: openssl.octets("key.der")))
        keys.append(try AsymmetricKey(pem: openssl.text("sealed.key"), passphrase: "secret"))
        keys.append(try AsymmetricKey(der: openssl.octets("sealed.der"), passphrase: "secret"))
        for key in keys {
            #expect(key.isPrivate)
            #expect(key.kind == sample.kind)
            #expect(try key.publicPEM() == expected)
            #expect(try key.privateDER(passphrase: nil).array == openssl.octets("key.der"))
        }
        keys = []
        keys.append(try AsymmetricKey(pem: expected))
        keys.append(try AsymmetricKey(der: openssl.octets("pub.der")))
        for key in keys {
            #expect(!key.isPrivate)
            #expect(key.kind == sample.kind)
            #expect(try key.publicDER() == openssl.octets("pub.der"))
            #expect(throws: KeyMaterialError.privatePartMissing) { try key.privateDER(passphrase: nil) }
        }
    }

    @Test(arguments: KeySample.all)
    func `openssl reads what is written`(sample: KeySample) async throws {
        let key = try AsymmetricKey.generate(sample.kind)
        try openssl.write(key.privateText(), to: "own.key")
        let expected = try key.publicPEM()
        #expect(try await openssl.run("pkey", "-in", "own.key", "-pubout") == expected)
    }

    // 600,000 iterations on each side: so for one kind alone.
    @Test func `openssl reads what is written under a passphrase`() async throws {
        let key = try AsymmetricKey.generate(.ec(.p256))
        try openssl.write(key.privateText(passphrase: "secret"), to: "sealed.key")
        try openssl.write(key.privateDER(passphrase: SecretBytes("secret")).array, to: "sealed.der")
        let expected = try key.publicPEM()
        #expect(
            try await openssl.run("pkey", "-in", "sealed.key", "-passin", "pass:secret", "-pubout") == expected)
        #expect(
            try await openssl.run(
                "pkey", "-inform", "DER", "-in", "sealed.der", "-passin", "pass:secret", "-pubout") == expected)
        let structure = try await openssl.run("asn1parse", "-in", "sealed.key")
        for part in ["PBES2", "PBKDF2", "hmacWithSHA256", "aes-256-cbc", "INTEGER           :0927C0"] {
            #expect(structure.contains(part))
        }
    }

    @Test(arguments: [(KeySample.rsa, "rsa"), (.p256, "ec")])
    func `reads the private forms from before PKCS#8`(sample: KeySample, command: String) async throws {
        try await openssl.makeKey(sample)
        try await openssl.run("pkey", "-in", "sample.key", "-traditional", "-out", "plain.key")
        try await openssl.run("pkey", "-in", "sample.key", "-traditional", "-outform", "DER", "-out", "plain.der")
        try await openssl.run(
            "pkey", "-in", "sample.key", "-traditional", "-aes128", "-passout", "pass:secret", "-out", "sealed.key")
        let expected = try openssl.text("sample.pub")
        let sealed = try openssl.text("sealed.key")
        #expect(sealed.contains("BEGIN \(command.uppercased()) PRIVATE KEY"))
        var keys: [AsymmetricKey] = []
        keys.append(try AsymmetricKey(pem: openssl.text("plain.key")))
        keys.append(try AsymmetricKey(der: openssl.octets("plain.der")))
        keys.append(try AsymmetricKey(pem: sealed, passphrase: "secret"))
        for key in keys {
            #expect(key.isPrivate)
            #expect(try key.publicPEM() == expected)
        }
        #expect(throws: KeyMaterialError.passphraseMissing) { try AsymmetricKey(pem: sealed) }
        #expect(throws: KeyMaterialError.passphraseWrong) { try AsymmetricKey(pem: sealed, passphrase: "other") }
    }

    @Test func `reads a PKCS#1 public key and a certificate`() async throws {
        try await openssl.makeKey(.rsa)
        try await openssl.run("rsa", "-in", "sample.key", "-RSAPublicKey_out", "-out", "rsa.pub")
        try await openssl.run("rsa", "-in", "sample.key", "-RSAPublicKey_out", "-outform", "DER", "-out", "rsa.der")
        try await openssl.run(
            "req", "-x509", "-new", "-key", "sample.key", "-out", "own.pem", "-days", "1", "-subj", "/CN=own")
        try await openssl.run("x509", "-in", "own.pem", "-outform", "DER", "-out", "own.der")
        let certificate = try Certificate(octets: openssl.octets("own.der"))
        #expect(try certificate.der == openssl.octets("own.der"))
        #expect(certificate.sha1Digest == (try openssl.octets("own.der").digest(.sha1)))
        #expect(certificate.sha256Digest == (try openssl.octets("own.der").digest(.sha256)))
        let expected = try openssl.text("sample.pub")
        var keys: [AsymmetricKey] = []
        keys.append(try AsymmetricKey(pem: openssl.text("rsa.pub")))
        keys.append(try AsymmetricKey(der: openssl.octets("rsa.der")))
        keys.append(try AsymmetricKey(pem: openssl.text("own.pem")))
        keys.append(try AsymmetricKey(der: openssl.octets("own.der")))
        keys.append(try certificate.publicKey())
        for key in keys {
            #expect(!key.isPrivate)
            #expect(try key.publicPEM() == expected)
        }
        #expect(throws: KeyMaterialError.unreadable(expected: "X.509 certificate")) {
            try Certificate(octets: openssl.octets("own.der") + [0])
        }
    }

    @Test func `takes the first key of a text`() async throws {
        try await openssl.makeKey(.p256)
        try await openssl.makeKey(KeySample.ed25519, name: "other")
        let parameters = try await openssl.run("ecparam", "-name", "prime256v1")
        let text = try "words\n" + parameters + openssl.text("sample.key") + openssl.text("other.key")
        #expect(try AsymmetricKey(pem: text).kind == .ec(.p256))
    }

    @Test(arguments: KeySample.all)
    func `a public key has nothing of the private one`(sample: KeySample) throws {
        let key = try AsymmetricKey.generate(sample.kind)
        let other = try AsymmetricKey.generate(sample.kind)
        #expect(!key.publicKey.isPrivate)
        #expect(key.hasSamePublicKey(as: key.publicKey))
        #expect(!key.hasSamePublicKey(as: other))
        #expect(throws: KeyMaterialError.privatePartMissing) { try key.publicKey.privateDER(passphrase: nil) }
        #expect(EVPKey.privateNumber(of: key.publicKey) == nil)
        #expect("\(key)" == "private key, \(sample.kind)")
    }
}
