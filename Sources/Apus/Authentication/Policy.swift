public import ApusJOSE

/// A demand on a principal: a claim, a role, a scope, a closure of your own, or several of these with `all`, `any` and `not`.
///
/// Values are compared octet by octet (RFC 7519 §7.3), in all identities of the principal.
///
/// ```swift
/// extension Policy { static let canRead = Policy.claim("can_read", oneOf: "true") }
/// ```
public struct Policy: Sendable {
    /// Names the policy in logs and challenges.
    public let name: String

    /// The scope that would have helped, for the challenge (RFC 6750 §3); nil for policies that are not about scopes.
    public let scope: String?

    private let check: nonisolated(nonsending) @Sendable (Principal) async throws -> Bool

    /// A policy that `check` decides.
    public init(
        _ name: String, check: nonisolated(nonsending) @escaping @Sendable (Principal) async throws -> Bool
    ) {
        self.init(name, scope: nil, check)
    }

    private init(
        _ name: String, scope: String?,
        _ check: nonisolated(nonsending) @escaping @Sendable (Principal) async throws -> Bool
    ) {
        self.name = name
        self.scope = scope
        self.check = check
    }

    /// The claim has one of these values, or holds one of them in its array; `true` stands for the Boolean as well.
    public static func claim(_ claim: ClaimName, oneOf values: String..., named name: String? = nil) -> Policy {
        Policy(name ?? claim.rawValue) { principal in
            principal.values(of: claim).contains { value in values.contains { $0.hasSameOctets(as: value) } }
        }
    }

    /// The principal has this role.
    public static func role(_ role: String) -> Policy {
        Policy("role \(role)") { $0.roles.contains { $0.hasSameOctets(as: role) } }
    }

    /// The principal's token was issued for this scope (RFC 6749 §3.3).
    public static func scope(_ scope: String) -> Policy {
        Policy("scope \(scope)", scope: scope) { $0.scopes.contains { $0.hasSameOctets(as: scope) } }
    }

    /// All of these hold; for one demand under one name, as `requires(_:)` takes several anyway.
    public static func all(_ policies: Policy..., named name: String? = nil) -> Policy {
        let scopes = policies.compactMap(\.scope)
        return Policy(
            name ?? words(policies, " and "), scope: scopes.isEmpty ? nil : scopes.joined(separator: " ")
        ) { principal in
            for policy in policies where try await !policy.allows(principal) { return false }
            return true
        }
    }

    /// At least one of these holds.
    public static func any(_ policies: Policy..., named name: String? = nil) -> Policy {
        Policy(name ?? words(policies, " or ")) { principal in
            for policy in policies where try await policy.allows(principal) { return true }
            return false
        }
    }

    /// This does not hold.
    public static func not(_ policy: Policy, named name: String? = nil) -> Policy {
        Policy(name ?? "not \(policy.name)") { try await !policy.allows($0) }
    }

    private static func words(_ policies: [Policy], _ conjunction: String) -> String {
        "(" + policies.map(\.name).joined(separator: conjunction) + ")"
    }

    /// Decides for one principal.
    ///
    /// - Throws: what the policy's closure throws; nobody passes then.
    public nonisolated(nonsending) func allows(_ principal: Principal) async throws -> Bool {
        try await check(principal)
    }
}
