import Apus
import Foundation

extension Provider {
    /// Sends the browser back with a code when its user has signed in here before, and asks for a password otherwise.
    nonisolated(nonsending) func authorize(_ request: Request) async throws -> Response {
        try await answering(try await Self.parameters(request)) { asked in
            if case .principal(let user) = try await session.authenticate(request), isRecentEnough(user, for: asked) {
                return try await code(for: asked, user: user.name, authenticated: authenticationTime(of: user))
            }
            guard !asked.prompts.contains("none") else { throw refusal("login_required", asked) }
            return loginPage(asked)
        }
    }

    /// Takes the login form, whose address has what the client asks for, so that is checked once more.
    nonisolated(nonsending) func logIn(_ request: Request) async throws -> Response {
        try await answering(try request.query()) { asked in
            let form = try await request.form()
            if form["cancel"] != nil { throw refusal("access_denied", asked) }
            guard form["username"] == "admin", form["password"] == "password" else {
                return loginPage(asked, error: "The user name or the password is wrong.", status: .unprocessableContent)
            }
            let now = Date.now
            let answer = try await code(for: asked, user: "admin", authenticated: now)
            let seconds = JSONValue(integerLiteral: Int(now.timeIntervalSince1970))
            return try session.signIn(
                "admin", claims: Claims(["auth_time": seconds]), for: request, with: answer)
        }
    }

    /// Reads what a client asks for, and tells it about errors.
    private nonisolated(nonsending) func answering(
        _ parameters: HTTP.Query, _ answer: nonisolated(nonsending) (AuthorizationRequest) async throws -> Response
    ) async throws -> Response {
        do {
            return try await answer(try await AuthorizationRequest(parameters, from: grants))
        } catch let refusal as AuthorizationRequest.Refusal {
            return try back(to: refusal.client, HTTP.Query(["error": refusal.code]), state: refusal.state)
        }
    }

    private nonisolated(nonsending) func code(
        for asked: AuthorizationRequest, user: String, authenticated: Date
    ) async throws -> Response {
        let grant = Grant(
            id: try Grants.random(), clientID: asked.client.id, redirectURI: asked.client.redirectURI,
            challenge: asked.challenge, nonce: asked.nonce, scopes: asked.scopes, user: user,
            authenticated: authenticated)
        return try back(
            to: asked.client, HTTP.Query(["code": try await grants.issue(.code, for: grant)]), state: asked.state)
    }

    /// RFC 9207: every answer says who gives it.
    private func back(to client: Client, _ query: HTTP.Query, state: String?) throws -> Response {
        var query = query.adding("iss", issuer)
        if let state { query = query.adding("state", state) }
        return try Response.redirect(to: "\(client.redirectURI)?\(query)", .seeOther).header(.cacheControl, "no-store")
            .header("Referrer-Policy", "no-referrer")
    }

    private func refusal(_ code: String, _ asked: AuthorizationRequest) -> AuthorizationRequest.Refusal {
        AuthorizationRequest.Refusal(code: code, client: asked.client, state: asked.state)
    }

    private func isRecentEnough(_ user: Principal, for asked: AuthorizationRequest) -> Bool {
        guard !asked.prompts.contains("login") else { return false }
        guard let age = asked.maximumAge else { return true }
        return Date.now.timeIntervalSince(authenticationTime(of: user)) <= Double(age)
    }

    private func authenticationTime(of user: Principal) -> Date {
        Date(timeIntervalSince1970: user.claims["auth_time"]?.double ?? 0)
    }

    private func loginPage(
        _ asked: AuthorizationRequest, error: String? = nil, status: Response.Status = .ok
    ) -> Response {
        let action = Page.escaped("/login?\(asked.parameters)")
        return Page.html(
            "Sign in",
            """
            <p>to go on to <strong>\(Page.escaped(asked.client.id))</strong></p>
            \(error.map { #"<p class="error" role="alert">\#($0)</p>"# } ?? "")
            <form method="post" action="\(action)">
              <label for="username">User name</label>
              <input id="username" name="username" autocomplete="username" autocapitalize="none" required autofocus>
              <label for="password">Password</label>
              <input id="password" name="password" type="password" autocomplete="current-password" required>
              <button>Sign in</button>
            </form>
            <form method="post" action="\(action)"><p><button class="plain" name="cancel" value="1">Cancel</button></p></form>
            """,
            // The form is answered with a redirect to the client, which counts as a place that it leads to.
            status: status, formsLeadTo: origin(of: asked.client.redirectURI))
    }

    private func origin(of address: String) -> String {
        let parts = address.split(separator: "/", maxSplits: 2)
        return parts.count >= 2 ? "\(parts[0])//\(parts[1])" : ""
    }
}
