/// Why a message was not encrypted or not decrypted, one case per reason that a caller can tell apart.
///
/// Texts from the message are cut to 64 characters and escaped, so every description may stand in a header or a log.
public enum JWEError: Error, Hashable, Sendable {
    /// The message has more octets than the limit.
    case tooLarge(limit: Int)
    /// The message is not what RFC 7516 §7 describes, such as Base64url, JSON, or lengths that are not canonical.
    case malformed
    /// The header names an `alg` or an `enc` that no acceptable key is for, or names it where nothing protects it.
    case algorithmNotAllowed(String)
    /// The header demands what is not understood or not done here: `crit` or `zip`.
    case headerNotSupported(String)
    /// A parameter of the algorithm is missing, malformed or out of bounds, such as `epk` or `p2c`.
    case headerParameterInvalid(String)
    /// No key has the header's identifier, or it has none and several keys could be meant.
    case keyNotFound
    /// The key is not the right one, or the message has been changed; which of them is nobody's business.
    case decryptionFailed
    /// The header to write contains a parameter that the key decides about, or one name twice.
    case headerReserved(String)
    /// A message needs at least one recipient and one content encryption; several cannot have `dir` or `ECDH-ES`.
    case recipientsNotCompatible
    /// The key has encrypted 2^32 messages and must be replaced by a new one.
    case messageLimitReached
    /// OpenSSL could not do what it always can.
    case cryptographyUnavailable(String)
}

extension JWEError: CustomStringConvertible {
    /// A short sentence that a client may see.
    public var description: String {
        switch self {
        case .tooLarge(let limit): "The message is larger than \(limit) octets"
        case .malformed: "The message is malformed"
        case .algorithmNotAllowed(let name): "The algorithm '\(EchoedText(name))' is not allowed"
        case .headerNotSupported(let name): "The header '\(EchoedText(name))' is not supported"
        case .headerParameterInvalid(let name): "The header '\(EchoedText(name))' is invalid"
        case .keyNotFound: "The decryption key was not found"
        case .decryptionFailed: "The message could not be decrypted"
        case .headerReserved(let name): "The header '\(EchoedText(name))' is set by the key or set twice"
        case .recipientsNotCompatible: "The recipients cannot share one message"
        case .messageLimitReached: "The key has encrypted as many messages as it may"
        case .cryptographyUnavailable: "The message could not be processed"
        }
    }

    /// An identifier of the reason that stays the same, for programs, logs and metrics.
    public var code: String {
        switch self {
        case .tooLarge: "token_too_large"
        case .malformed: "token_malformed"
        case .algorithmNotAllowed: "alg_not_allowed"
        case .headerNotSupported: "header_not_supported"
        case .headerParameterInvalid: "header_invalid"
        case .keyNotFound: "key_not_found"
        case .decryptionFailed: "decryption_failed"
        case .headerReserved: "header_reserved"
        case .recipientsNotCompatible: "recipients_not_compatible"
        case .messageLimitReached: "message_limit_reached"
        case .cryptographyUnavailable: "cryptography_unavailable"
        }
    }
}
