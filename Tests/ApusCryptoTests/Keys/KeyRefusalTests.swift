import Testing

@testable import ApusCrypto

/// Each way in which a key that somebody hands in can be wrong.
struct KeyRefusalTests {
    private let openssl: OpenSSLCommand

    init() throws {
        openssl = try OpenSSLCommand()
    }

    @Test(arguments: [KeySample.p256, KeySample.ed25519])
    func `refuses every truncation and a trailing octet`(sample: KeySample) async throws {
        try await openssl.makeKey(sample)
        try await openssl.run("pkcs8", "-topk8", "-nocrypt", "-in", "sample.key", "-outform", "DER", "-out", "key.der")
        try await openssl.run("pkey", "-in", "sample.key", "-pubout", "-outform", "DER", "-out", "pub.der")
        for name in ["key.der", "pub.der"] {
            let whole = try openssl.octets(name)
            _ = try AsymmetricKey(der: whole)
            for count in whole.indices {
                #expect(throws: KeyMaterialError.self) { try AsymmetricKey(der: [UInt8](whole[..<count])) }
            }
            #expect(throws: KeyMaterialError.self) { try AsymmetricKey(der: whole + [0]) }
            #expect(throws: KeyMaterialError.self) { try AsymmetricKey(der: whole + whole) }
        }
        let text = try openssl.text("sample.key")
        for count in 0..<(text.count - 1) {
            #expect(throws: KeyMaterialError.self) { try AsymmetricKey(pem: String(text.prefix(count))) }
        }
    }

    @Test(arguments: ["", "no PEM", "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n"])
    func `refuses text without a key`(text: String) {
        #expect(throws: KeyMaterialError.self) { try AsymmetricKey(pem: text) }
        #expect(throws: KeyMaterialError.self) { try AsymmetricKey(der: [UInt8](text.utf8)) }
    }

    @Test func `asks for a passphrase and tells a wrong one`() async throws {
        try await openssl.makeKey(.p256)
        try await openssl.run("pkey", "-in", "sample.key", "-aes256", "-passout", "pass:secret", "-out", "sealed.key")
        let sealed = try openssl.text("sealed.key")
        #expect(throws: KeyMaterialError.passphraseMissing) { try AsymmetricKey(pem: sealed) }
        for wrong in ["", "Secret", "secret ", String(repeating: "x", count: 5_000)] {
            #expect(throws: KeyMaterialError.passphraseWrong) { try AsymmetricKey(pem: sealed, passphrase: wrong) }
        }
    }

    /// RFC 1421's encryption has no check but its padding, which a wrong passphrase leaves valid in 1 of 256 cases.
    @Test func `a wrong passphrase is told also where the padding happens to be right`() throws {
        let text = """
            -----BEGIN EC PRIVATE KEY-----
            Proc-Type: 4,ENCRYPTED
            DEK-Info: AES-256-CBC,726D63257313179E6C78ADA87C08F994

            QRUgRPAEmj6lLjpYxzNoEw5S9C34SwA57QCaslRIvMHaZlMtGMaw1iD8iWt8OXF1
            JyZNXx6LZaCP9ysml3kl9dk+dquyckrnfoYTWoT8FIUwekSvV155hDJ1lU76e5I5
            l9P+qNxV0gyYRuuSlHsuhiaRrFzeK6KURDH6jB0FQTA=
            -----END EC PRIVATE KEY-----
            """
        _ = try AsymmetricKey(pem: text, passphrase: "right")
        for wrong in ["wrong82", "wrong81"] {
            #expect(throws: KeyMaterialError.passphraseWrong) { try AsymmetricKey(pem: text, passphrase: wrong) }
        }
    }

    @Test func `refuses a cipher that this OpenSSL does not offer`() async throws {
        try await openssl.makeKey(.p256)
        try await openssl.run(
            "pkcs8", "-topk8", "-in", "sample.key", "-v1", "PBE-SHA1-RC2-40", "-passout", "pass:secret", "-provider",
            "legacy", "-provider", "default", "-out", "old.key")
        #expect(throws: KeyMaterialError.encryptionNotSupported) {
            try AsymmetricKey(pem: openssl.text("old.key"), passphrase: "secret")
        }
    }

    /// Without `-v2` and `-v1` this is the form of RFC 1421, whose single DES only the legacy provider has.
    @Test func `refuses single DES in a traditional key`() async throws {
        try await openssl.makeKey(.p256)
        try await openssl.run(
            "ec", "-in", "sample.key", "-des", "-passout", "pass:secret", "-provider", "legacy", "-provider",
            "default", "-out", "old.key")
        #expect(throws: KeyMaterialError.encryptionNotSupported) {
            try AsymmetricKey(pem: openssl.text("old.key"), passphrase: "secret")
        }
    }

    @Test func `refuses short RSA keys`() async throws {
        try await openssl.makeKey(KeySample(kind: .ed25519, algorithm: "RSA", option: "rsa_keygen_bits:1024"))
        for name in ["sample.key", "sample.pub"] {
            #expect(throws: KeyMaterialError.rsaTooShort(bits: 1_024)) { try AsymmetricKey(pem: openssl.text(name)) }
        }
        #expect(throws: KeyMaterialError.rsaTooShort(bits: 2_047)) { try AsymmetricKey.generate(.rsa(bits: 2_047)) }
        #expect(throws: KeyMaterialError.rsaTooLong(bits: 16_385)) { try AsymmetricKey.generate(.rsa(bits: 16_385)) }
        let long = RSAComponents(modulus: [UInt8](repeating: 0xFF, count: 2_049), exponent: [1, 0, 1])
        #expect(throws: KeyMaterialError.rsaTooLong(bits: 16_392)) { try AsymmetricKey(rsa: long) }
        #expect(throws: KeyMaterialError.rsaTooShort(bits: 0)) {
            try AsymmetricKey(rsa: RSAComponents(modulus: [], exponent: [1, 0, 1]))
        }
    }

    @Test func `refuses public exponents that are 1, even or 2^256 and more`() throws {
        let modulus = try AsymmetricKey.generate(.rsa(bits: 2_048)).rsaComponents().modulus
        for exponent: [UInt8] in [[], [0], [1], [2], [1, 0, 0], [1] + [UInt8](repeating: 0, count: 31) + [1]] {
            #expect(throws: KeyMaterialError.rsaExponentInvalid) {
                try AsymmetricKey(rsa: RSAComponents(modulus: modulus, exponent: exponent))
            }
        }
        for exponent: [UInt8] in [[3], [17], [1, 0, 1], [0, 1, 0, 1]] {
            _ = try AsymmetricKey(rsa: RSAComponents(modulus: modulus, exponent: exponent))
        }
        let even = [UInt8](modulus.dropLast()) + [modulus[255] & 0xFE]
        #expect(throws: KeyMaterialError.rsaModulusInvalid) {
            try AsymmetricKey(rsa: RSAComponents(modulus: even, exponent: [1, 0, 1]))
        }
    }

    @Test(arguments: [
        ("EC", "ec_paramgen_curve:P-224", KeyMaterialError.curveNotSupported(found: "secp224r1")),
        ("EC", "ec_paramgen_curve:brainpoolP256r1", .curveNotSupported(found: "brainpoolP256r1")),
        ("RSA-PSS", "rsa_keygen_bits:2048", .kindNotSupported(found: "RSA-PSS")),
        ("DH", "group:ffdhe2048", .kindNotSupported(found: "DH")),
    ])
    func `refuses other kinds and curves`(algorithm: String, option: String, expected: KeyMaterialError) async throws {
        try await openssl.makeKey(KeySample(kind: .ed25519, algorithm: algorithm, option: option))
        #expect(throws: expected) { try AsymmetricKey(pem: openssl.text("sample.key")) }
        #expect(throws: expected) { try AsymmetricKey(pem: openssl.text("sample.pub")) }
    }

    @Test func `refuses a curve given by its parameters, CVE-2020-0601`() async throws {
        try await openssl.makeKey(.p256)
        try await openssl.run(
            "ec", "-in", "sample.key", "-param_enc", "explicit", "-pubout", "-out", "explicit.pub")
        #expect(throws: KeyMaterialError.curveNotSupported(found: "explicit parameters")) {
            try AsymmetricKey(pem: openssl.text("explicit.pub"))
        }
    }

    @Test(arguments: EllipticCurve.allCases)
    func `refuses a point off the curve, in every form`(curve: EllipticCurve) throws {
        let key = try AsymmetricKey.generate(.ec(curve))
        let good = try key.ecComponents()
        let bad = [UInt8](good.y.dropLast()) + [(good.y.last ?? 0) ^ 1]
        for d in [nil, good.d] {
            #expect(throws: KeyMaterialError.pointNotOnCurve) {
                try AsymmetricKey(ec: ECComponents(curve: curve, x: good.x, y: bad, d: d))
            }
        }
        let der = try key.publicDER()
        #expect(throws: KeyMaterialError.pointNotOnCurve) {
            try AsymmetricKey(der: [UInt8](der.dropLast()) + [(der.last ?? 0) ^ 1])
        }
        let zeros = [UInt8](repeating: 0, count: curve.coordinateByteCount)
        #expect(throws: KeyMaterialError.pointNotOnCurve) {
            try AsymmetricKey(ec: ECComponents(curve: curve, x: zeros, y: zeros))
        }
    }

    /// SubjectPublicKeyInfo with the one octet 00 in place of a point (SEC 1 §2.3.3).
    @Test func `refuses the point at infinity`() {
        let der = [UInt8](hex: "3019301306072a8648ce3d020106082a8648ce3d03010703020000")
        #expect(throws: KeyMaterialError.pointNotOnCurve) { try AsymmetricKey(der: der) }
    }
}
