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

    /// What the client should do to get in (RFC 9110 §11.6.1).
    ///
    /// - Parameter refusal: why this scheme refused the request's credentials; nil when it found none.
    func challenge(after refusal: AuthenticationRefusal?) -> Challenge?

    /// What a client whose principal lacks `policy` is told along with the 403; nil for nothing.
    func challenge(lacking policy: Policy) -> Challenge?
}

extension AuthenticationScheme {
    /// Nothing, for schemes that have no challenge for a principal that is known.
    public func challenge(lacking policy: Policy) -> Challenge? { nil }
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

/// Why credentials were refused.
public struct AuthenticationRefusal: Error, Sendable {
    /// For the log; never sent to the client.
    public var reason: String

    /// 401, or 400 for a request that is wrong in itself (RFC 6750 §3.1, `invalid_request`).
    public var status: Response.Status

    /// An error code for the challenge, such as `invalid_token`.
    public var code: String?

    /// What the client may know.
    public var publicReason: String?

    /// What a developer can do about it; sent in development mode only.
    public var diagnosis: Problem.Diagnosis?

    /// Makes a refusal; only `reason` is needed, and only the log sees it.
    public init(
        _ reason: String, status: Response.Status = .unauthorized, code: String? = nil, publicReason: String? = nil,
        diagnosis: Problem.Diagnosis? = nil
    ) {
        self.reason = reason
        self.status = status
        self.code = code
        self.publicReason = publicReason
        self.diagnosis = diagnosis
    }
}
