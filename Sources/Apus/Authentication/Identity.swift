public import ApusJOSE

/// What one scheme has found out about a user: a name, and claims.
public struct Identity: Sendable {
    /// The user's name, as this scheme knows it.
    public let name: String

    /// The scheme that has found it.
    public let scheme: String

    /// What the scheme knows about the user.
    public let claims: Claims

    /// The verified token that the claims are from; nil for schemes without one.
    public let token: VerifiedToken?

    /// Makes an identity that was found by the scheme called `scheme`.
    public init(name: String, scheme: String, claims: Claims = Claims()) {
        self.init(name, scheme, claims, token: nil)
    }

    /// Makes an identity of a token that was verified.
    public init(name: String, scheme: String, token: VerifiedToken) {
        self.init(name, scheme, token.claims, token: token)
    }

    private init(_ name: String, _ scheme: String, _ claims: Claims, token: VerifiedToken?) {
        self.name = name
        self.scheme = scheme
        self.claims = claims
        self.token = token
    }

    func with(claims: Claims) -> Identity {
        Identity(name, scheme, claims, token: token)
    }
}
