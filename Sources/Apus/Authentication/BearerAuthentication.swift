import ApusHTTP
public import ApusJOSE

/// The Bearer scheme (RFC 6750): a signed token in the Authorization field.
///
/// A token that is bound to a client certificate (RFC 8705 §3) counts only on connections that show this certificate, so
/// that one which was stolen is of no use. Whether the certificate is trusted does not matter: its key was proven.
public struct BearerAuthentication: AuthenticationScheme {
    /// Names the scheme in logs and in the principal.
    public let name: String

    /// What the tokens are for; left out of the challenge when nil.
    public let realm: String?

    private let parameters: ValidationParameters
    private let nameClaim: ClaimName

    /// - Parameters:
    ///   - parameters: what a token must satisfy, as a rule `JWTBuilder.validationParameters`.
    ///   - realm: named in challenges.
    ///   - nameClaim: the claim that names the principal; when a token lacks it, its subject does.
    public init(
        _ name: String, validating parameters: ValidationParameters, realm: String? = nil, nameClaim: ClaimName = .name
    ) {
        self.name = name
        self.realm = realm
        self.parameters = parameters
        self.nameClaim = nameClaim
    }

    /// Verifies the request's token.
    ///
    /// - Throws: `Problem` 503 when the keys of the token's issuer cannot be had, so that nothing can be said about the token.
    public nonisolated(nonsending) func authenticate(_ request: Request) async throws -> AuthenticationAnswer {
        switch verify(request) {
        case .answer(let answer): return answer
        case .newerKeysNeeded(let token, let error):
            return try await verifyAnew(
                token, presentedWith: request.connection.peerCertificateThumbprint, after: error)
        }
    }

    /// Verifies the request's token under the keys that are known.
    ///
    /// - Returns: nil when newer keys may let the token through.
    public func authenticateImmediately(_ request: Request) -> AuthenticationAnswer? {
        if case .answer(let answer) = verify(request) { answer } else { nil }
    }

    private enum Verification {
        case answer(AuthenticationAnswer)
        case newerKeysNeeded(ArraySlice<UInt8>, after: TokenError)
    }

    private func verify(_ request: Request) -> Verification {
        let head = request.head
        switch AuthorizationCredentials.search("Bearer", in: head) {
        case .none:
            return .answer(.noCredentials)
        case .repeated:
            return .answer(.refused(.invalidRequest("The Authorization field is repeated")))
        case .found(let credentials):
            // RFC 6750 §2: a client must not use more than one method to send its token.
            if let query = head.query,
                query.split(separator: "&").contains(where: { $0.hasPrefix("access_token=") })
            {
                return .answer(.refused(.invalidRequest("The token is in more than one place")))
            }
            do throws(TokenError) {
                return .answer(
                    answer(
                        try parameters.verify(
                            credentials.value, presentedWith: request.connection.peerCertificateThumbprint)))
            } catch {
                if error.mayEndWithNewerKeys { return .newerKeysNeeded(credentials.value, after: error) }
                return .answer(.refused(AuthenticationRefusal(invalidToken: error)))
            }
        }
    }

    /// Waits while the source of the keys looks for newer ones, if those that are known were the reason.
    private nonisolated(nonsending) func verifyAnew(
        _ octets: ArraySlice<UInt8>, presentedWith certificate: CertificateThumbprint?, after error: TokenError
    ) async throws -> AuthenticationAnswer {
        do throws(TokenError) {
            return answer(try await parameters.verifyAnew(octets, presentedWith: certificate, after: error))
        } catch .keysUnavailable {
            throw try Self.unavailable()
        } catch {
            return .refused(AuthenticationRefusal(invalidToken: error))
        }
    }

    /// The token may be good: its bearer is not told to get another, but to come again (RFC 9110 §15.6.4).
    private static func unavailable() throws -> Problem {
        let error = TokenError.keysUnavailable
        var problem = Problem(.serviceUnavailable, "\(error); try again later.", cause: error)
        try problem.headers.set(.retryAfter, "\(RemoteKeySet.Limits().cooldown.components.seconds)")
        problem.diagnosis = Problem.Diagnosis(
            symptom: "503 for a request with a token", cause: error.cause, fix: error.remedy)
        return problem
    }

    private func answer(_ token: VerifiedToken) -> AuthenticationAnswer {
        let name = token.claims.string(nameClaim) ?? token.claims.subject ?? ""
        return .principal(Principal(name: name, scheme: self.name, token: token))
    }

    /// Those among the keys and the revocations.
    public var keyStores: [KeyStore] {
        parameters.keys.keyStores + [parameters.revocations as? KeyStore].compactMap(\.self)
    }

    /// RFC 6750 §3.1: no error code for a request that had no credentials.
    public func challenge(after refusal: AuthenticationRefusal?) -> Challenge? {
        Challenge(
            "Bearer",
            ["realm": realm, "error": refusal?.code, "error_description": refusal?.publicReason])
    }

    /// RFC 6750 §3.1: the scope that would have helped is named.
    public func challenge(lacking policy: Policy) -> Challenge? {
        Challenge("Bearer", ["realm": realm, "error": "insufficient_scope", "scope": policy.scope])
    }
}

extension AuthenticationRefusal {
    fileprivate init(invalidToken error: TokenError) {
        self.init(
            error.description, code: "invalid_token", publicReason: error.description,
            diagnosis: Problem.Diagnosis(
                symptom: "401 with error=\"invalid_token\": \(error)", cause: error.cause, fix: error.remedy))
    }

    fileprivate static func invalidRequest(_ reason: String) -> AuthenticationRefusal {
        AuthenticationRefusal(
            reason, status: .badRequest, code: "invalid_request", publicReason: reason,
            diagnosis: Problem.Diagnosis(
                symptom: "400 with error=\"invalid_request\"", cause: "\(reason), so it is not clear which one counts.",
                fix: "Send the token once, as Authorization: Bearer and the token."))
    }
}
