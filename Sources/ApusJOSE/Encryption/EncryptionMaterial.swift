import ApusCrypto

/// What a key is made of, and which algorithms work with it.
enum EncryptionMaterial: Sendable {
    /// Octets that both sides know; a password for the algorithms that stretch one.
    case secret(SecretBytes)
    case asymmetric(AsymmetricKey)

    /// The kind in words, for errors.
    var kind: String {
        switch self {
        case .secret: "a shared secret"
        case .asymmetric(let key): Self.name(of: key.kind)
        }
    }

    private static func name(of kind: KeyKind) -> String {
        switch kind {
        case .rsa: "an RSA key"
        case .ec(.p256): "a P-256 key"
        case .ec(.p384): "a P-384 key"
        case .ec(.p521): "a P-521 key"
        case .ec(.secp256k1): "a secp256k1 key"
        case .ed25519: "an Ed25519 key"
        case .ed448: "an Ed448 key"
        case .x25519: "an X25519 key"
        case .x448: "an X448 key"
        }
    }

    /// The algorithm for keys of this kind when none is named.
    func defaultAlgorithm() throws(EncryptionKeyError) -> KeyManagementAlgorithm {
        guard case .asymmetric(let key) = self else { return .direct }
        if case .rsa = key.kind { return .rsaOAEP256 }
        guard Self.agrees(key.kind) else { throw .kindNotSupported(kind: kind) }
        return .ecdhESA256KW
    }

    /// RFC 7518 §6.2.1.1 and RFC 8037 §3.2; the other curves sign and agree upon nothing (RFC 8812 §3.1).
    private static func agrees(_ kind: KeyKind) -> Bool {
        switch kind {
        case .ec(.p256), .ec(.p384), .ec(.p521), .x25519, .x448: true
        case .ec(.secp256k1), .ed25519, .ed448, .rsa: false
        }
    }

    /// Refuses a key that does not fit its algorithm.
    func check(_ algorithm: KeyManagementAlgorithm) throws(EncryptionKeyError) {
        switch (self, algorithm.method) {
        case (.secret(let secret), .direct):
            try Self.check(secret, in: ContentEncryption.allCases.map(\.keyByteCount))
        case (.secret(let secret), .keyWrap(let count)), (.secret(let secret), .gcmKeyWrap(let count)):
            try Self.check(secret, in: [count])
        case (.secret(let secret), .password):
            guard secret.count > 0 else { throw .passwordEmpty }
        case (.asymmetric(let key), .oaep):
            guard case .rsa = key.kind else { throw .algorithmNotFitting(algorithm, kind: kind) }
        case (.asymmetric(let key), .agreement):
            guard Self.agrees(key.kind) else { throw .algorithmNotFitting(algorithm, kind: kind) }
        case (.secret, .oaep), (.secret, .agreement), (.asymmetric, _):
            throw .algorithmNotFitting(algorithm, kind: kind)
        }
        if case .secret(let secret) = self, secret.withBytes(SecretInspection.looksLikeKeyFile) {
            throw .secretIsNoSecret
        }
    }

    /// A secret that encrypts directly is of one size, which must be that of the content key.
    func check(_ encryption: ContentEncryption, _ algorithm: KeyManagementAlgorithm) throws(EncryptionKeyError) {
        guard case .secret(let secret) = self, algorithm == .direct else { return }
        try Self.check(secret, in: [encryption.keyByteCount])
    }

    static func check(kid: String?) throws(EncryptionKeyError) {
        guard let count = kid?.utf8.count else { return }
        guard (1...256).contains(count) else { throw .kidLengthInvalid(octets: count) }
    }

    private static func check(_ secret: SecretBytes, in counts: [Int]) throws(EncryptionKeyError) {
        guard counts.contains(secret.count) else {
            let expected = counts.reduce(into: [Int]()) { if !$0.contains($1) { $0.append($1) } }
            throw .secretLengthInvalid(octets: secret.count, expected: expected)
        }
    }
}
