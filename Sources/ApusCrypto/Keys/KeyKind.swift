/// What an asymmetric key is good for: its family with its size or curve.
package enum KeyKind: Hashable, Sendable {
    case rsa(bits: Int)
    case ec(EllipticCurve)
    case ed25519
    case ed448
    case x25519
    case x448

    /// As OpenSSL's key management calls the family.
    var typeName: String {
        switch self {
        case .rsa: "RSA"
        case .ec: "EC"
        case .ed25519: "ED25519"
        case .ed448: "ED448"
        case .x25519: "X25519"
        case .x448: "X448"
        }
    }

    /// The width of both parts of an octet key pair (RFC 8037), `nil` for the other families.
    var octetKeyByteCount: Int? {
        switch self {
        case .rsa, .ec: nil
        case .ed25519, .x25519: 32
        case .ed448: 57
        case .x448: 56
        }
    }
}

extension KeyKind: CustomStringConvertible {
    package var description: String {
        switch self {
        case .rsa(let bits): "RSA of \(bits) bits"
        case .ec(.p256): "EC on P-256"
        case .ec(.p384): "EC on P-384"
        case .ec(.p521): "EC on P-521"
        case .ec(.secp256k1): "EC on secp256k1"
        case .ed25519: "Ed25519"
        case .ed448: "Ed448"
        case .x25519: "X25519"
        case .x448: "X448"
        }
    }
}
