public import ApusJOSE

/// Which of a remote issuer's tokens count as access tokens.
public enum AccessTokenProfile: Sendable {
    /// Those that say so, as `ValidationParameters.accessTokens` demands: `typ` is `at+jwt`, and there are the claims of RFC 9068 §2.2,
    /// `iss`, `exp`, `aud`, `sub`, `client_id`, `iat` and `jti`.
    case rfc9068
    /// For issuers that do not follow RFC 9068: any claims besides `iss`, `aud` and `exp`, and also those whose `typ` is `JWT` or missing,
    /// unless they show that they are ID tokens.
    case anyType
}

extension BearerAuthentication {
    /// Verifies access tokens of another issuer, which is known by its URL alone.
    ///
    /// - Parameters:
    ///   - issuer: who issues them.
    ///   - audience: the name of this service, which must stand in `aud`. Give each service its own, not that of a client: ID tokens are
    ///     issued to clients.
    ///   - accessTokens: which tokens count.
    ///   - algorithms: those to accept; all for which there are public keys unless given. HMAC is never accepted: a secret cannot be
    ///     published.
    ///   - revocations: which of the issuer's tokens, subjects and keys are refused here; none unless given.
    ///   - realm: named in challenges.
    ///   - nameClaim: the claim that names the principal; when a token lacks it, its subject does.
    public init(
        _ name: String, issuer: RemoteIssuer, audience: String, accessTokens: AccessTokenProfile = .rfc9068,
        algorithms: [SignatureAlgorithm] = SignatureAlgorithm.allCases, revocations: (any RevocationSource)? = nil,
        realm: String? = nil, nameClaim: ClaimName = .name
    ) {
        var parameters =
            switch accessTokens {
            case .rfc9068:
                ValidationParameters.accessTokens(
                    keys: issuer, issuers: [issuer.issuer], audiences: [audience], clock: issuer.clock)
            case .anyType:
                ValidationParameters(
                    keys: issuer, issuers: [issuer.issuer], audiences: [audience], clock: issuer.clock)
            }
        parameters.algorithms = algorithms.filter(\.isAsymmetric)
        parameters.revocations = revocations
        self.init(name, validating: parameters, realm: realm, nameClaim: nameClaim)
    }

    /// Verifies access tokens of the issuer with this URL; otherwise as `init(_:issuer:audience:…)` with a `RemoteIssuer` does.
    ///
    /// - Throws: `StartError` for text that cannot be an issuer's URL.
    public init(
        _ name: String, issuer: String, audience: String, accessTokens: AccessTokenProfile = .rfc9068,
        algorithms: [SignatureAlgorithm] = SignatureAlgorithm.allCases, revocations: (any RevocationSource)? = nil,
        realm: String? = nil, nameClaim: ClaimName = .name, allowInsecureHTTP: Bool = false
    ) throws(StartError) {
        self.init(
            name, issuer: try RemoteIssuer(issuer, allowInsecureHTTP: allowInsecureHTTP), audience: audience,
            accessTokens: accessTokens, algorithms: algorithms, revocations: revocations, realm: realm,
            nameClaim: nameClaim)
    }
}
