import ApusCrypto

/// How the content of a message is encrypted and authenticated: the `enc` of a JWE (RFC 7518 §5.1).
public enum ContentEncryption: String, Hashable, Sendable, CaseIterable {
    /// AES-GCM with 128 bits.
    case a128GCM = "A128GCM"
    /// AES-GCM with 192 bits.
    case a192GCM = "A192GCM"
    /// AES-GCM with 256 bits.
    case a256GCM = "A256GCM"
    /// AES-CBC with 128 bits, authenticated with HMAC SHA-256.
    case a128CBCHS256 = "A128CBC-HS256"
    /// AES-CBC with 192 bits, authenticated with HMAC SHA-384.
    case a192CBCHS384 = "A192CBC-HS384"
    /// AES-CBC with 256 bits, authenticated with HMAC SHA-512.
    case a256CBCHS512 = "A256CBC-HS512"

    /// The size of the content key; for CBC the keys of both of its parts together.
    package var keyByteCount: Int {
        switch self {
        case .a128GCM: 16
        case .a192GCM: 24
        case .a256GCM, .a128CBCHS256: 32
        case .a192CBCHS384: 48
        case .a256CBCHS512: 64
        }
    }

    var vectorByteCount: Int { digest == nil ? AESGCM.nonceByteCount : AESCBC.vectorByteCount }

    var tagByteCount: Int { digest == nil ? AESGCM.tagByteCount : keyByteCount / 2 }

    /// The hash function that authenticates, or nil for GCM, which does it itself.
    var digest: DigestAlgorithm? {
        switch self {
        case .a128GCM, .a192GCM, .a256GCM: nil
        case .a128CBCHS256: .sha256
        case .a192CBCHS384: .sha384
        case .a256CBCHS512: .sha512
        }
    }

    /// The encryption for a secret of this size that encrypts directly, or nil when there is none.
    static func direct(secretCount: Int) -> ContentEncryption? {
        allCases.first { $0.keyByteCount == secretCount }
    }
}
