import ApusHTTP
import ApusJOSE
import FoundationEssentials

extension OpenIDConnect {
    /// The routes of the sign-in: the one where it begins, and the one to which the provider sends the browser back.
    ///
    /// The first is the `login` of the session; a link to it may say in `ReturnUrl` where to go afterwards, as a path of this server.
    public var routes: Routes {
        Routes {
            Get(loginPath) { request in try await begin(request) }.allowAnonymous()
            Get(callbackPath) { request in try await finish(request) }.allowAnonymous()
        }
    }

    /// Sends the browser to the provider (OpenID Connect Core 1.0 §3.1.2.1).
    private nonisolated(nonsending) func begin(_ request: Request) async throws -> Response {
        guard session.takes(request.connection) else { throw Problem(.forbidden, "Signing in needs https.") }
        let endpoints: ProviderEndpoints
        do {
            endpoints = try await provider.endpoints()
        } catch let error as SignInError {
            throw error.problem
        }
        let attempt = try SignInAttempt(returnURL: request.returnURL ?? landingPath, at: now)
        var response = try Response.redirect(
            to: ProviderEndpoints.address(endpoints.authorization, with: query(of: attempt)), .seeOther)
        try attempts.keep(attempt, in: &response, for: request)
        try response.headers.set(.cacheControl, "no-store")
        return response
    }

    private func query(of attempt: SignInAttempt) -> HTTP.Query {
        var query = HTTP.Query([
            "response_type": "code", "client_id": provider.clientID, "redirect_uri": redirectURI,
            "scope": (scopes.contains("openid") ? scopes : ["openid"] + scopes).joined(separator: " "),
            "state": attempt.state, "nonce": attempt.nonce, "code_challenge": attempt.verifier.challenge,
            "code_challenge_method": "S256",
        ])
        if let maximumAge { query = query.adding("max_age", "\(maximumAge.components.seconds)") }
        // A parameter that is there twice makes the request invalid (RFC 6749 §3.1).
        for (name, value) in parameters where query[name] == nil { query = query.adding(name, value) }
        return query
    }

    /// Takes the provider's answer, and signs the user in (OpenID Connect Core 1.0 §3.1.2.7).
    private nonisolated(nonsending) func finish(_ request: Request) async throws -> Response {
        do {
            let answer = try AuthorizationResponse(try request.query())
            guard let state = answer.state else { throw SignInError.attemptUnknown }
            let attempt = try await attempts.take(state, from: request, at: now)
            do {
                return try await signIn(attempt, answer, request)
            } catch let error as SignInError {
                var problem = error.problem
                try problem.headers.setCookie(try attempts.removal(of: state))
                throw problem
            }
        } catch let error as SignInError {
            throw error.problem
        }
    }

    private nonisolated(nonsending) func signIn(
        _ attempt: SignInAttempt, _ answer: AuthorizationResponse, _ request: Request
    ) async throws -> Response {
        let endpoints = try await provider.endpoints()
        let code = try answer.code(from: provider.issuer.issuer, namesIssuer: endpoints.namesIssuer)
        let tokens = try await provider.tokens(
            for: code, verifier: attempt.verifier, redirectURI: redirectURI, at: endpoints.token)
        let idToken = try await validation.validate(
            tokens.idToken, nonce: attempt.nonce, begunAt: attempt.begun, accessToken: tokens.accessToken)
        let claims = try await claims(idToken, tokens.accessToken, endpoints)
        var response = try session.signIn(
            name(of: claims), claims: claims, for: request,
            with: try Response.redirect(to: attempt.returnURL, .seeOther))
        try keep(
            SessionTokens(tokens, subject: claims.subject ?? "", idToken: tokens.idToken ?? "", at: now),
            in: &response, for: request)
        try response.setCookie(try attempts.removal(of: attempt.state))
        return response
    }

    var now: Date { session.keys.clock() }

    /// Made anew, because the settings that it depends on can be changed.
    var validation: IDTokenValidation {
        IDTokenValidation(
            issuer: provider.issuer, clientID: provider.clientID, algorithms: idTokenAlgorithms,
            trustedAudiences: trustedAudiences, maximumAge: maximumAge)
    }
}

extension OpenIDConnect {
    /// Claims about the token in place of the user, which mean nothing once it was checked.
    private static let tokenClaims: Set<ClaimName> = [
        .audience, .expires, .notBefore, .issuedAt, .identifier, "azp", "nonce", "at_hash", "c_hash", "s_hash",
    ]

    /// What is known of the user: the claims of the ID token, and those of the userinfo endpoint that it lacks.
    func claims(
        _ idToken: Claims, _ accessToken: String, _ endpoints: ProviderEndpoints
    ) async throws -> Claims {
        guard readsUserinfo, let endpoint = endpoints.userinfo else { return Self.claims(idToken, and: Claims()) }
        return Self.claims(
            idToken,
            and: try await provider.userinfo(
                at: endpoint, accessToken: accessToken, subject: idToken.subject ?? ""))
    }

    /// The claims of an ID token about its user, and of others those that it lacks.
    static func claims(_ idToken: Claims, and others: Claims) -> Claims {
        var members = JSONObject()
        for member in idToken.members.members + others.members.members
        where members[member.name] == nil && !tokenClaims.contains(ClaimName(member.name)) {
            members[member.name] = member.value
        }
        return Claims(members)
    }

    func name(of claims: Claims) -> String { claims[nameClaim]?.string ?? claims.subject ?? "" }
}
