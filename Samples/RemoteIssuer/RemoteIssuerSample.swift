import Apus
import Foundation

/// Two servers: one logs users in and issues tokens, the other takes the tokens and knows nothing of the first but its URL.
@main struct RemoteIssuerSample {
    static func main() async throws {
        let port = try LaunchOptions.current.port(default: 5000)
        try await withLogin(port: port) { login in
            try await orders(issuer: login, port: port == 0 ? 0 : port + 1).run { orders in
                // At once, where print would wait when standard output is no terminal.
                let greeting = greeting(login.endpoints[0].url, orders.endpoints[0].url)
                FileHandle.standardOutput.write(Data(greeting.utf8))
            }
        }
    }

    /// Runs the server that issues tokens for as long as `body` does.
    static func withLogin(port: Int, _ body: @escaping @Sendable (RunningServer) async throws -> Void) async throws {
        let keys = try KeyStore(.generated(.es256))
        let server = Server("Login") {
            Endpoint(port: port, tls: .selfSigned)
        } routes: {
            JWKSRoute(keys)
        }
        try await server.withRunning { login in
            let url = login.endpoints[0].url
            let tokens = JWTBuilder(keys: keys).issuer(url).audience("orders").accessToken(clientID: "shop")
            let basic = BasicAuthentication("Basic", realm: "Login") { login in
                login.matches(username: "admin", password: "password")
            }
            // What the server says of itself has its URL in it, which is known once it listens.
            try await login.router.add {
                Get("/.well-known/openid-configuration") { _ in
                    JSON(["issuer": url, "jwks_uri": url + JWKSRoute.defaultPath])
                }
                Get("/token/new") { request in
                    let issued = try await tokens.subject(request.user.name).build()
                    return try JSON(["access_token": issued.token, "expires_in": issued.expiresIn])
                        .header(.cacheControl, "no-store")
                }
                .authenticated(by: basic)
                // Published for longer than others wait between two fetches, so everybody can know it by the time it signs.
                Post("/keys/rotate") { _ in try await keys.rotate(propagation: .seconds(2)) }.authenticated(by: basic)
            }
            try await body(login)
        }
    }

    /// The server that only verifies.
    static func orders(issuer login: RunningServer, port: Int) throws -> Server {
        let endpoint = login.endpoints[0]
        // A certificate of a public authority would need no word here.
        let fetcher = HTTPSFetcher(trustedCertificates: endpoint.selfSignedCertificate)
        var limits = RemoteKeySet.Limits()
        // The time between two fetches; half a minute unless set.
        limits.cooldown = .seconds(1)
        let issuer = try RemoteIssuer(endpoint.url, fetcher: fetcher, limits: limits)
        let bearer = BearerAuthentication("Bearer", issuer: issuer, audience: "orders")
        return Server("Orders") {
            Endpoint(port: port, tls: .selfSigned)
        } routes: {
            Get("/orders") { request in "Orders of \(request.user.name): none yet" }.authenticated(by: bearer)
        }
    }

    static func greeting(_ login: String, _ orders: String) -> String {
        """
        Issuing on \(login) and verifying on \(orders)
        Try it:
          TOKEN=$(curl -sk -u admin:password \(login)/token/new | sed 's/.*"access_token":"\\([^"]*\\)".*/\\1/')
          curl -k -H "Authorization: Bearer $TOKEN" \(orders)/orders
          curl -k -u admin:password -X POST \(login)/keys/rotate   # old and new tokens are good

        """
    }
}
