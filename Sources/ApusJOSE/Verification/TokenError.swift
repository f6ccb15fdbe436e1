public import FoundationEssentials

/// Why a token is refused, one case per reason that a caller can tell apart.
///
/// Texts from the token are cut to 64 characters and escaped, so every description may stand in a header or a log.
public enum TokenError: Error, Equatable, Sendable {
    /// The token has more octets than the limit.
    case tooLarge(limit: Int)
    /// The token is not three canonical Base64url segments of strict JSON objects.
    case malformed
    /// The header names an algorithm that no acceptable key is for, such as `none`.
    case algorithmNotAllowed(String)
    /// The header demands an extension that changes how the token is read: `crit` or `b64`.
    case headerNotSupported(String)
    /// The header's type is not the required one.
    case typeNotAccepted(String)
    /// No key has the header's identifier, or it has none and several keys could be meant.
    case keyNotFound
    /// The keys of the token's issuer cannot be had at present, so nothing is known about the token.
    case keysUnavailable
    /// The signature is not the key's over these octets.
    case signatureInvalid
    /// A registered claim has the wrong type or lies out of range.
    case claimMalformed(String)
    /// A claim that must be there is not.
    case claimMissing(String)
    /// The token has no `exp`.
    case expirationMissing
    /// The token ended at this instant.
    case expired(at: Date)
    /// The token begins at this instant.
    case notYetValid(at: Date)
    /// The token comes from an issuer that is not trusted here.
    case issuerInvalid(String)
    /// The token is meant for others.
    case audienceInvalid(String)
    /// The token is an ID token, which tells a client who logged in and opens nothing.
    case idTokenNotAccepted
    /// The token is bound to a client certificate, and the client showed none.
    case certificateMissing
    /// The token is bound to another client certificate than the one that was shown.
    case certificateMismatch
    /// The token is bound to a key in a way that is not checked here.
    case confirmationNotSupported(String)
    /// The token is encrypted, and there are no keys to decrypt it with.
    case encryptionNotAccepted
    /// The token is not encrypted, and must be.
    case notEncrypted
    /// The header of the encrypted token names no decryption key, or several could be meant.
    case decryptionKeyNotFound
    /// The token was encrypted for another key, or changed; which of them is nobody's business.
    case decryptionFailed
    /// What was encrypted is not a signed token.
    case notSigned
    /// The token, its subject or its key was revoked.
    case revoked
    /// The token cannot be renewed beyond this instant.
    case lifetimeCapReached(at: Date)
}

extension TokenError: CustomStringConvertible {
    /// A short sentence that a client may see.
    public var description: String {
        switch self {
        case .tooLarge(let limit): "The token is larger than \(limit) octets"
        case .malformed: "The token is malformed"
        case .algorithmNotAllowed(let name): "The algorithm '\(EchoedText(name))' is not allowed"
        case .headerNotSupported(let name): "The header '\(EchoedText(name))' is not supported"
        case .typeNotAccepted(let type): "The type '\(EchoedText(type))' is not accepted"
        case .keyNotFound: "The signature key was not found"
        case .keysUnavailable: "The keys of the token's issuer are not available"
        case .signatureInvalid: "The signature is invalid"
        case .claimMalformed(let name): "The claim '\(EchoedText(name))' is malformed"
        case .claimMissing(let name): "The claim '\(EchoedText(name))' is missing"
        case .expirationMissing: "The token has no expiration"
        case .expired(let date): "The token expired at '\(UTCTimestamp.text(date))'"
        case .notYetValid(let date): "The token is not valid before '\(UTCTimestamp.text(date))'"
        case .issuerInvalid(let issuer): "The issuer '\(EchoedText(issuer))' is invalid"
        case .audienceInvalid(let audience): "The audience '\(EchoedText(audience))' is invalid"
        case .idTokenNotAccepted: "The token is an ID token"
        case .certificateMissing: "The token is bound to a certificate"
        case .certificateMismatch: "The token is bound to another certificate"
        case .confirmationNotSupported(let name): "The confirmation '\(EchoedText(name))' is not supported"
        case .encryptionNotAccepted: "The token is encrypted"
        case .notEncrypted: "The token is not encrypted"
        case .decryptionKeyNotFound: "The decryption key was not found"
        case .decryptionFailed: "The token could not be decrypted"
        case .notSigned: "The token is not signed"
        case .revoked: "The token was revoked"
        case .lifetimeCapReached(let date): "The token cannot be renewed beyond '\(UTCTimestamp.text(date))'"
        }
    }

    /// An identifier of the reason that stays the same, for programs, logs and metrics.
    public var code: String {
        switch self {
        case .tooLarge: "token_too_large"
        case .malformed: "token_malformed"
        case .algorithmNotAllowed: "alg_not_allowed"
        case .headerNotSupported: "header_not_supported"
        case .typeNotAccepted: "type_not_accepted"
        case .keyNotFound: "key_not_found"
        case .keysUnavailable: "keys_unavailable"
        case .signatureInvalid: "signature_invalid"
        case .claimMalformed: "malformed_claim"
        case .claimMissing: "claim_missing"
        case .expirationMissing: "expiration_missing"
        case .expired: "token_expired"
        case .notYetValid: "token_not_yet_valid"
        case .issuerInvalid: "issuer_invalid"
        case .audienceInvalid: "audience_invalid"
        case .idTokenNotAccepted: "id_token_not_accepted"
        case .certificateMissing: "certificate_missing"
        case .certificateMismatch: "certificate_mismatch"
        case .confirmationNotSupported: "confirmation_not_supported"
        case .encryptionNotAccepted: "encryption_not_accepted"
        case .notEncrypted: "token_not_encrypted"
        case .decryptionKeyNotFound: "decryption_key_not_found"
        case .decryptionFailed: "decryption_failed"
        case .notSigned: "token_not_signed"
        case .revoked: "token_revoked"
        case .lifetimeCapReached: "lifetime_cap_reached"
        }
    }
}
