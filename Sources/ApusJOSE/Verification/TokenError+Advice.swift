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
        case .keysUnavailable:
            "The issuer's server could not be reached, or its answer could not be used; the log has the reason."
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
        case .idTokenNotAccepted:
            "The client sent the ID token of its login (it has nonce or at_hash) in place of the access token."
        case .certificateMissing:
            "The token was issued to the holder of a client certificate (cnf), and this connection showed none."
        case .certificateMismatch:
            "The token was issued to the holder of another client certificate than this connection showed."
        case .confirmationNotSupported:
            "The token's cnf binds it to a key, such as DPoP's, of which this server asks no proof."
        case .encryptionNotAccepted:
            "The token was encrypted after it was signed, and this server has no key to decrypt tokens with."
        case .decryptionKeyNotFound:
            "The token was encrypted under a key that this server does not hold; or it names none while there are several."
        case .notEncrypted:
            "The issuer signed the token without encrypting it."
        case .decryptionFailed:
            "The token was encrypted for another key than this server's, or it was changed on its way."
        case .notSigned:
            "The issuer encrypted claims without signing them, which proves nothing, or left out the header cty JWT."
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
        case .keysUnavailable:
            "Try again later with the same token; look into the log, and whether this server reaches the issuer's."
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
        case .idTokenNotAccepted:
            "Send the access token; if this endpoint is meant for ID tokens, set acceptsIDTokens."
        case .certificateMissing:
            "Connect with TLS and the client certificate that the token was issued for."
        case .certificateMismatch:
            "Use the client certificate that the token was issued for, or ask for a token for this one."
        case .confirmationNotSupported:
            "Ask for a token without cnf, or set allowsUncheckedConfirmation if something else checks the proof."
        case .encryptionNotAccepted:
            "Add the private key or the shared secret to decryptionKeys, or let the issuer send tokens unencrypted."
        case .decryptionKeyNotFound:
            "Add the key to decryptionKeys, under the kid that the issuer writes."
        case .notEncrypted:
            "Encrypt where the token is built, with JWTBuilder.encrypted(to:), or set requiresEncryption to false."
        case .decryptionFailed:
            "Give the issuer this server's public key, or both the same secret."
        case .notSigned:
            "Sign first and encrypt then (RFC 7519 §11.2), with cty JWT in the outer header."
        case .revoked:
            "Let the user log in again; a revocation ends by itself at the instant that was given with it."
        case .lifetimeCapReached:
            "Let the user log in again for a new token."
        }
    }
}
