import ApusHTTP
public import ApusJOSE
import FoundationEssentials

/// Signs browsers in at an OpenID provider: a login page that is somebody else's (OpenID Connect Core 1.0).
///
/// ```swift
/// let session = try CookieAuthentication("Session", cookie: "__Host-session", keys: keys, login: "/login", sameSite: .lax)
/// let login = try OpenIDConnect(
///     issuer: "https://login.example", clientID: "orders", authentication: .secret(secret),
///     redirectURI: "https://orders.example/login/callback", session: session)
///
/// login.routes
/// Get("/orders") { request in "Orders of \(request.user.name)" }.authenticated(by: login)
/// Post("/logout") { request in try await login.signOut(request) }
/// ```
///
/// The provider is known by its URL alone; its metadata and keys are fetched as for a `RemoteIssuer`. The flow is that of authorization
/// codes, always with PKCE (RFC 7636), state and nonce, tied to the browser by a sealed cookie per attempt; the answer's issuer is checked
/// (RFC 9207), and the ID token as OpenID Connect Core 1.0 §3.1.3.7 demands. The session is kept by `CookieAuthentication`: a
/// browser without one is led to the provider and comes back to where it was going, and everybody else gets 401.
///
/// The provider's tokens are sealed in a cookie beside the session's. When it has issued a refresh token, the session is renewed with
/// it as soon as the access token ends: claims are fresh then, and a user whom the provider does not know any more is signed out. While
/// the provider is out of reach sessions stay as they are until they end by themselves.
public struct OpenIDConnect: AuthenticationScheme {
    /// What is asked for (OpenID Connect Core 1.0 §5.4); `openid` is added when it is missing.
    ///
    /// `offline_access` asks some providers for a refresh token.
    public var scopes = ["openid", "profile"]

    /// How long ago users may have proved who they are, `max_age`; nil leaves that to the provider.
    public var maximumAge: Duration?

    /// Further parameters of the request for a sign-in, such as `prompt`, `acr_values` or `ui_locales`.
    public var parameters: KeyValuePairs<String, String> = [:]

    /// Whether the provider's userinfo endpoint, if there is one, is asked for further claims; true by default.
    public var readsUserinfo = true

    /// The algorithms of ID tokens to accept; all for which there are public keys unless set.
    public var idTokenAlgorithms = SignatureAlgorithm.allCases

    /// Audiences that an ID token may have besides this client; none by default.
    public var trustedAudiences: [String] = []

    /// The claim that names the principal; when it is missing, the subject does.
    public var nameClaim = ClaimName.name

    /// Where a sign-in ends that did not begin on the way to a page, and a sign-out; a path of this server.
    public var landingPath = "/"

    /// Where the provider sends the browser after a sign-out, which it knows in advance; nil leaves it on the provider's page.
    public var postLogoutRedirectURI: String?

    let session: CookieAuthentication
    let provider: ProviderClient
    let redirectURI: String
    let loginPath: String
    let callbackPath: String
    let attempts: SignInAttempts
    let tokenJar: CookieJar
    let tokenProtector: DataProtector
    let renewals: TokenRenewals

    /// - Parameters:
    ///   - issuer: the provider's URL, with https, without query and fragment, exactly as it names itself.
    ///   - clientID: the name under which the provider knows this service.
    ///   - authentication: how this service proves to the provider who it is.
    ///   - redirectURI: the address that the provider sends browsers back to, as it knows it; its path is a route of `routes`.
    ///   - session: keeps who has signed in. Its `login` is the path at which a sign-in begins, and its cookie is Lax: a Strict one does
    ///     not come with the way back from another site.
    ///   - fetcher: what speaks to the provider; `HTTPSFetcher` unless given.
    ///   - limits: how much metadata and keys may cost, and how long they are believed.
    ///   - allowInsecureHTTP: also takes a provider and a redirect URI with http, though only on this machine itself; for development.
    ///   - logger: is told about fetches that fail.
    /// - Throws: `StartError` for an issuer, a redirect URI or a session that this cannot work with.
    public init(
        issuer: String, clientID: String, authentication: ClientAuthentication, redirectURI: String,
        session: CookieAuthentication, fetcher: HTTPSFetcher? = nil,
        limits: RemoteKeySet.Limits = RemoteKeySet.Limits(), allowInsecureHTTP: Bool = false,
        logger: Logger = Logger(label: "OpenID Connect")
    ) throws {
        guard let callback = KeyAddress(redirectURI, allowInsecureHTTP: allowInsecureHTTP) else {
            throw StartError(
                "Expected a redirect URI with https, without user and fragment, found '\(EchoedText(redirectURI))'.")
        }
        guard let loginPath = session.loginPath, !loginPath.contains("?") else {
            throw StartError("The session of a sign-in needs the path at which it begins: give its scheme a login.")
        }
        guard session.jar.sameSite != .strict else {
            throw StartError(
                """
                The session's cookie has SameSite=Strict, so browsers leave it out on the way back from the provider, and \
                would sign in for ever; use .lax.
                """)
        }
        let fetcher = fetcher ?? HTTPSFetcher(allowInsecureHTTP: allowInsecureHTTP)
        let keys = session.keys
        let remote = try RemoteIssuer(
            issuer, fetcher: fetcher, limits: limits, allowInsecureHTTP: allowInsecureHTTP, logger: logger,
            clock: keys.clock)
        provider = ProviderClient(
            issuer: remote, clientID: clientID, authentication: authentication, fetcher: fetcher)
        self.session = session
        self.redirectURI = redirectURI
        self.loginPath = loginPath
        let path = callback.url.path(percentEncoded: true)
        callbackPath = path.isEmpty ? "/" : path
        attempts = SignInAttempts(cookie: session.jar.name, isSecure: session.jar.isSecure, keys: keys)
        tokenJar = try session.jar.besides("tokens")
        tokenProtector = DataProtector(keys, purpose: "OpenID Connect tokens", lifetime: session.life.lifetime)
        renewals = TokenRenewals(logger: logger)
    }

    /// The session's name, which is also that of the principals' scheme.
    public var name: String { session.name }

    /// Fetches the provider's metadata and keys before the first sign-in, and again before they are too old.
    ///
    /// For `Server.background(_:_:)`, so that no browser waits for them; returns when its task is cancelled.
    public func keepFresh() async { await provider.issuer.keepFresh() }

    /// Looks at the request's session, and renews it with the provider when it is time.
    public nonisolated(nonsending) func authenticate(_ request: Request) async throws -> AuthenticationAnswer {
        let answer = try await session.authenticate(request)
        guard case .principal(let principal) = answer else { return answer }
        return try await renewed(principal, of: request)
    }

    /// The session's challenge: where one signs in.
    public func challenge(after refusal: AuthenticationRefusal?) -> Challenge? { session.challenge(after: refusal) }

    /// Those of the session.
    public var keyStores: [KeyStore] { session.keyStores }

    /// Leads a browser to the provider by way of the login path; everybody else gets 401 or 403.
    public func response(to request: Request, denying denial: AuthenticationDenial) throws -> Response? {
        try session.response(to: request, denying: denial)
    }
}
