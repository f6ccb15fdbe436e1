/// Why a key cannot encrypt or decrypt messages; never a part of the key.
public enum EncryptionKeyError: Error, Hashable, Sendable {
    /// The algorithm is for keys of another kind.
    case algorithmNotFitting(KeyManagementAlgorithm, kind: String)
    /// No algorithm encrypts with keys of this kind.
    case kindNotSupported(kind: String)
    /// The secret does not have the length that its algorithm needs.
    case secretLengthInvalid(octets: Int, expected: [Int])
    /// The secret looks like a certificate, a public or private key, or a JWK: something that others may know.
    case secretIsNoSecret
    /// The password has no octets.
    case passwordEmpty
    /// The number of iterations for a password lies outside 1 to 10,000,000.
    case iterationsInvalid(Int)
    /// The key decrypts, so it needs its private part.
    case privatePartMissing(kind: String)
    /// The key allows no encryption of content.
    case encryptionsMissing
    /// The identifier is empty or has more than 256 octets.
    case kidLengthInvalid(octets: Int)
}

extension EncryptionKeyError: CustomStringConvertible {
    /// What was expected, what was found and what to do.
    public var description: String {
        switch self {
        case .algorithmNotFitting(let algorithm, let kind):
            "\(algorithm.rawValue) does not work with \(kind); choose an algorithm for that kind of key, or none"
        case .kindNotSupported(let kind):
            """
            \(kind) cannot encrypt: expected a shared secret, an RSA key, or a key on P-256, P-384, P-521, X25519 or \
            X448
            """
        case .secretLengthInvalid(let octets, let expected):
            """
            The secret has \(octets) octets; expected \(expected.map(String.init).joined(separator: " or ")), because \
            the algorithm takes no other length
            """
        case .secretIsNoSecret:
            """
            The secret looks like a certificate, a public or private key file, or a JWK, which others may know. Use \
            random octets that only this server and its partners know
            """
        case .passwordEmpty:
            "The password is empty; use a long one that is hard to guess"
        case .iterationsInvalid(let count):
            "The number of iterations is \(count); expected 1 to 10,000,000"
        case .privatePartMissing(let kind):
            "The key (\(kind)) has no private part, without which nothing can be decrypted; load the private key"
        case .encryptionsMissing:
            "The key allows no content encryption; name at least one that fits it"
        case .kidLengthInvalid(let octets):
            "The key identifier has \(octets) octets; expected 1 to 256"
        }
    }
}
