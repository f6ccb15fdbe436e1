import ApusHTTP
import ApusJOSE
import FoundationEssentials

extension OpenIDConnect {
    /// The access token of the user who sends `request`, for calling other services in their name; nil when there is none.
    ///
    /// It is good at the time if the provider issues refresh tokens, and may have ended otherwise. Whoever gets it can do what the user
    /// allowed: send it only to services that it is for, and never log it.
    public func accessToken(for request: Request) throws -> String? {
        guard let tokens = try tokens(of: request), tokens.subject == request.user.claims.subject else { return nil }
        return (renewals.renewal(of: tokens)?.tokens ?? tokens).accessToken
    }

    /// Signs the sender of `request` out, here and at the provider.
    ///
    /// The session ends here, whatever the provider does. The browser is sent to the provider to end the one there (OpenID Connect
    /// RP-Initiated Logout 1.0), and from there to `postLogoutRedirectURI`; to `landingPath` when the provider cannot do that, or is out
    /// of reach.
    /// - Throws: as `CookieAuthentication.signOut(_:with:)`.
    public nonisolated(nonsending) func signOut(_ request: Request) async throws -> Response {
        let tokens = try tokens(of: request)
        let location = (try? await provider.endpoints())?.endSession.map { endpoint in
            ProviderEndpoints.address(endpoint, with: logoutQuery(tokens))
        }
        var response = try await session.signOut(
            request, with: try Response.redirect(to: location ?? landingPath, .seeOther))
        try tokenJar.clear(&response, for: request.cookies)
        return response
    }

    private func logoutQuery(_ tokens: SessionTokens?) -> HTTP.Query {
        var query = HTTP.Query(["client_id": provider.clientID])
        // Longer addresses than that are cut off or refused on the way; the hint may be missing.
        if let tokens, tokens.idToken.utf8.count <= 4_096 { query = query.adding("id_token_hint", tokens.idToken) }
        if let postLogoutRedirectURI { query = query.adding("post_logout_redirect_uri", postLogoutRedirectURI) }
        return query
    }

    /// Gives the browser the session's new ticket, and the provider's new tokens if there are any.
    public func complete(_ response: Response, to request: Request) throws -> Response {
        // The handler has signed somebody in or out.
        guard !response.headers.setsCookie(named: session.jar.name), let tokens = try tokens(of: request) else {
            return response
        }
        var response = try session.complete(response, to: request)
        if let renewal = renewals.renewal(of: tokens) {
            guard try session.reissue(name(of: renewal.claims), renewal.claims, in: &response, for: request) else {
                return response
            }
            try keep(renewal.tokens, in: &response, for: request)
        } else if response.headers.setsCookie(named: session.jar.name) {
            // Sealed anew with the ticket, so that both open under the same keys.
            try keep(tokens, in: &response, for: request)
        }
        return response
    }

    /// The principal with what the provider says now, if it is time to ask.
    nonisolated(nonsending) func renewed(
        _ principal: Principal, of request: Request
    ) async throws -> AuthenticationAnswer {
        // Without its tokens a session would outlive what the provider says of it.
        guard let tokens = try tokens(of: request), tokens.subject == principal.claims.subject else {
            return .refused(AuthenticationRefusal("The session came without its tokens, or with those of another user"))
        }
        guard tokens.refreshTokenDue(at: now) != nil else { return .principal(principal) }
        switch await renewals.outcome(for: tokens, at: now, renew: { try await renew(tokens, principal.claims) }) {
        case .renewed(let renewal):
            return .principal(
                Principal(name: name(of: renewal.claims), scheme: session.name, claims: renewal.claims))
        case .ended(let error):
            return .refused(AuthenticationRefusal("The session could not be renewed. \(error)"))
        case .unreachable:
            return .principal(principal)
        }
    }

    private func renew(_ tokens: SessionTokens, _ claims: Claims) async throws -> TokenRenewal {
        let endpoints = try await provider.endpoints()
        let response = try await provider.tokens(refreshing: tokens.refreshToken ?? "", at: endpoints.token)
        // It was verified before it was sealed.
        let first = try UnverifiedToken(inspecting: tokens.idToken).claims
        var idToken = first
        if let newer = response.idToken {
            idToken = try await validation.validate(newer, after: first, accessToken: response.accessToken)
        }
        let renewed = SessionTokens(
            response, subject: tokens.subject, idToken: tokens.idToken, after: tokens, at: now)
        do {
            return TokenRenewal(
                tokens: renewed, claims: try await self.claims(idToken, response.accessToken, endpoints))
        } catch SignInError.unreachable {
            // The old refresh token may be used up: the new one counts, and further claims stay as they were.
            return TokenRenewal(tokens: renewed, claims: Self.claims(idToken, and: claims))
        }
    }

    func keep(_ tokens: SessionTokens, in response: inout Response, for request: Request) throws {
        let sealed = try tokenProtector.seal(tokens.octets, context: tokenJar.name)
        try tokenJar.write(sealed, to: &response, for: request.cookies)
    }

    private func tokens(of request: Request) throws -> SessionTokens? {
        guard case .found(let sealed) = tokenJar.read(try request.cookies) else { return nil }
        return tokenProtector.openKnown(sealed, context: tokenJar.name).flatMap(SessionTokens.init)
    }
}
