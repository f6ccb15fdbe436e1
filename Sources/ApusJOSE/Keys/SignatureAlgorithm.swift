import ApusCrypto

/// How a token or message is signed, named as in the IANA registry of JOSE algorithms (RFC 7518 §3.1).
///
/// There is no case for `none`, so no setting can accept an unsigned token.
public enum SignatureAlgorithm: String, Hashable, Sendable, CaseIterable {
    /// HMAC with SHA-256; the key has at least 32 octets.
    case hs256 = "HS256"
    /// HMAC with SHA-384; the key has at least 48 octets.
    case hs384 = "HS384"
    /// HMAC with SHA-512; the key has at least 64 octets.
    case hs512 = "HS512"
    /// RSASSA-PKCS1-v1_5 with SHA-256; RSA keys have at least 2,048 bits.
    case rs256 = "RS256"
    /// RSASSA-PKCS1-v1_5 with SHA-384.
    case rs384 = "RS384"
    /// RSASSA-PKCS1-v1_5 with SHA-512.
    case rs512 = "RS512"
    /// RSASSA-PSS with SHA-256, MGF1 with SHA-256 and a salt of 32 octets.
    case ps256 = "PS256"
    /// RSASSA-PSS with SHA-384, MGF1 with SHA-384 and a salt of 48 octets.
    case ps384 = "PS384"
    /// RSASSA-PSS with SHA-512, MGF1 with SHA-512 and a salt of 64 octets.
    case ps512 = "PS512"
    /// ECDSA on P-256 with SHA-256.
    case es256 = "ES256"
    /// ECDSA on P-384 with SHA-384.
    case es384 = "ES384"
    /// ECDSA on P-521 with SHA-512.
    case es512 = "ES512"
    /// ECDSA on secp256k1 with SHA-256 (RFC 8812 §3.2).
    case es256K = "ES256K"
    /// Ed25519 or Ed448, as the key's curve says (RFC 8037 §3.1).
    case edDSA = "EdDSA"

    /// The algorithm of exactly this name; `init(rawValue:)` also takes canonically equivalent text.
    static func named(_ name: String) -> SignatureAlgorithm? {
        allCases.first { name.hasSameOctets(as: $0.rawValue) }
    }

    /// Whether there is a public key for it, which verifies and cannot sign.
    package var isAsymmetric: Bool {
        if case .asymmetric = method { true } else { false }
    }

    /// What computes signatures of this algorithm.
    enum Method {
        case hmac(DigestAlgorithm)
        case asymmetric(SignatureScheme)
    }

    var method: Method {
        switch self {
        case .hs256: .hmac(.sha256)
        case .hs384: .hmac(.sha384)
        case .hs512: .hmac(.sha512)
        case .rs256: .asymmetric(.rsaPKCS1(.sha256))
        case .rs384: .asymmetric(.rsaPKCS1(.sha384))
        case .rs512: .asymmetric(.rsaPKCS1(.sha512))
        case .ps256: .asymmetric(.rsaPSS(.sha256))
        case .ps384: .asymmetric(.rsaPSS(.sha384))
        case .ps512: .asymmetric(.rsaPSS(.sha512))
        case .es256, .es256K: .asymmetric(.ecdsa(.sha256))
        case .es384: .asymmetric(.ecdsa(.sha384))
        case .es512: .asymmetric(.ecdsa(.sha512))
        case .edDSA: .asymmetric(.edDSA)
        }
    }
}
