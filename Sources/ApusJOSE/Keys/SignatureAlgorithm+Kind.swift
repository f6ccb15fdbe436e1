import ApusCrypto

extension SignatureAlgorithm {
    /// The algorithms that a key of this kind is suited to, the preferred one first.
    ///
    /// The key's kind decides alone (RFC 8725 §3.1), so a public key is never suited to an HMAC.
    static func suited(to kind: JWK.Kind) -> [SignatureAlgorithm] {
        switch kind {
        case .rsa: [.rs256, .rs384, .rs512, .ps256, .ps384, .ps512]
        case .p256: [.es256]
        case .p384: [.es384]
        case .p521: [.es512]
        case .secp256k1: [.es256K]
        case .ed25519, .ed448: [.edDSA]
        case .x25519, .x448: []
        // RFC 7518 §3.2: a key is at least as long as the hash.
        case .secret(64...): [.hs512, .hs384, .hs256]
        case .secret(48...): [.hs384, .hs256]
        case .secret(32...): [.hs256]
        case .secret: []
        }
    }

    /// The kind of a new key for this algorithm.
    var generatedKind: JWK.Kind {
        switch self {
        case .hs256: .secret(octets: 32)
        case .hs384: .secret(octets: 48)
        case .hs512: .secret(octets: 64)
        case .rs256, .rs384, .rs512, .ps256, .ps384, .ps512: .rsa(bits: 3_072)
        case .es256: .p256
        case .es384: .p384
        case .es512: .p521
        case .es256K: .secp256k1
        case .edDSA: .ed25519
        }
    }

    /// Refuses a key that is not suited to this algorithm.
    func check(_ kind: JWK.Kind) throws(KeyError) {
        if case .secret(let octets) = kind, case .hmac(let digest) = method, octets < digest.byteCount {
            throw .secretTooShort(octets: octets, minimum: digest.byteCount, algorithm: self)
        }
        guard Self.suited(to: kind).contains(self) else { throw .algorithmUnsuited(self, kind: kind) }
    }
}
