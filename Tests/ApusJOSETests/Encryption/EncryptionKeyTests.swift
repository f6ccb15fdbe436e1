import ApusCrypto
import Testing

@testable import ApusJOSE

@Suite struct EncryptionKeyTests {
    @Test(arguments: [
        (16, ContentEncryption.a128GCM), (24, .a192GCM), (32, .a256GCM), (48, .a192CBCHS384), (64, .a256CBCHS512),
    ])
    func `picks the encryption for a secret by its size`(count: Int, encryption: ContentEncryption) throws {
        let key = try EncryptionKey(secret: EncryptionForge.secret(count: count))
        #expect(key.algorithm == .direct)
        #expect(key.encryption == encryption)
        let decrypting = try DecryptionKey(secret: EncryptionForge.secret(count: count))
        #expect(decrypting.encryptions == (count == 32 ? [.a256GCM, .a128CBCHS256] : [encryption]))
    }

    @Test(arguments: [
        (PeerVectors.rsa, KeyManagementAlgorithm.rsaOAEP256), (PeerVectors.p256, .ecdhESA256KW),
        (PeerVectors.p384, .ecdhESA256KW), (PeerVectors.p521, .ecdhESA256KW), (PeerVectors.x25519, .ecdhESA256KW),
        (PeerVectors.x448, .ecdhESA256KW),
    ])
    func `picks the algorithm for a public key by its kind`(jwk: String, algorithm: KeyManagementAlgorithm) throws {
        let asymmetric = try EncryptionForge.asymmetric(jwk: jwk)
        let key = try EncryptionKey(key: asymmetric)
        #expect(key.algorithm == algorithm)
        #expect(key.encryption == .a256GCM)
        let decrypting = try DecryptionKey(key: asymmetric)
        #expect(decrypting.algorithm == algorithm)
        #expect(decrypting.encryptions == ContentEncryption.allCases)
    }

    @Test(arguments: [0, 8, 15, 17, 33, 65, 128])
    func `refuses a secret of any other size`(count: Int) {
        let error = EncryptionKeyError.secretLengthInvalid(octets: count, expected: [16, 24, 32, 48, 64])
        #expect(throws: error) { try EncryptionKey(secret: EncryptionForge.secret(count: count)) }
        #expect(throws: error) { try DecryptionKey(secret: EncryptionForge.secret(count: count)) }
    }

    @Test(arguments: [
        (KeyManagementAlgorithm.a128KW, 16), (.a192KW, 24), (.a256KW, 32), (.a128GCMKW, 16), (.a192GCMKW, 24),
        (.a256GCMKW, 32),
    ])
    func `wraps with a secret of exactly the right size`(algorithm: KeyManagementAlgorithm, count: Int) throws {
        #expect(
            try EncryptionKey(secret: EncryptionForge.secret(count: count), algorithm: algorithm).encryption == .a256GCM
        )
        for other in [16, 24, 32, 48, 64] where other != count {
            #expect(throws: EncryptionKeyError.secretLengthInvalid(octets: other, expected: [count])) {
                try EncryptionKey(secret: EncryptionForge.secret(count: other), algorithm: algorithm)
            }
        }
    }

    @Test func `refuses a key of the wrong kind for its algorithm`() throws {
        let rsa = try EncryptionForge.asymmetric(jwk: PeerVectors.rsa)
        let curve = try EncryptionForge.asymmetric(jwk: PeerVectors.p256)
        for algorithm in KeyManagementAlgorithm.allCases {
            let name = algorithm.rawValue
            if !name.hasPrefix("RSA") {
                #expect(throws: EncryptionKeyError.algorithmNotFitting(algorithm, kind: "an RSA key")) {
                    try EncryptionKey(key: rsa, algorithm: algorithm)
                }
            }
            if !name.hasPrefix("ECDH") {
                #expect(throws: EncryptionKeyError.algorithmNotFitting(algorithm, kind: "a P-256 key")) {
                    try DecryptionKey(key: curve, algorithm: algorithm)
                }
            }
            if name.hasPrefix("RSA") || name.hasPrefix("ECDH") {
                #expect(throws: EncryptionKeyError.algorithmNotFitting(algorithm, kind: "a shared secret")) {
                    try EncryptionKey(secret: EncryptionForge.secret(count: 32), algorithm: algorithm)
                }
            }
            if !name.hasPrefix("PBES2") {
                #expect(throws: EncryptionKeyError.algorithmNotFitting(algorithm, kind: "a password")) {
                    try EncryptionKey(password: "word", algorithm: algorithm)
                }
            }
        }
    }

    @Test(arguments: [KeyKind.ed25519, .ed448, .ec(.secp256k1)])
    func `refuses keys that only sign`(kind: KeyKind) throws {
        let key = try AsymmetricKey.generate(kind)
        #expect(throws: EncryptionKeyError.self) { try EncryptionKey(key: key) }
        #expect(throws: EncryptionKeyError.self) { try DecryptionKey(key: key) }
        #expect(throws: EncryptionKeyError.self) { try EncryptionKey(key: key, algorithm: .ecdhES) }
        #expect(throws: EncryptionKeyError.self) { try DecryptionKey(key: key, algorithm: .ecdhES) }
    }

    @Test func `decrypts with a private key alone`() throws {
        let key = try EncryptionForge.asymmetric(jwk: PeerVectors.p256)
        #expect(throws: EncryptionKeyError.privatePartMissing(kind: "a P-256 key")) {
            try DecryptionKey(key: key.publicKey)
        }
        guard case .asymmetric(let kept) = try EncryptionKey(key: key).material else {
            Issue.record("expected an asymmetric key")
            return
        }
        #expect(!kept.isPrivate)
    }

    @Test func `refuses a direct encryption of another size and an empty list`() {
        let secret = EncryptionForge.secret(count: 32)
        #expect(throws: EncryptionKeyError.secretLengthInvalid(octets: 32, expected: [16])) {
            try EncryptionKey(secret: secret, encryption: .a128GCM)
        }
        #expect(throws: EncryptionKeyError.secretLengthInvalid(octets: 32, expected: [64])) {
            try DecryptionKey(secret: secret, encryptions: [.a256GCM, .a256CBCHS512])
        }
        #expect(throws: EncryptionKeyError.encryptionsMissing) { try DecryptionKey(secret: secret, encryptions: []) }
    }

    @Test func `refuses an empty password, and numbers of iterations that are none`() {
        #expect(throws: EncryptionKeyError.passwordEmpty) { try EncryptionKey(password: "") }
        #expect(throws: EncryptionKeyError.passwordEmpty) { try DecryptionKey(password: "") }
        for count in [0, -1, 10_000_001] {
            #expect(throws: EncryptionKeyError.iterationsInvalid(count)) {
                try EncryptionKey(password: "word", iterations: count)
            }
        }
        #expect(throws: EncryptionKeyError.iterationsInvalid(0)) {
            try DecryptionKey(password: "word", iterations: 0...9)
        }
    }

    @Test func `refuses an identifier of no octets or more than 256`() throws {
        let secret = EncryptionForge.secret(count: 32)
        for count in [0, 257] {
            let kid = String(repeating: "k", count: count)
            #expect(throws: EncryptionKeyError.kidLengthInvalid(octets: count)) {
                try EncryptionKey(secret: secret, kid: kid)
            }
            #expect(throws: EncryptionKeyError.kidLengthInvalid(octets: count)) {
                try DecryptionKey(secret: secret, kid: kid)
            }
        }
        #expect(try EncryptionKey(secret: secret, kid: String(repeating: "k", count: 256)).kid?.count == 256)
    }

    @Test func `refuses a public key file as a password`() throws {
        let pem = "-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VuAyEA\n-----END PUBLIC KEY-----\n"
        #expect(throws: EncryptionKeyError.secretIsNoSecret) { try EncryptionKey(password: pem) }
        #expect(throws: EncryptionKeyError.secretIsNoSecret) { try DecryptionKey(password: pem) }
    }

    @Test func `describes keys without their material`() throws {
        let secret = EncryptionForge.secret([UInt8]("0123456789abcdef".utf8))
        let encrypting = try EncryptionKey(secret: secret, kid: "k\n1")
        let decrypting = try DecryptionKey(secret: secret)
        #expect("\(encrypting)" == "EncryptionKey(dir, A128GCM, kid: k%0A1)")
        #expect("\(decrypting)" == #"DecryptionKey(dir, ["A128GCM"])"#)
        var dumped = ""
        dump(encrypting, to: &dumped)
        dump(decrypting, to: &dumped)
        #expect(!dumped.contains("0123"))
        #expect(!dumped.contains("SecretBytes"))
    }
}
