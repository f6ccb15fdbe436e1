public import ApusJOSE

/// A way to find out who sends a request.
///
/// The framework's own schemes have no powers beyond this protocol. Schemes on one route are alternatives: the first that finds a principal
/// decides; when none does, the answer is 401 with the challenge of each.
public protocol AuthenticationScheme: Sendable {
    /// Names the scheme in logs and in the principal; unique among the schemes of a route.
    var name: String { get }

    /// Looks at the request's credentials.
    ///
    /// - Throws: only what prevents looking, such as a database out of reach; that is a 500, never a pass.
    nonisolated(nonsending) func authenticate(_ request: Request) async throws -> AuthenticationAnswer

    /// Looks at the request's credentials if that takes no waiting; nil leaves it to `authenticate(_:)`.
    ///
    /// For speed alone, and asked first: to wait costs a request more than to read most credentials. A scheme that answers here answers as
    /// it would there; one that returns nil has left nothing behind.
    /// - Throws: as `authenticate(_:)`.
    func authenticateImmediately(_ request: Request) throws -> AuthenticationAnswer?

    /// What the client should do to get in (RFC 9110 §11.6.1).
    ///
    /// - Parameter refusal: why this scheme refused the request's credentials; nil when it found none.
    func challenge(after refusal: AuthenticationRefusal?) -> Challenge?

    /// What a client whose principal lacks `policy` is told along with the 403; nil for nothing.
    func challenge(lacking policy: Policy) -> Challenge?

    /// What this client gets in place of a plain 401 or 403, such as a way to a login page; nil leaves it at that.
    ///
    /// Of several schemes on a route the first with an answer gives it. The refusal is logged all the same.
    func response(to request: Request, denying denial: AuthenticationDenial) throws -> Response?

    /// Adds to the response of a request that this scheme has found the principal of, such as a ticket with a new end.
    ///
    /// Not asked when the handler has thrown an error.
    func complete(_ response: consuming Response, to request: Request) throws -> Response

    /// The key stores that decide about credentials; the server watches the directories of those while it runs.
    var keyStores: [KeyStore] { get }
}

extension AuthenticationScheme {
    /// Nil, for schemes that may have to wait.
    public func authenticateImmediately(_ request: Request) throws -> AuthenticationAnswer? { nil }

    /// Nothing, for schemes that have no challenge for a principal that is known.
    public func challenge(lacking policy: Policy) -> Challenge? { nil }

    /// Nothing, for schemes whose clients understand a status and a challenge.
    public func response(to request: Request, denying denial: AuthenticationDenial) throws -> Response? { nil }

    /// The response as it is, for schemes whose clients keep their credentials.
    public func complete(_ response: consuming Response, to request: Request) throws -> Response { response }

    /// None, for schemes without keys.
    public var keyStores: [KeyStore] { [] }
}

/// What a scheme found in a request.
public enum AuthenticationAnswer: Sendable {
    /// The request has no credentials of this scheme's kind.
    case noCredentials
    /// The credentials are good, and belong to this principal.
    case principal(Principal)
    /// There are credentials, and they are no good.
    case refused(AuthenticationRefusal)
}
