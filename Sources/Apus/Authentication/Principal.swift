public import ApusJOSE

/// Who sends a request: a name, and what is known about its bearer.
public struct Principal: Sendable {
    /// The name; empty for `.anonymous`.
    public let name: String

    /// The scheme that found the principal; empty for `.anonymous`.
    public let scheme: String

    /// What is known of it: those of the token, or those that the validator gave.
    public let claims: Claims

    /// The verified token that the request bore; nil for schemes without one.
    public let token: VerifiedToken?

    /// Makes a principal that was found by the scheme called `scheme`.
    public init(name: String, scheme: String, claims: Claims = Claims()) {
        self.name = name
        self.scheme = scheme
        self.claims = claims
        token = nil
    }

    /// Makes a principal of a token that was verified.
    public init(name: String, scheme: String, token: VerifiedToken) {
        self.name = name
        self.scheme = scheme
        self.claims = token.claims
        self.token = token
    }

    /// Nobody in particular: the user of a route without authentication.
    public static let anonymous = Principal(name: "", scheme: "")

    /// False for `.anonymous` alone.
    public var isAuthenticated: Bool { !scheme.isEmpty }
}
