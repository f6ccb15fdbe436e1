import ApusHTTP
public import ApusJOSE

/// The Basic scheme (RFC 7617): a user name and a password in the Authorization field.
///
/// The password goes over the wire as it is: so the scheme refuses requests that did not come under TLS, unless told otherwise.
public struct BasicAuthentication: AuthenticationScheme {
    /// Names the scheme in logs and in the principal.
    public let name: String

    /// What the credentials are for, as browsers show it.
    public let realm: String

    private let allowsInsecureHTTP: Bool
    private let throttle: LoginThrottle?
    private let check: Check

    /// What decides about credentials, as it was given: a closure around it would cost every login a suspension point more.
    private enum Check {
        typealias Validation = nonisolated(nonsending) @Sendable (BasicCredentials) async throws -> Bool
        typealias Identification = nonisolated(nonsending) @Sendable (BasicCredentials) async throws -> Claims?

        case validating(Validation)
        case identifying(Identification)
        /// Takes no waiting.
        case immediate(@Sendable (BasicCredentials) throws -> Claims?)
    }

    /// The longest Authorization field that is looked at, in octets.
    static let maximumFieldOctets = 8_192

    /// A scheme whose principals have the user's name and no claims.
    ///
    /// - Parameters:
    ///   - allowInsecureHTTP: accept credentials that came in clear text; for development, and behind a proxy that ends TLS.
    ///   - throttle: slows down logins that fail; the answer is 429 then. Several schemes may share one.
    ///   - validate: true for good credentials; `BasicCredentials.matches` compares in constant time, and a
    ///     `PasswordVerifier` checks them against hashes.
    public init(
        _ name: String, realm: String, allowInsecureHTTP: Bool = false, throttle: LoginThrottle? = nil,
        validate: nonisolated(nonsending) @escaping @Sendable (BasicCredentials) async throws -> Bool
    ) {
        self.init(name, realm, allowInsecureHTTP, throttle, .validating(validate))
    }

    /// A scheme whose principals have the user's name, and the claims that `identify` finds; nil refuses.
    public init(
        _ name: String, realm: String, allowInsecureHTTP: Bool = false, throttle: LoginThrottle? = nil,
        identify: nonisolated(nonsending) @escaping @Sendable (BasicCredentials) async throws -> Claims?
    ) {
        self.init(name, realm, allowInsecureHTTP, throttle, .identifying(identify))
    }

    /// As the initializer of the same form, for a closure that does not wait: requests are answered faster then.
    public init(
        _ name: String, realm: String, allowInsecureHTTP: Bool = false, throttle: LoginThrottle? = nil,
        validate: @escaping @Sendable (BasicCredentials) throws -> Bool
    ) {
        self.init(
            name, realm, allowInsecureHTTP, throttle, .immediate { try validate($0) ? Claims() : nil })
    }

    /// As the initializer of the same form, for a closure that does not wait: requests are answered faster then.
    public init(
        _ name: String, realm: String, allowInsecureHTTP: Bool = false, throttle: LoginThrottle? = nil,
        identify: @escaping @Sendable (BasicCredentials) throws -> Claims?
    ) {
        self.init(name, realm, allowInsecureHTTP, throttle, .immediate(identify))
    }

    private init(
        _ name: String, _ realm: String, _ allowsInsecureHTTP: Bool, _ throttle: LoginThrottle?, _ check: Check
    ) {
        self.name = name
        self.realm = realm
        self.allowsInsecureHTTP = allowsInsecureHTTP
        self.throttle = throttle
        self.check = check
    }

    /// Decodes the request's credentials and has them checked.
    ///
    /// - Throws: what the scheme's closure throws, and `Problem` 429 when its throttle has the login wait.
    public nonisolated(nonsending) func authenticate(_ request: Request) async throws -> AuthenticationAnswer {
        let credentials: BasicCredentials
        switch presentedCredentials(of: request) {
        case .none(let answer): return answer
        case .some(let found): credentials = found
        }
        let claims: Claims?
        if let throttle {
            claims = try await throttle.attempt(
                as: credentials.username, from: request,
                identifying: {
                    switch check {
                    case .validating(let validate): try await validate(credentials) ? Claims() : nil
                    case .identifying(let identify): try await identify(credentials)
                    case .immediate(let identify): try identify(credentials)
                    }
                })
        } else {
            switch check {
            case .validating(let validate): claims = try await validate(credentials) ? Claims() : nil
            case .identifying(let identify): claims = try await identify(credentials)
            case .immediate(let identify): claims = try identify(credentials)
            }
        }
        return answer(to: credentials, claims)
    }

    /// Decodes the request's credentials and has them checked, by a closure that does not wait.
    ///
    /// - Returns: nil for a closure that may wait, and when there is a throttle.
    /// - Throws: what the scheme's closure throws.
    public func authenticateImmediately(_ request: Request) throws -> AuthenticationAnswer? {
        guard case .immediate(let identify) = check, throttle == nil else { return nil }
        switch presentedCredentials(of: request) {
        case .none(let answer): return answer
        case .some(let credentials): return answer(to: credentials, try identify(credentials))
        }
    }

    private enum Presentation {
        case some(BasicCredentials)
        /// What to answer in their absence.
        case none(AuthenticationAnswer)
    }

    private func presentedCredentials(of request: Request) -> Presentation {
        let found: AuthorizationCredentials
        switch AuthorizationCredentials.search("Basic", in: request.head) {
        case .none: return .none(.noCredentials)
        case .repeated: return .none(.refused(AuthenticationRefusal("The request has several Authorization fields")))
        case .found(let credentials): found = credentials
        }
        guard request.connection.isSecure || allowsInsecureHTTP else { return .none(.refused(.insecure(scheme: name))) }
        guard found.value.count <= Self.maximumFieldOctets else {
            return .none(
                .refused(AuthenticationRefusal("The credentials are longer than \(Self.maximumFieldOctets) octets")))
        }
        guard let credentials = BasicCredentials(base64: found.value) else {
            return .none(
                .refused(AuthenticationRefusal("The credentials are not base64 of user:password in UTF-8")))
        }
        return .some(credentials)
    }

    private func answer(to credentials: BasicCredentials, _ claims: Claims?) -> AuthenticationAnswer {
        guard let claims else { return .refused(.wrongCredentials) }
        return .principal(Principal(name: credentials.username, scheme: name, claims: claims))
    }

    /// RFC 7617 §2 and §2.1: the realm is required, and UTF-8 is the one charset that can be named.
    public func challenge(after refusal: AuthenticationRefusal?) -> Challenge? {
        Challenge("Basic", ["realm": realm, "charset": "UTF-8"])
    }
}

extension AuthenticationRefusal {
    fileprivate static let wrongCredentials = AuthenticationRefusal(
        "The user name or the password is wrong",
        diagnosis: Problem.Diagnosis(
            symptom: "401 with a Basic challenge",
            cause: "The user name or the password is not the one that the scheme's validator accepts.",
            fix: "Send the right credentials, for example with curl -u user:password."))

    fileprivate static func insecure(scheme: String) -> AuthenticationRefusal {
        AuthenticationRefusal(
            "The credentials came over plain HTTP",
            diagnosis: Problem.Diagnosis(
                symptom: "401 with a Basic challenge, although the credentials are right",
                cause: "The request came over plain HTTP, where anybody on the way can read a password.",
                fix: "Use https, or give the scheme '\(scheme)' allowInsecureHTTP: true if this is a test."))
    }
}
