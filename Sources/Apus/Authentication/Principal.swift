public import ApusJOSE

/// Who sends a request: a name, and what is known about its bearer.
public struct Principal: Sendable {
    /// In one place, since a principal travels with its request.
    private final class Facts: Sendable {
        let name: String
        let scheme: String
        let claims: Claims
        let token: VerifiedToken?

        init(name: String, scheme: String, claims: Claims, token: VerifiedToken?) {
            self.name = name
            self.scheme = scheme
            self.claims = claims
            self.token = token
        }
    }

    private let facts: Facts

    /// Makes a principal that was found by the scheme called `scheme`.
    public init(name: String, scheme: String, claims: Claims = Claims()) {
        facts = Facts(name: name, scheme: scheme, claims: claims, token: nil)
    }

    /// Makes a principal of a token that was verified.
    public init(name: String, scheme: String, token: VerifiedToken) {
        facts = Facts(name: name, scheme: scheme, claims: token.claims, token: token)
    }

    /// The name; empty for `.anonymous`.
    public var name: String { facts.name }

    /// The scheme that found the principal; empty for `.anonymous`.
    public var scheme: String { facts.scheme }

    /// What is known of it: those of the token, or those that the validator gave.
    public var claims: Claims { facts.claims }

    /// The verified token that the request bore; nil for schemes without one.
    public var token: VerifiedToken? { facts.token }

    /// Nobody in particular: the user of a route without authentication.
    public static let anonymous = Principal(name: "", scheme: "")

    /// False for `.anonymous` alone.
    public var isAuthenticated: Bool { !scheme.isEmpty }
}
