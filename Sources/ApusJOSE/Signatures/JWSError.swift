/// Why a message is not signed, or not believed; never a part of a key.
public enum JWSError: Error, Hashable, Sendable {
    /// The message has more octets than the limit.
    case tooLarge(limit: Int)
    /// The message has more signatures than the limit.
    case tooManySignatures(limit: Int)
    /// The message is not of the form of RFC 7515 §7, or its Base64url or JSON is not strict.
    case malformed
    /// A name stands in the protected and in the unprotected header.
    case headerRepeated(String)
    /// A parameter must be signed and is not: `alg`, `crit` or `b64`.
    case headerNotProtected(String)
    /// The header demands an extension that is not understood, or demands it in a way that RFC 7515 §4.1.11 forbids.
    case headerNotSupported(String)
    /// The header names an algorithm that no acceptable key is for, such as `none`.
    case algorithmNotAllowed(String)
    /// No key has the header's identifier, or it has none and several keys could be meant.
    case keyNotFound
    /// The signature is not the key's over these octets.
    case signatureInvalid
    /// The message comes without its payload, and none was given.
    case payloadMissing
    /// The message has a payload of its own, and another was given.
    case payloadNotDetached
    /// The payload cannot stand unencoded where it should: it is no UTF-8, or has a dot in the compact serialisation.
    case payloadNotText
    /// The header parameter follows from the key and the way of signing, so it cannot be set.
    case headerNotAllowed(String)
    /// There is no key to sign with.
    case signerMissing
    /// OpenSSL could not sign.
    case cryptographyUnavailable(String)
}

extension JWSError: CustomStringConvertible {
    /// What was expected, what was found and what to do; safe to show to a peer.
    public var description: String {
        switch self {
        case .tooLarge(let limit): "The message is larger than \(limit) octets"
        case .tooManySignatures(let limit): "The message has more than \(limit) signatures"
        case .malformed: "The message is malformed: expected a JWS in compact or JSON serialisation (RFC 7515 §7)"
        case .headerRepeated(let name):
            "The header '\(EchoedText(name))' is both protected and unprotected; expected it once"
        case .headerNotProtected(let name):
            "The header '\(EchoedText(name))' is not signed; expected it in the protected header"
        case .headerNotSupported(let name):
            "The header '\(EchoedText(name))' is not supported, or 'crit' lists it against the rules"
        case .algorithmNotAllowed(let name): "The algorithm '\(EchoedText(name))' is not allowed"
        case .keyNotFound: "The signature key was not found"
        case .signatureInvalid: "The signature is invalid"
        case .payloadMissing: "The message comes without its payload; give the detached payload"
        case .payloadNotDetached: "The message has a payload of its own; give no detached payload"
        case .payloadNotText:
            """
            The payload cannot stand unencoded: expected UTF-8, and no '.' in the compact serialisation \
            (RFC 7797 §5.2). Encode it, or detach it
            """
        case .headerNotAllowed(let name):
            "The header '\(EchoedText(name))' cannot be set: it follows from the key and the way of signing"
        case .signerMissing: "There is no key to sign with; give at least one signer"
        case .cryptographyUnavailable(let operation): "The message could not be signed: \(operation)"
        }
    }
}
