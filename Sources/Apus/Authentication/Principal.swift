public import ApusJOSE

/// Who sends a request: one identity, or several that belong to the same user.
///
/// Name, scheme, claims and token are those of the first identity, which the route's scheme has found. Policies look at all of them.
public struct Principal: Sendable {
    /// In one place, since a principal travels with its request.
    private final class Facts: Sendable {
        let first: Identity
        let others: [Identity]

        init(_ first: Identity, _ others: [Identity]) {
            self.first = first
            self.others = others
        }
    }

    private let facts: Facts

    private init(_ first: Identity, _ others: [Identity]) {
        facts = Facts(first, others)
    }

    /// Makes a principal with one identity.
    public init(_ identity: Identity) {
        self.init(identity, [])
    }

    /// Makes a principal that was found by the scheme called `scheme`.
    public init(name: String, scheme: String, claims: Claims = Claims()) {
        self.init(Identity(name: name, scheme: scheme, claims: claims))
    }

    /// Makes a principal of a token that was verified.
    public init(name: String, scheme: String, token: VerifiedToken) {
        self.init(Identity(name: name, scheme: scheme, token: token))
    }

    /// Nobody in particular: the user of a route without authentication.
    public static let anonymous = Principal(name: "", scheme: "")

    /// False for `.anonymous` alone.
    public var isAuthenticated: Bool { !scheme.isEmpty }

    /// The name; empty for `.anonymous`.
    public var name: String { facts.first.name }

    /// The scheme that found the principal; empty for `.anonymous`.
    public var scheme: String { facts.first.scheme }

    /// What is known of it: the claims of the token, or those that the validator gave.
    public var claims: Claims { facts.first.claims }

    /// The verified token that the request bore; nil for schemes without one.
    public var token: VerifiedToken? { facts.first.token }

    /// The identities, at least one.
    public var identities: [Identity] { [facts.first] + facts.others }

    /// The same principal with one more identity.
    public func adding(_ identity: Identity) -> Principal {
        Principal(facts.first, facts.others + [identity])
    }

    /// The same principal with other claims in its first identity.
    public func with(claims: Claims) -> Principal {
        Principal(facts.first.with(claims: claims), facts.others)
    }
}

extension Principal {
    /// The values of a claim as text, in any of the identities.
    public func values(of claim: ClaimName) -> [String] { identities.flatMap { $0.claims.values(of: claim) } }

    /// The roles in any of the identities.
    public var roles: [String] { identities.flatMap(\.claims.roles) }

    /// The scopes in any of the identities.
    public var scopes: [String] { identities.flatMap(\.claims.scopes) }
}
