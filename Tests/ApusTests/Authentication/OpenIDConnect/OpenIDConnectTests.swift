import ApusTesting
import Foundation
import Testing

@testable import Apus

/// How the scheme is set up, and what it answers while its provider is of no use.
@Suite(.timeLimit(.minutes(1)), .fewAtATime) struct OpenIDConnectTests {
    private static func session(
        login: String? = "/login", sameSite: HTTP.SetCookie.SameSite = .lax, cookie: String = "__Host-s"
    ) throws -> CookieAuthentication {
        try CookieAuthentication(
            "Login", cookie: cookie, keys: KeyStore(.hmac(generated: .hs256)), login: login, sameSite: sameSite)
    }

    private static func scheme(
        issuer: String = "https://login.example", redirectURI: String = "https://shop.example/callback",
        session: CookieAuthentication? = nil, fetcher: HTTPSFetcher? = nil,
        authentication: ClientAuthentication = .secret("hunter2")
    ) throws -> OpenIDConnect {
        var limits = RemoteKeySet.Limits()
        limits.cooldown = .zero
        return try OpenIDConnect(
            issuer: issuer, clientID: "shop", authentication: authentication, redirectURI: redirectURI,
            session: session ?? Self.session(), fetcher: fetcher, limits: limits,
            logger: Logger(label: "test", destination: CollectedLog()))
    }

    @Test(arguments: [
        "http://shop.example/callback", "/callback", "", "https://shop.example/#x", "https://a@b.example/",
    ])
    func `a redirect URI is one of https`(redirectURI: String) {
        #expect(throws: StartError.self) { try Self.scheme(redirectURI: redirectURI) }
    }

    @Test(arguments: ["http://login.example", "login.example", "https://login.example?x", ""])
    func `an issuer is one of https`(issuer: String) {
        #expect(throws: StartError.self) { try Self.scheme(issuer: issuer) }
    }

    @Test func `a session needs a path to sign in at, and a cookie that comes back with the browser`() throws {
        let sessions = [
            try Self.session(login: nil), try Self.session(login: "/login?x=1"), try Self.session(sameSite: .strict),
        ]
        for session in sessions {
            #expect(throws: StartError.self) { try Self.scheme(session: session) }
        }
        #expect(try Self.scheme().name == "Login")
    }

    /// Runs a shop whose provider serves these routes, over TLS.
    private static func serve(
        _ log: CollectedLog = CollectedLog(), authentication: ClientAuthentication = .secret("hunter2"),
        change: @escaping @Sendable (inout OpenIDConnect) -> Void = { _ in },
        provider routes: @escaping @Sendable (_ url: String) -> Routes,
        _ body: @escaping @Sendable (TestClient) async throws -> Void
    ) async throws {
        var provider = Server.logging {}
        provider.endpoints = [Endpoint(port: 0, tls: .selfSigned)]
        try await provider.withRunning { running in
            let endpoint = running.endpoints[0]
            try await running.router.add { routes(endpoint.url) }
            var login = try scheme(
                issuer: endpoint.url,
                fetcher: HTTPSFetcher(trustedCertificates: endpoint.selfSignedCertificate),
                authentication: authentication)
            change(&login)
            let shop = Server.logging(log) { [login] in
                login.routes
                Get("/") { request in request.user.name }.authenticated(by: login)
            }
            try await shop.test(over: .inProcess(isSecure: true), body)
        }
    }

    private static func metadata(_ url: String, _ members: JSONObject = JSONObject()) -> Routes {
        var all = JSONObject()
        for (name, path) in [
            ("issuer", ""), ("jwks_uri", "/jwks"), ("authorization_endpoint", "/authorize?tenant=1"),
            ("token_endpoint", "/token"),
        ] {
            all[name] = .string(url + path)
        }
        for member in members.members { all[member.name] = member.value.isNull ? nil : member.value }
        let document = JSONValue.object(all)
        return Routes {
            Get("/.well-known/openid-configuration") { _ in JSON(document) }
            Get("/jwks") { _ in JSON(["keys": JSONValue.array([])]) }
        }
    }

    @Test func `the request for a sign-in has what was asked for, once`() async throws {
        let change: @Sendable (inout OpenIDConnect) -> Void = { login in
            login.scopes = ["email"]
            login.maximumAge = .seconds(600)
            login.parameters = ["prompt": "login", "state": "forged", "ui_locales": "de en"]
        }
        let routes: @Sendable (String) -> Routes = { Self.metadata($0) }
        try await Self.serve(change: change, provider: routes) { client in
            let begun = try await client.get("/login?ReturnUrl=%2F")
            let location = try #require(begun.headers[.location])
            #expect(begun.status == .seeOther && location.contains("/authorize?tenant=1&response_type=code&"))
            let query = try HTTP.Query(String(location.split(separator: "?", maxSplits: 1)[1]))
            #expect(query["scope"] == "openid email" && query["max_age"] == "600" && query["prompt"] == "login")
            #expect(query["ui_locales"] == "de en" && query.values(of: "state").count == 1)
            #expect(query["state"] != "forged" && query["redirect_uri"] == "https://shop.example/callback")
        }
    }

    /// What is wrong with the metadata, and the reason in the log.
    static let useless: [(members: JSONObject, reason: String)] = [
        (["authorization_endpoint": nil], "has no string 'authorization_endpoint'"),
        (["authorization_endpoint": "http://evil.example/"], "'authorization_endpoint' is not an address of https"),
        (["token_endpoint": "ftp://x"], "'token_endpoint' is not an address of https"),
        (["code_challenge_methods_supported": ["plain"]], "'code_challenge_methods_supported' does not have 'S256'"),
        (
            ["token_endpoint_auth_methods_supported": ["private_key_jwt"]],
            "'token_endpoint_auth_methods_supported' does not have 'client_secret_basic'"
        ),
    ]

    @Test(arguments: useless)
    func `a provider that cannot do what is needed is not asked`(members: JSONObject, reason: String) async throws {
        let log = CollectedLog()
        let routes: @Sendable (String) -> Routes = { Self.metadata($0, members) }
        try await Self.serve(log, provider: routes) { client in
            let answer = try await client.get("/login")
            #expect(answer.status == .badGateway && answer.headers[.setCookie] == nil)
            #expect(log.text.replacing("\\'", with: "'").contains(reason), "\(log.text)")
            #expect(!answer.text.contains("endpoint") && !log.text.contains("hunter2"))
        }
    }

    @Test func `a provider that is out of reach, or another than it should be, is 503`() async throws {
        for routes: @Sendable (String) -> Routes in [
            { _ in Routes {} }, { url in Self.metadata(url, ["issuer": "https://evil.example"]) },
        ] {
            try await Self.serve(provider: routes) { client in
                let answer = try await client.get("/login")
                #expect(answer.status == .serviceUnavailable && answer.headers[.retryAfter] == "30")
                let page = try await client.get("/", headers: ["Accept": "text/html"])
                #expect(page.status == .found && page.headers[.location] == "/login?ReturnUrl=%2F")
            }
        }
    }

    @Test func `nobody signs in over plain HTTP`() async throws {
        let login = try Self.scheme()
        try await Server.logging { login.routes }.test(over: .inProcess(isSecure: false)) { client in
            let answer = try await client.get("/login")
            #expect(answer.status == .forbidden && answer.headers[.setCookie] == nil)
        }
    }

    @Test func `everything that shows the scheme keeps the secret`() throws {
        let login = try Self.scheme()
        var shown = "\(login) \(String(reflecting: login))"
        dump(login, to: &shown)
        #expect(!shown.contains("hunter2"))
    }
}
