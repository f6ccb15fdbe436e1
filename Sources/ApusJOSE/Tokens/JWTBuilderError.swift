public import FoundationEssentials

/// Why a token could not be built: a mistake in the builder's steps, or no randomness or memory.
public enum JWTBuilderError: Error, Hashable, Sendable {
    /// The header parameter is set from the key or would change how the token is read.
    case headerNotAllowed(String)
    /// The header parameter `typ` or `cty` has a value that is no string.
    case headerWronglyTyped(String)
    /// The registered claim has a value that RFC 7519 §4.1 does not allow.
    case claimWronglyTyped(String)
    /// The claim's value cannot be encoded as JSON.
    case claimNotEncodable(String)
    /// The claim follows from the builder's clock, lifetime and not-before.
    case claimComputed(String)
    /// The lifetime or the maximum total lifetime is zero or negative.
    case lifetimeNotPositive
    /// The token's not-before lies so far back that its lifetime is over at the moment of building.
    case alreadyExpired(at: Date)
    /// An instant lies beyond ±2^53 seconds from 1970.
    case dateOutOfRange
    /// No key of the store signs at this moment.
    case signingKeyMissing
    /// The signed token could not be encrypted.
    case encryptionFailed(JWEError)
    /// OpenSSL could not sign or draw random octets.
    case cryptographyUnavailable(String)
}

extension JWTBuilderError: CustomStringConvertible {
    /// What was expected, what was found and what to do.
    public var description: String {
        switch self {
        case .headerNotAllowed(let name):
            "The header '\(EchoedText(name))' cannot be set: it follows from the key, or changes how the token is read"
        case .headerWronglyTyped(let name):
            "The header '\(EchoedText(name))' must be a string (RFC 7515 §4.1)"
        case .claimWronglyTyped(let name):
            """
            The claim '\(EchoedText(name))' has a value of the wrong type: iss, sub and jti are strings, aud is a string \
            or an array of strings that is not empty (RFC 7519 §4.1)
            """
        case .claimNotEncodable(let name):
            "The claim '\(EchoedText(name))' has a value that cannot be written as JSON, such as NaN"
        case .claimComputed(let name):
            "The claim '\(EchoedText(name))' is computed; use lifetime(_:) and notBefore(_:) instead"
        case .lifetimeNotPositive:
            "The lifetime of a token must be longer than zero"
        case .alreadyExpired(let end):
            """
            The token would have ended at \(UTCTimestamp.text(end)) already: its lifetime is counted from notBefore(_:); give it a \
            later one or a longer lifetime
            """
        case .dateOutOfRange:
            "The token would begin or end more than 2^53 seconds from 1970; check the clock, notBefore and lifetime"
        case .signingKeyMissing:
            "The key store has no key that signs at this moment; add one with a private part, and check the clock"
        case .encryptionFailed(let error):
            "The token could not be encrypted: \(error)"
        case .cryptographyUnavailable(let operation):
            "The token could not be signed: \(operation)"
        }
    }
}
