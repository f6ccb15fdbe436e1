/// Why octets could not be sealed or opened; never a part of them or of a key.
public enum DataProtectionError: Error, Hashable, Sendable {
    /// The text was not sealed for this purpose and context under a key that is accepted still.
    ///
    /// One error for everything that can be wrong with it, so that nobody learns more by trying.
    case notOpened
    /// No key of the store is active.
    case keyMissing
    /// The store's active key is no shared secret.
    case keyNotSymmetric(kid: String)
    /// As many messages were sealed under the key as its nonces allow.
    case keyExhausted(kid: String)
    /// The cryptography library refused an operation, such as for want of memory.
    case cryptographyUnavailable(String)
}

extension DataProtectionError: CustomStringConvertible {
    /// What was expected, what was found and what to do.
    public var description: String {
        switch self {
        case .notOpened: "The text was not sealed for this purpose and context under a key that is accepted"
        case .keyMissing: "The store has no key that is active; add one, or let one begin earlier"
        case .keyNotSymmetric(let kid):
            """
            The key '\(EchoedText(kid))' is no shared secret; give the data protection a KeyStore whose keys are secrets, \
            such as one for HS256
            """
        case .keyExhausted(let kid):
            """
            2^32 messages were sealed under the key '\(EchoedText(kid))', which is as many as random nonces allow; rotate \
            the keys of the store
            """
        case .cryptographyUnavailable(let reason): "The cryptography library could not \(reason)"
        }
    }
}
