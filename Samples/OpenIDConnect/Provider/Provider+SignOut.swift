import Apus

extension Provider {
    /// Signs the user out here, and sends the browser back to a client that asks for it (OpenID Connect RP-Initiated Logout 1.0).
    nonisolated(nonsending) func logOut(_ request: Request) async throws -> Response {
        let query = try await Self.parameters(request)
        guard isHint(query["id_token_hint"], for: query["client_id"]) else {
            // Nothing shows that a client asks: the user does, or somebody else's page.
            return Page.html(
                "Sign out?", #"<form method="post" action="/logout/confirmed"><button>Sign out</button></form>"#)
        }
        let client = await grants.client(query["client_id"])
        guard let target = query["post_logout_redirect_uri"], target == client?.postLogoutRedirectURI else {
            return try await session.signOut(request, with: Page.signedOutHere)
        }
        let state = query["state"].map { "?" + HTTP.Query(["state": $0]).encoded } ?? ""
        return try await session.signOut(request, with: try Response.redirect(to: target + state, .seeOther))
    }

    /// Whether this provider has issued the ID token to the client; that it has ended since does not matter.
    private func isHint(_ token: String?, for client: String?) -> Bool {
        guard let token, let client else { return false }
        var parameters = idTokens.audience(client).validationParameters
        parameters.acceptsIDTokens = true
        parameters.clockSkew = .seconds(86_400)
        return (try? parameters.verify(token)) != nil
    }
}
