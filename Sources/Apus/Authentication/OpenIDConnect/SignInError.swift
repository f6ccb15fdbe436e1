import ApusHTTP
import ApusJOSE

/// Why a sign-in has failed, for the log; none of it holds a code, a token or another secret.
enum SignInError: Error, Equatable {
    /// The browser has not begun this sign-in, or too long ago.
    case attemptUnknown
    /// The answer to this sign-in has come already.
    case attemptUsed
    case parameterRepeated(String)
    case parameterMissing(String)
    /// The answer comes from another provider than the one that was asked (RFC 9207 §2.4).
    case otherIssuer(String?)
    /// The provider says no (RFC 6749 §4.1.2.1, OpenID Connect Core 1.0 §3.1.2.6).
    case refused(code: String, description: String?)
    /// The token endpoint says no (RFC 6749 §5.2).
    case tokenRefused(String, status: Int)
    case tokenResponse(String)
    case idToken(IDTokenError)
    case userinfo(String)
    /// Nothing came from the provider that could be looked at.
    case unreachable(String)
    /// The provider's metadata is missing a thing that is needed here.
    case metadata(IssuerMetadataError)
}

extension SignInError: CustomStringConvertible {
    var description: String {
        switch self {
        case .attemptUnknown: "The state is not one of a sign-in that this browser has begun within the time for it"
        case .attemptUsed: "The state was used before"
        case .parameterRepeated(let name): "The provider's answer has the parameter '\(name)' more than once"
        case .parameterMissing(let name): "The provider's answer has no parameter '\(name)'"
        case .otherIssuer(let issuer?): "The answer comes from another issuer, '\(EchoedText(issuer))' (RFC 9207)"
        case .otherIssuer(nil): "The answer does not name its issuer, although the provider says that all do (RFC 9207)"
        case .refused(let code, let description):
            "The provider answered with the error '\(EchoedText(code))': '\(EchoedText(description ?? ""))'"
        case .tokenRefused(let code, let status):
            "The token endpoint answered \(status) with the error '\(EchoedText(code))'"
        case .tokenResponse(let reason): "The token endpoint's response is of no use: \(reason)"
        case .idToken(let error): "The ID token is refused: \(error)"
        case .userinfo(let reason): "The response of the userinfo endpoint is of no use: \(reason)"
        case .unreachable(let reason): "The provider is out of reach: \(reason)"
        case .metadata(let error): "\(error)"
        }
    }
}

extension SignInError {
    /// The answer to whoever tries to sign in: what they can do about it, and nothing that a provider or an attacker wrote.
    var problem: Problem {
        let (status, detail): (Response.Status, String) =
            switch self {
            case .attemptUnknown, .attemptUsed:
                (
                    .badRequest,
                    "This sign-in was not begun in this browser, or has ended or lasted too long. Please sign in again."
                )
            case .parameterRepeated, .parameterMissing, .otherIssuer:
                (.badRequest, "The answer of the sign-in service cannot be accepted. Please sign in again.")
            case .refused(let code, _): Self.answer(toRefusal: code)
            case .tokenRefused("invalid_grant", _):
                (.badRequest, "The sign-in has ended before it was complete. Please sign in again.")
            case .tokenRefused, .tokenResponse, .idToken, .userinfo, .metadata:
                (.badGateway, "The sign-in service has not confirmed who you are.")
            case .unreachable:
                (.serviceUnavailable, "The sign-in service cannot be reached at present. Please try again later.")
            }
        var problem = Problem(status, detail, cause: self)
        if status == .serviceUnavailable {
            try? problem.headers.set(.retryAfter, "\(RemoteKeySet.Limits().cooldown.components.seconds)")
        }
        return problem
    }

    private static func answer(toRefusal code: String) -> (Response.Status, String) {
        switch code {
        case "access_denied": (.forbidden, "The sign-in was cancelled or is not allowed.")
        case "login_required", "interaction_required", "consent_required", "account_selection_required":
            (
                .forbidden,
                "The sign-in service asks for something that it could not ask this time. Please sign in again."
            )
        case "temporarily_unavailable":
            (.serviceUnavailable, "The sign-in service is not available at present. Please try again later.")
        default: (.badGateway, "The sign-in service has refused the sign-in.")
        }
    }
}
