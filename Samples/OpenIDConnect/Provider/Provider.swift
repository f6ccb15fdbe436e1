import Apus
import Foundation

/// A small OpenID provider: one user, codes with PKCE, ID tokens, refresh tokens that rotate, userinfo and sign-out.
struct Provider: Sendable {
    let server: RunningServer
    /// Signs tokens.
    let keys: KeyStore
    let grants: Grants
    /// Who has signed in here: the next client asks for no password.
    let session: CookieAuthentication

    /// Runs a provider for as long as `body` does.
    static func withRunning(
        port: Int, keys: KeyStore, mode: Server.Mode, logger: Logger,
        _ body: @escaping @Sendable (Provider) async throws -> Void
    ) async throws {
        var server = Server("Provider") {
            Endpoint(port: port, tls: .selfSigned)
        } routes: {
        }
        server.mode = mode
        server.logger = logger
        try await server.withRunning { running in
            let provider = Provider(
                server: running, keys: keys, grants: Grants(),
                session: try CookieAuthentication(
                    "Provider", cookie: "__Host-provider", keys: KeyStore(.hmac(generated: .hs256)), sameSite: .lax))
            try await running.router.add { provider.routes }
            try await body(provider)
        }
    }

    /// Its URL, which is its name.
    var issuer: String { server.endpoints[0].url }

    /// For clients that are to trust it.
    var certificate: String? { server.endpoints[0].selfSignedCertificate }

    /// Lets a client send users here.
    func register(_ client: Client) async {
        await grants.register(client)
    }

    private var routes: Routes {
        let access = BearerAuthentication("Access", validating: accessTokens.validationParameters)
        return Routes {
            Get("/.well-known/openid-configuration") { _ in
                try JSON(metadata).header(.cacheControl, "public, max-age=3600")
            }
            JWKSRoute(keys)
            Route(.get, .post, path: "/authorize") { request in try await authorize(request) }
            Post("/login") { request in try await logIn(request) }
            Post("/token") { request in try await tokens(request) }
            Route(.get, .post, path: "/userinfo") { request in
                JSON(["sub": request.user.name, "name": "Ada Admin", "email": "admin@example.org", "groups": ["staff"]])
            }
            .requires(.scope("profile")).authenticated(by: access)
            Route(.get, .post, path: "/logout") { request in try await logOut(request) }.allowingCrossSite()
            Post("/logout/confirmed") { request in try await session.signOut(request, with: Page.signedOutHere) }
        }
    }

    /// What a request of a browser asks for: in the query, or in the form (OpenID Connect Core 1.0 §3.1.2.1).
    static func parameters(_ request: Request) async throws -> HTTP.Query {
        request.method == .post ? try await request.form() : try request.query()
    }

    /// What access tokens have in common (RFC 9068); they open the userinfo endpoint alone.
    var accessTokens: JWTBuilder {
        JWTBuilder(keys: keys).issuer(issuer).audience(issuer + "/userinfo").header("typ", "at+jwt")
            .randomIdentifier()
    }

    /// What ID tokens have in common (OpenID Connect Core 1.0 §2).
    var idTokens: JWTBuilder { JWTBuilder(keys: keys).issuer(issuer).lifetime(.seconds(300)) }

    /// OpenID Connect Discovery 1.0 §3.
    private var metadata: JSONValue {
        [
            "issuer": .string(issuer), "authorization_endpoint": .string(issuer + "/authorize"),
            "token_endpoint": .string(issuer + "/token"), "userinfo_endpoint": .string(issuer + "/userinfo"),
            "jwks_uri": .string(issuer + JWKSRoute.defaultPath), "end_session_endpoint": .string(issuer + "/logout"),
            "scopes_supported": ["openid", "profile", "offline_access"], "response_types_supported": ["code"],
            "response_modes_supported": ["query"], "grant_types_supported": ["authorization_code", "refresh_token"],
            "subject_types_supported": ["public"], "id_token_signing_alg_values_supported": ["RS256"],
            "token_endpoint_auth_methods_supported": [
                "client_secret_basic", "client_secret_post", "private_key_jwt",
            ],
            "token_endpoint_auth_signing_alg_values_supported": ["ES256", "RS256"],
            "code_challenge_methods_supported": ["S256"], "authorization_response_iss_parameter_supported": true,
            "claims_supported": ["sub", "name", "email", "groups", "auth_time"],
        ]
    }
}
