/// How a message is signed; what it does not say (a curve, a modulus) the key says.
package enum SignatureScheme: Hashable, Sendable {
    /// RSASSA-PKCS1-v1_5 (RFC 8017 §8.2).
    case rsaPKCS1(DigestAlgorithm)
    /// RSASSA-PSS (RFC 8017 §8.1): MGF1 with the same hash function, and a salt as long as its digest.
    case rsaPSS(DigestAlgorithm)
    /// ECDSA whose signatures are r and s at the width of the curve, one after the other (RFC 7518 §3.4).
    case ecdsa(DigestAlgorithm)
    /// Ed25519 or Ed448 of the message itself (RFC 8032).
    case edDSA

    var digest: DigestAlgorithm? {
        switch self {
        case .rsaPKCS1(let digest), .rsaPSS(let digest), .ecdsa(let digest): digest
        case .edDSA: nil
        }
    }

    /// How long each signature under a key is; `nil` for a key of another family.
    func signatureByteCount(for kind: KeyKind) -> Int? {
        switch (self, kind) {
        case (.rsaPKCS1, .rsa(let bits)), (.rsaPSS, .rsa(let bits)): (bits + 7) / 8
        case (.ecdsa, .ec(let curve)): 2 * curve.coordinateByteCount
        case (.edDSA, .ed25519): 64
        case (.edDSA, .ed448): 114
        default: nil
        }
    }
}
