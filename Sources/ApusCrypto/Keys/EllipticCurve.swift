/// The prime curves of RFC 7518 §6.2.1.1 and RFC 8812 §3.1.
package enum EllipticCurve: Hashable, Sendable, CaseIterable {
    case p256
    case p384
    case p521
    case secp256k1

    /// The width of a coordinate, of the private scalar, and of each half of a signature.
    package var coordinateByteCount: Int {
        switch self {
        case .p256, .secp256k1: 32
        case .p384: 48
        case .p521: 66
        }
    }

    /// As OpenSSL calls the group (SEC 2, or X9.62 for the first).
    var groupName: String {
        switch self {
        case .p256: "prime256v1"
        case .p384: "secp384r1"
        case .p521: "secp521r1"
        case .secp256k1: "secp256k1"
        }
    }
}
