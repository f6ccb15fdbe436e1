import Testing

@testable import ApusCrypto

/// What `openssl genpkey` is asked for, and what has to come of it.
struct KeySample: Sendable, CustomTestStringConvertible {
    let kind: KeyKind
    let algorithm: String
    var option: String?

    var testDescription: String { kind.description }

    static let rsa = KeySample(kind: .rsa(bits: 2_048), algorithm: "RSA", option: "rsa_keygen_bits:2048")
    static let p256 = KeySample(kind: .ec(.p256), algorithm: "EC", option: "ec_paramgen_curve:P-256")
    static let ed25519 = KeySample(kind: .ed25519, algorithm: "ED25519")

    static let ec = [
        p256,
        KeySample(kind: .ec(.p384), algorithm: "EC", option: "ec_paramgen_curve:P-384"),
        KeySample(kind: .ec(.p521), algorithm: "EC", option: "ec_paramgen_curve:P-521"),
        KeySample(kind: .ec(.secp256k1), algorithm: "EC", option: "ec_paramgen_curve:secp256k1"),
    ]
    static let octetKeyPairs = [
        ed25519, KeySample(kind: .ed448, algorithm: "ED448"), KeySample(kind: .x25519, algorithm: "X25519"),
        KeySample(kind: .x448, algorithm: "X448"),
    ]
    static let all = [rsa] + ec + octetKeyPairs
}
