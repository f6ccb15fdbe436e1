package import ApusCrypto

/// How the key that encrypts a message reaches its recipient: the `alg` of a JWE (RFC 7518 §4.1).
///
/// RSAES-PKCS1-v1_5 is not among them: its padding can be told from noise, which lets others decrypt with this key.
public enum KeyManagementAlgorithm: String, Hashable, Sendable, CaseIterable {
    /// The shared secret itself encrypts the message.
    case direct = "dir"
    /// AES key wrap with 128 bits.
    case a128KW = "A128KW"
    /// AES key wrap with 192 bits.
    case a192KW = "A192KW"
    /// AES key wrap with 256 bits.
    case a256KW = "A256KW"
    /// Key wrap with AES-GCM and 128 bits.
    case a128GCMKW = "A128GCMKW"
    /// Key wrap with AES-GCM and 192 bits.
    case a192GCMKW = "A192GCMKW"
    /// Key wrap with AES-GCM and 256 bits.
    case a256GCMKW = "A256GCMKW"
    /// RSAES-OAEP with SHA-1, for peers that know nothing better.
    case rsaOAEP = "RSA-OAEP"
    /// RSAES-OAEP with SHA-256.
    case rsaOAEP256 = "RSA-OAEP-256"
    /// RSAES-OAEP with SHA-384.
    case rsaOAEP384 = "RSA-OAEP-384"
    /// RSAES-OAEP with SHA-512.
    case rsaOAEP512 = "RSA-OAEP-512"
    /// Diffie-Hellman on an elliptic curve with an ephemeral key; what is agreed upon encrypts the message.
    case ecdhES = "ECDH-ES"
    /// `ecdhES`, whose result wraps with AES and 128 bits.
    case ecdhESA128KW = "ECDH-ES+A128KW"
    /// `ecdhES`, whose result wraps with AES and 192 bits.
    case ecdhESA192KW = "ECDH-ES+A192KW"
    /// `ecdhES`, whose result wraps with AES and 256 bits.
    case ecdhESA256KW = "ECDH-ES+A256KW"
    /// A password, stretched with HMAC SHA-256, wraps with AES and 128 bits.
    case pbes2HS256A128KW = "PBES2-HS256+A128KW"
    /// A password, stretched with HMAC SHA-384, wraps with AES and 192 bits.
    case pbes2HS384A192KW = "PBES2-HS384+A192KW"
    /// A password, stretched with HMAC SHA-512, wraps with AES and 256 bits.
    case pbes2HS512A256KW = "PBES2-HS512+A256KW"

    /// What an algorithm does, with the sizes in octets and the hash functions that tell it from its siblings.
    package enum Method: Hashable, Sendable {
        case direct
        case keyWrap(keyByteCount: Int)
        case gcmKeyWrap(keyByteCount: Int)
        case oaep(DigestAlgorithm)
        /// Without a size, what is agreed upon is the content key itself.
        case agreement(wrappingKeyByteCount: Int?)
        case password(DigestAlgorithm, wrappingKeyByteCount: Int)
    }

    package var method: Method {
        switch self {
        case .direct: .direct
        case .a128KW: .keyWrap(keyByteCount: 16)
        case .a192KW: .keyWrap(keyByteCount: 24)
        case .a256KW: .keyWrap(keyByteCount: 32)
        case .a128GCMKW: .gcmKeyWrap(keyByteCount: 16)
        case .a192GCMKW: .gcmKeyWrap(keyByteCount: 24)
        case .a256GCMKW: .gcmKeyWrap(keyByteCount: 32)
        case .rsaOAEP: .oaep(.sha1)
        case .rsaOAEP256: .oaep(.sha256)
        case .rsaOAEP384: .oaep(.sha384)
        case .rsaOAEP512: .oaep(.sha512)
        case .ecdhES: .agreement(wrappingKeyByteCount: nil)
        case .ecdhESA128KW: .agreement(wrappingKeyByteCount: 16)
        case .ecdhESA192KW: .agreement(wrappingKeyByteCount: 24)
        case .ecdhESA256KW: .agreement(wrappingKeyByteCount: 32)
        case .pbes2HS256A128KW: .password(.sha256, wrappingKeyByteCount: 16)
        case .pbes2HS384A192KW: .password(.sha384, wrappingKeyByteCount: 24)
        case .pbes2HS512A256KW: .password(.sha512, wrappingKeyByteCount: 32)
        }
    }

    /// Whether a message has no encrypted key, because both sides arrive at the content key without one.
    var hasNoEncryptedKey: Bool {
        method == .direct || method == .agreement(wrappingKeyByteCount: nil)
    }
}
