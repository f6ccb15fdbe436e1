public import ApusJOSE

/// A demand on a principal: a claim, a role, a scope, or a closure of your own.
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
            principal.claims.values(of: claim).contains { values.contains($0) }
        }
    }

    /// The principal has this role.
    public static func role(_ role: String) -> Policy {
        Policy("role \(role)") { $0.claims.roles.contains(role) }
    }

    /// The principal's token was issued for this scope (RFC 6749 §3.3).
    public static func scope(_ scope: String) -> Policy {
        Policy("scope \(scope)", scope: scope) { $0.claims.scopes.contains(scope) }
    }

    /// Decides for one principal.
    ///
    /// - Throws: what the policy's closure throws; nobody passes then.
    public nonisolated(nonsending) func allows(_ principal: Principal) async throws -> Bool {
        try await check(principal)
    }
}
