/// Why credentials were refused.
public struct AuthenticationRefusal: Error, Sendable {
    /// For the log; never sent to the client.
    public var reason: String

    /// 401 unless the request is wrong in itself: 400 (RFC 6750 §3.1, `invalid_request`), or 403 for one from another site.
    ///
    /// When no scheme of a route finds a principal, the first status other than 401 is the answer's.
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

/// That a request is not let through, as the schemes of its route are told.
public enum AuthenticationDenial: Sendable {
    /// No scheme has found a principal: 401. The refusal is the scheme's own; nil when it found no credentials.
    case unauthenticated(AuthenticationRefusal?)
    /// The principal lacks what this policy demands: 403.
    case forbidden(Policy)
}
