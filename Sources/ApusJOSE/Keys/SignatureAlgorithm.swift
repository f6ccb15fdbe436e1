import ApusCrypto

/// How a token is signed, named as in the IANA registry of JOSE algorithms (RFC 7518 §3.1).
///
/// There is no case for `none`, so no setting can accept an unsigned token.
public enum SignatureAlgorithm: String, Hashable, Sendable, CaseIterable {
    /// HMAC with SHA-256; the key has at least 32 octets.
    case hs256 = "HS256"
    /// HMAC with SHA-384; the key has at least 48 octets.
    case hs384 = "HS384"
    /// HMAC with SHA-512; the key has at least 64 octets.
    case hs512 = "HS512"

    /// The strongest HMAC that a secret of so many octets is long enough for, HS256 when for none.
    static func strongestHMAC(secretCount: Int) -> SignatureAlgorithm {
        switch secretCount {
        case 64...: .hs512
        case 48...: .hs384
        default: .hs256
        }
    }

    /// The algorithm of exactly this name; `init(rawValue:)` also takes canonically equivalent text.
    static func named(_ name: String) -> SignatureAlgorithm? {
        allCases.first { name.hasSameOctets(as: $0.rawValue) }
    }

    var digest: DigestAlgorithm {
        switch self {
        case .hs256: .sha256
        case .hs384: .sha384
        case .hs512: .sha512
        }
    }
}
