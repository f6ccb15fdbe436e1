import ApusJOSE

/// Why an ID token does not prove who has signed in.
enum IDTokenError: Error, Equatable {
    case missing
    /// What is wrong with it as a token.
    case token(TokenError)
    case otherAudiences(String)
    case authorizedPartyMissing
    case otherAuthorizedParty(String)
    case issuedEarlier
    case issuedLater
    case nonceMissing
    case otherNonce
    case authenticationTooOld
    case otherAccessToken
    case hashUnknown(String)
    case subjectMalformed
    /// After a refresh: the token is about somebody else, or another sign-in.
    case changed(String)
}

extension IDTokenError: CustomStringConvertible {
    var description: String {
        switch self {
        case .missing: "The response has none"
        case .token(let error): error.description
        case .otherAudiences(let names): "It is also for the audiences '\(EchoedText(names))', which are not trusted"
        case .authorizedPartyMissing: "It is for several audiences and does not say in 'azp' for which client"
        case .otherAuthorizedParty(let client): "It was issued to the client '\(EchoedText(client))'"
        case .issuedEarlier: "It was issued before the sign-in began"
        case .issuedLater: "It was issued later than now"
        case .nonceMissing: "It has no 'nonce', although one was sent"
        case .otherNonce: "Its 'nonce' is not that of this sign-in"
        case .authenticationTooOld: "The user proved who they are longer ago than 'max_age' allows"
        case .otherAccessToken: "Its 'at_hash' is not that of the access token that came with it"
        case .hashUnknown(let algorithm):
            "It has an 'at_hash', and for '\(EchoedText(algorithm))' its hash is not known"
        case .subjectMalformed: "Its 'sub' is empty or longer than 255 octets"
        case .changed(let claim): "Its '\(claim)' is another than that of the first ID token of this sign-in"
        }
    }
}
