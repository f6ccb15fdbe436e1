import ApusHTTP

/// A scheme for programs: a secret key, as a rule in a field of its own.
///
/// ```swift
/// let keys = try APIKeyAuthentication("Key", keys: "my-secret-api-key")
/// ```
///
/// Like a password, the key goes over the wire as it is: so the scheme refuses requests that did not come under TLS,
/// unless told otherwise. A place that has two keys is answered with 400. No key is ever logged.
public struct APIKeyAuthentication: AuthenticationScheme {
    /// Names the scheme in logs and in the principal.
    public let name: String

    private let places: APIKeyPlaces
    private let allowsInsecureHTTP: Bool
    private let validator: any APIKeyValidator

    /// A scheme for keys that are known when the server starts, compared in constant time.
    ///
    /// - Parameters:
    ///   - keys: one or more, each of 1 to 8,192 octets.
    ///   - places: where in a request the key is looked for.
    ///   - allowInsecureHTTP: accept keys that came in clear text; for development, and behind a proxy that ends TLS.
    /// - Throws: `StartError` when there is no key, or one that no request can bring.
    public init(
        _ name: String, keys: String..., in places: APIKeyPlaces = APIKeyPlaces(), allowInsecureHTTP: Bool = false
    ) throws(StartError) {
        self.init(
            name, in: places, allowInsecureHTTP: allowInsecureHTTP, validator: try FixedKeys(keys))
    }

    /// A scheme whose keys a closure checks: true for a good one; `APIKey.matches` compares in constant time.
    public init(
        _ name: String, in places: APIKeyPlaces = APIKeyPlaces(), allowInsecureHTTP: Bool = false,
        validate: nonisolated(nonsending) @escaping @Sendable (APIKey) async throws -> Bool
    ) {
        self.init(name, in: places, allowInsecureHTTP: allowInsecureHTTP) { key in
            try await validate(key) ? APIKeyHolder() : nil
        }
    }

    /// A scheme whose keys a closure looks up, and says whose they are; nil refuses.
    public init(
        _ name: String, in places: APIKeyPlaces = APIKeyPlaces(), allowInsecureHTTP: Bool = false,
        identify: nonisolated(nonsending) @escaping @Sendable (APIKey) async throws -> APIKeyHolder?
    ) {
        self.init(
            name, in: places, allowInsecureHTTP: allowInsecureHTTP, validator: ClosureKeys(identify: identify))
    }

    /// A scheme whose keys a type of your own looks up or checks.
    public init(
        _ name: String, in places: APIKeyPlaces = APIKeyPlaces(), allowInsecureHTTP: Bool = false,
        validator: some APIKeyValidator
    ) {
        self.name = name
        self.places = places
        self.allowsInsecureHTTP = allowInsecureHTTP
        self.validator = validator
    }

    /// Looks for the request's key and has it checked.
    ///
    /// - Throws: what the validator throws.
    public nonisolated(nonsending) func authenticate(_ request: Request) async throws -> AuthenticationAnswer {
        let found: String
        switch places.search(request) {
        case .none: return .noCredentials
        case .repeated(let place): return .refused(.repeated(place: place))
        case .malformed(let reason): return .refused(AuthenticationRefusal(reason))
        case .found(let text): found = text
        }
        guard request.connection.isSecure || allowsInsecureHTTP else { return .refused(.insecure(scheme: name)) }
        guard let holder = try await validator.holder(of: APIKey(text: found), in: request) else {
            return .refused(.wrongKey)
        }
        return .principal(Principal(name: holder.name, scheme: name, claims: holder.claims))
    }

    /// RFC 9110 §15.5.2 demands a challenge; there is none registered for keys, so this one says where the key belongs.
    public func challenge(after refusal: AuthenticationRefusal?) -> Challenge? {
        Challenge("ApiKey", ["header": places.header.spelling])
    }
}

extension AuthenticationRefusal {
    fileprivate static let wrongKey = AuthenticationRefusal(
        "The API key is wrong",
        diagnosis: Problem.Diagnosis(
            symptom: "401 with an ApiKey challenge", cause: "The key is not one that the scheme's validator accepts.",
            fix: "Send the right key in the field that the challenge names."))

    fileprivate static func repeated(place: String) -> AuthenticationRefusal {
        let reason = "The \(place) is repeated"
        return AuthenticationRefusal(
            reason, status: .badRequest, publicReason: reason,
            diagnosis: Problem.Diagnosis(
                symptom: "400 for a request with an API key", cause: "\(reason), so it is not clear which key counts.",
                fix: "Send the key once."))
    }

    fileprivate static func insecure(scheme: String) -> AuthenticationRefusal {
        AuthenticationRefusal(
            "The API key came over plain HTTP",
            diagnosis: Problem.Diagnosis(
                symptom: "401 with an ApiKey challenge, although the key is right",
                cause: "The request came over plain HTTP, where anybody on the way can read the key.",
                fix: "Use https, or give the scheme '\(scheme)' allowInsecureHTTP: true if this is a test."))
    }
}
