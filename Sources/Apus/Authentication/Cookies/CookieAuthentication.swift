public import ApusHTTP
public import ApusJOSE
import FoundationEssentials

/// A scheme for browsers: a cookie whose sealed ticket says who has signed in.
///
/// ```swift
/// let cookies = try CookieAuthentication("Cookies", cookie: "__Host-session", keys: keys, login: "/login")
/// Post("/login") { request in
///     let form = try await request.form()
///     guard try await users.know(form["username"], form["password"]) else { throw Problem(.unauthorized) }
///     return try cookies.signIn(form["username"] ?? "", for: request, with: Response.redirect(to: "/", .seeOther))
/// }
/// Get("/hello") { request in "Hello, \(request.user.name)" }.authenticated(by: cookies)
/// ```
///
/// The ticket is sealed by a `DataProtector`, has an end of its own, and is issued anew in the second half of its life
/// to whoever is still there; the cookie itself goes when the browser closes. A browser, which is what would rather
/// have HTML than JSON, is led to the login page, and everybody else gets 401 and 403.
///
/// Browsers add cookies to requests that other sites cause. So a request by a method that is not safe (RFC 9110 §9.2.1)
/// counts only if it comes from this origin by its Sec-Fetch-Site, or where there is none by its Origin; if it has
/// neither it is from no browser of today, and counts. Otherwise the answer is 403, unless the route says
/// `allowingCrossSite()`.
public struct CookieAuthentication: AuthenticationScheme {
    /// How long a ticket lives unless told otherwise: 30 minutes.
    public static let defaultLifetime: Duration = .seconds(1_800)

    /// Names the scheme in logs and in the principal.
    public let name: String

    /// What the sign-in is for; left out of the challenge when nil.
    public let realm: String?

    let keys: KeyStore
    let protector: DataProtector
    let jar: CookieJar
    let life: CookieLife
    let loginPath: String?
    let deniedPath: String?
    private let allowsInsecureHTTP: Bool

    /// - Parameters:
    ///   - cookie: the name of the cookie; with `__Host-` in front no other host of the domain can set it.
    ///   - keys: seals the tickets, and keeps those that were revoked; its keys are secrets, such as those for HS256.
    ///   - login: the path of the page to sign in; nil leads nobody there.
    ///   - denied: the path of the page for principals that a policy refuses; nil leads nobody there.
    ///   - lifetime: how long a ticket lives.
    ///   - isSliding: issue a ticket anew that is used in the second half of its life.
    ///   - maximumLifetime: how long after the sign-in the last ticket ends; nil for as long as somebody is there.
    ///   - domain, path, secure, sameSite: the attributes of the cookie, which is HttpOnly in any case.
    ///   - allowInsecureHTTP: take tickets that came in clear text; for development, and behind a proxy that ends TLS.
    /// - Throws: `HTTP.CookieError` for a name or attributes that browsers refuse, `CookieAuthenticationError`, and
    ///   `DataProtectionError` when the store's active key is no secret.
    public init(
        _ name: String, cookie: String, keys: KeyStore, login: String? = nil, denied: String? = nil,
        realm: String? = nil, lifetime: Duration = CookieAuthentication.defaultLifetime, isSliding: Bool = true,
        maximumLifetime: Duration? = nil, domain: String? = nil, path: String = "/", secure: Bool = true,
        sameSite: HTTP.SetCookie.SameSite = .strict, allowInsecureHTTP: Bool = false
    ) throws {
        for page in [login, denied].compactMap(\.self) where !LocalReference.isLocal(page) {
            throw CookieAuthenticationError.pathNotLocal(page)
        }
        guard lifetime > .zero, maximumLifetime ?? lifetime > .zero else {
            throw CookieAuthenticationError.lifetimeInvalid
        }
        self.name = name
        self.realm = realm
        self.keys = keys
        protector = DataProtector(keys, purpose: "cookies", lifetime: lifetime)
        // Keys that cannot seal are found out now, and not when somebody signs in.
        _ = try protector.seal([])
        jar = try CookieJar(
            like: HTTP.SetCookie(cookie, "", domain: domain, path: path, secure: secure, sameSite: sameSite))
        life = CookieLife(lifetime: lifetime, isSliding: isSliding, maximum: maximumLifetime)
        loginPath = login
        deniedPath = denied
        allowsInsecureHTTP = allowInsecureHTTP
    }

    /// The store that seals the tickets.
    public var keyStores: [KeyStore] { [keys] }

    /// Opens the request's ticket.
    ///
    /// - Throws: `Problem` 431 for more cookies than `Request.cookies` takes.
    public nonisolated(nonsending) func authenticate(_ request: Request) async throws -> AuthenticationAnswer {
        let sealed: String
        switch jar.read(try request.cookies) {
        case .none: return .noCredentials
        case .found(let text): sealed = text
        case .malformed: return .refused("The cookie '\(jar.name)' is incomplete or came more than once")
        }
        guard takes(request.connection) else { return .refused("The cookie '\(jar.name)' came over plain HTTP") }
        if let refusal = CrossSiteCheck.refusal(of: request) { return .refused(refusal) }
        guard let ticket = await open(sealed) else {
            return .refused("The ticket was not sealed for this cookie under a key that is accepted")
        }
        let now = keys.clock()
        guard ticket.isCurrent(at: now) else { return .refused("The ticket has ended") }
        guard !isRevoked(ticket, at: now) else { return .refused("The ticket was revoked") }
        return .principal(Principal(name: ticket.name, scheme: name, claims: ticket.claims))
    }

    /// Where to sign in, by the draft for HTTP authentication with cookies (draft-broyer-http-cookie-auth).
    ///
    /// RFC 9110 §15.5.2 demands a challenge with a 401; this one has the form's address and the cookie's name.
    public func challenge(after refusal: AuthenticationRefusal?) -> Challenge? {
        Challenge("Cookie", ["realm": realm, "form-action": loginPath, "cookie-name": jar.name])
    }
}

extension CookieAuthentication {
    func takes(_ connection: ConnectionContext) -> Bool { connection.isSecure || allowsInsecureHTTP }

    nonisolated(nonsending) func open(_ sealed: String) async -> CookieTicket? {
        (try? await protector.open(sealed, context: jar.name)).flatMap(CookieTicket.init)
    }

    func isRevoked(_ ticket: CookieTicket, at now: Date) -> Bool {
        keys.keySet.isRevoked(tokenID: ticket.id, subject: ticket.subject, issuedAt: ticket.signedIn, at: now)
    }

    /// Puts a ticket into the client, in a response that no cache may keep (RFC 9111 §7.3).
    func write(_ ticket: CookieTicket, to response: inout Response, for request: Request) throws {
        let sealed = try protector.seal(ticket.octets, context: jar.name)
        try jar.write(sealed, to: &response, for: request.cookies)
        try response.headers.set(.cacheControl, "no-store")
    }
}

extension AuthenticationAnswer {
    fileprivate static func refused(_ reason: String) -> AuthenticationAnswer {
        .refused(AuthenticationRefusal(reason))
    }
}
