extension TokenError {
    /// What most often leads to this error, for the developer who reads the log.
    public var cause: String {
        switch self {
        case .tooLarge:
            "The token carries too many or too long claims, or it is not a token at all."
        case .malformed:
            """
            The text is not a signed JWT: it was cut off, quoted or re-encoded on its way, it is an encrypted or opaque \
            token, or its JSON has duplicate names, a byte order mark or too much depth.
            """
        case .algorithmNotAllowed:
            """
            The token says that it is signed with another algorithm than this server's keys are for, or that it is not \
            signed at all.
            """
        case .headerNotSupported:
            "The token's issuer uses an extension of JWS that changes how the token must be read."
        case .typeNotAccepted:
            "The token is of another kind than this endpoint takes, such as an ID token in place of an access token."
        case .keyNotFound:
            """
            The token was signed with a key that this server does not hold, or no longer; or it names no key while the \
            server holds several.
            """
        case .signatureInvalid:
            "The token was signed with another key or algorithm than this server's, or it was changed after signing."
        case .claimMalformed:
            "The issuer wrote the claim with another type than RFC 7519 gives it, or an instant out of range."
        case .claimMissing:
            "The issuer left out a claim that this server requires."
        case .expirationMissing:
            "The issuer gave the token no exp claim, so it would be valid for ever."
        case .expired:
            "The token is older than its lifetime, or the clocks of issuer and server differ by more than the skew."
        case .notYetValid:
            "The token is for later use, or the clocks of issuer and server differ by more than the skew."
        case .issuerInvalid:
            "The token comes from another issuer than those this server is set to trust."
        case .audienceInvalid:
            "The token was issued for another service than this one."
        case .revoked:
            "The token, all of its subject's older tokens, or the key that signed it was revoked in the key store."
        case .lifetimeCapReached:
            "The token was renewed for as long as the builder's maximumTotalLifetime allows."
        }
    }

    /// What to do about it, for the developer who reads the log.
    public var remedy: String {
        switch self {
        case .tooLarge:
            "Put fewer claims into the token, or raise maximumTokenBytes."
        case .malformed:
            """
            Send the token exactly as the token endpoint returned it, with nothing but 'Bearer ' before it; look into it \
            with UnverifiedToken.
            """
        case .algorithmNotAllowed:
            "Sign with the algorithm of this server's key, or add a key for the algorithm that the issuer uses."
        case .headerNotSupported:
            "Let the issuer leave the extension out."
        case .typeNotAccepted:
            "Send a token of the required type, or change requiredType."
        case .keyNotFound:
            """
            Give issuer and server the same key and identifier; after a change of keys keep the old one in the store \
            until its tokens have expired.
            """
        case .signatureInvalid:
            "Compare the key and its form (hexadecimal, Base64url, passphrase) at the issuer with this server's."
        case .claimMalformed:
            "Let the issuer write instants as numbers of seconds since 1970, and names and identifiers as strings."
        case .claimMissing:
            "Add the claim where the token is built, or take it out of what this server requires."
        case .expirationMissing:
            "Let the issuer set exp; if such tokens must be accepted, set requiresExpiration to false."
        case .expired:
            "Re-issue the token at your token endpoint or renew it before it expires; check both clocks."
        case .notYetValid:
            "Wait until then or set notBefore to an earlier instant; check both clocks."
        case .issuerInvalid:
            "Use a token of a trusted issuer, or add this one to the issuers of the validation parameters."
        case .audienceInvalid:
            "Ask for a token for this service, or add the audience to those of the validation parameters."
        case .revoked:
            "Let the user log in again; a revocation ends by itself at the instant that was given with it."
        case .lifetimeCapReached:
            "Let the user log in again for a new token."
        }
    }
}
