/// Why a key was refused or a key store could not change; never a part of the key.
public enum KeyError: Error, Hashable, Sendable {
    /// The text is not an even number of hexadecimal digits.
    case hexadecimalMalformed
    /// The text is not Base64 with the URL-safe alphabet and without padding.
    case base64URLMalformed
    /// The secret has fewer octets than its algorithm's hash.
    case secretTooShort(octets: Int, minimum: Int, algorithm: SignatureAlgorithm)
    /// The secret looks like a certificate, a public or private key, or a JWK: something that others may know.
    case secretIsNoSecret
    /// The identifier is empty or has more than 256 octets.
    case kidLengthInvalid(octets: Int)
    /// A key of a store needs an identifier, and this one has none.
    case kidMissing
    /// Another key in the store has this identifier.
    case kidTaken(String)
    /// No key in the store has this identifier.
    case kidUnknown(String)
    /// The key signs, so it cannot be removed before another one does.
    case signingKeyNotRemovable(String)
    /// The key only verifies.
    case signingImpossible(String)
    /// OpenSSL could not make the key.
    case cryptographyUnavailable(String)
}

extension KeyError: CustomStringConvertible {
    /// What was expected, what was found and what to do.
    public var description: String {
        switch self {
        case .hexadecimalMalformed:
            """
            The key is not hexadecimal: expected an even number of digits 0–9, a–f and nothing else, no prefix and no \
            spaces
            """
        case .base64URLMalformed:
            """
            The key is not Base64url: expected A–Z, a–z, 0–9, '-' and '_' without padding (RFC 4648 §5)
            """
        case .secretTooShort(let octets, let minimum, let algorithm):
            """
            The key has \(octets) octets, but \(algorithm.rawValue) needs at least \(minimum): a key shorter than the \
            hash is easier to guess than the signature is to forge (RFC 7518 §3.2). Use a longer random key
            """
        case .secretIsNoSecret:
            """
            The key looks like a certificate, a public or private key file, or a JWK. As an HMAC key it would let \
            everyone who knows that file sign tokens. Use random octets that only this server and its partners know
            """
        case .kidLengthInvalid(let octets):
            "The key identifier has \(octets) octets; expected 1 to 256"
        case .kidMissing:
            "The key has no identifier; give it the one that its issuer writes into tokens"
        case .kidTaken(let kid):
            "The store already has a key '\(EchoedText(kid))'; give each key an identifier of its own"
        case .kidUnknown(let kid):
            "The store has no key '\(EchoedText(kid))'; add it first"
        case .signingKeyNotRemovable(let kid):
            "The key '\(EchoedText(kid))' signs; let another key sign with use(kid:) before removing it"
        case .signingImpossible(let kid):
            "The key '\(EchoedText(kid))' only verifies; add a key with a private part or a secret to sign with"
        case .cryptographyUnavailable(let operation):
            "The key could not be made: \(operation)"
        }
    }
}
