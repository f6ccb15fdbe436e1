import Apus
import Foundation

/// Two servers: a provider with a login page, and a shop that leaves signing in to it.
@main struct OpenIDConnectSample {
    static func main() async throws {
        let port = try LaunchOptions.current.port(default: 5000)
        try await withShop(port: port, providerPort: port == 0 ? 0 : port + 1) { shop, provider in
            // At once, where print would wait when standard output is no terminal.
            FileHandle.standardOutput.write(Data(greeting(shop.endpoints[0].url, provider.issuer).utf8))
            // Until the process ends.
            for await _ in AsyncStream<Never>.makeStream().stream {}
        }
    }

    /// Runs both servers for as long as `body` does.
    ///
    /// - Parameter clientKeys: with them the shop signs who it is; without, it has a secret.
    static func withShop(
        port: Int, providerPort: Int, keys: KeyStore? = nil, signingKeys: KeyStore? = nil, clientKeys: KeyStore? = nil,
        mode: Server.Mode = .current, logger: Logger = Logger(label: "Shop"),
        _ body: @escaping @Sendable (RunningServer, Provider) async throws -> Void
    ) async throws {
        let keys = try keys ?? KeyStore(.hmac(generated: .hs256))
        let signingKeys = try signingKeys ?? KeyStore(.generated(.rs256))
        try await Provider.withRunning(port: providerPort, keys: signingKeys, mode: mode, logger: logger) { provider in
            // Each has to know the other's address, which is certain once both listen; so the shop gets its routes then.
            var server = Server("Shop") {
                Endpoint(port: port, tls: .selfSigned)
            } routes: {
            }
            server.mode = mode
            server.logger = logger
            try await server.withRunning { shop in
                let url = shop.endpoints[0].url
                await provider.register(
                    Client(
                        id: "shop", secret: secret, keys: clientKeys,
                        redirectURI: url + "/login/callback",
                        postLogoutRedirectURI: url + "/"))
                let authentication = clientKeys.map(ClientAuthentication.privateKey) ?? .secret(secret)
                let routes = try routes(
                    url: url, provider: provider, authentication: authentication, keys: keys, logger: logger)
                try await shop.router.add { routes }
                try await body(shop, provider)
            }
        }
    }

    private static let secret = "a secret of the shop and the provider"

    /// What the shop serves.
    static func routes(
        url: String, provider: Provider, authentication: ClientAuthentication, keys: KeyStore, logger: Logger
    ) throws -> Routes {
        let session = try CookieAuthentication(
            "Login", cookie: "__Host-shop", keys: keys, login: "/login", sameSite: .lax)
        var login = try OpenIDConnect(
            issuer: provider.issuer, clientID: "shop", authentication: authentication,
            redirectURI: url + "/login/callback", session: session,
            // A certificate of a public authority would need no word here.
            fetcher: HTTPSFetcher(trustedCertificates: provider.certificate), logger: logger)
        login.scopes = ["openid", "profile", "offline_access"]
        login.postLogoutRedirectURI = url + "/"
        let staff = login.mappingClaims(["groups": .role])

        return Routes { [login] in
            login.routes
            Get("/") { request in
                request.user.isAuthenticated
                    ? Page.html("Hello, \(request.user.name)", Page.signedIn, formsLeadTo: provider.issuer)
                    : Page.html("The shop", Page.signedOut)
            }
            .allowAnonymous().authenticated(by: staff)
            Get("/orders") { request in
                Page.html("Orders of \(request.user.name)", "<p>None yet.</p>\(Page.home)")
            }
            .authenticated(by: staff)
            Get("/me") { request in JSON(JSONValue.object(request.user.claims.members)) }.authenticated(by: staff)
            Get("/admin") { _ in Page.html("The back office", "<p>Come in.</p>\(Page.home)") }
                .requires(.role("staff")).authenticated(by: staff)
            Post("/logout") { request in try await login.signOut(request) }
        }
    }

    static func greeting(_ shop: String, _ provider: String) -> String {
        """
        The shop is on \(shop), the provider on \(provider)
        Open \(shop)/orders in a browser, and sign in as admin with the password password.
        A client that is no browser is told what is missing:
          curl -ki \(shop)/orders
          curl -k \(provider)/.well-known/openid-configuration

        """
    }
}
