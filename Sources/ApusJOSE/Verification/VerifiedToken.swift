import FoundationEssentials

/// A token whose signature and claims were checked; only `ValidationParameters.verify(_:)` makes one.
public struct VerifiedToken: Sendable {
    /// The header that was signed.
    public let header: JOSEHeader
    /// The claims that were signed.
    public let claims: Claims

    /// The instant from which the token would no longer verify, clock skew included; nil for a token without an end.
    let usableUntil: Date?
}
