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

    private let check: Check

    private enum Check {
        typealias Immediate = @Sendable (Principal) throws -> Bool
        typealias Waiting = nonisolated(nonsending) @Sendable (Principal) async throws -> Bool

        case immediate(Immediate)
        case waiting(Waiting)
    }

    /// A policy that `check` decides.
    public init(
        _ name: String, check: nonisolated(nonsending) @escaping @Sendable (Principal) async throws -> Bool
    ) {
        self.init(name, scope: nil, .waiting(check))
    }

    /// A policy that `check` decides, which takes no waiting.
    public init(_ name: String, check: @escaping @Sendable (Principal) throws -> Bool) {
        self.init(name, scope: nil, .immediate(check))
    }

    private init(_ name: String, scope: String?, _ check: Check) {
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
        Policy("scope \(scope)", scope: scope, .immediate { $0.scopes.contains { $0.hasSameOctets(as: scope) } })
    }

    /// All of these hold; for one demand under one name, as `requires(_:)` takes several anyway.
    public static func all(_ policies: Policy..., named name: String? = nil) -> Policy {
        let scopes = policies.compactMap(\.scope)
        let check: Check =
            if let checks = immediateChecks(of: policies) {
                .immediate { principal in try checks.allSatisfy { try $0(principal) } }
            } else {
                .waiting { principal in
                    for policy in policies where try await !policy.allows(principal) { return false }
                    return true
                }
            }
        return Policy(
            name ?? words(policies, " and "), scope: scopes.isEmpty ? nil : scopes.joined(separator: " "), check)
    }

    /// At least one of these holds.
    public static func any(_ policies: Policy..., named name: String? = nil) -> Policy {
        let check: Check =
            if let checks = immediateChecks(of: policies) {
                .immediate { principal in try checks.contains { try $0(principal) } }
            } else {
                .waiting { principal in
                    for policy in policies where try await policy.allows(principal) { return true }
                    return false
                }
            }
        return Policy(name ?? words(policies, " or "), scope: nil, check)
    }

    /// This does not hold.
    public static func not(_ policy: Policy, named name: String? = nil) -> Policy {
        let check: Check =
            switch policy.check {
            case .immediate(let check): .immediate { try !check($0) }
            case .waiting(let check): .waiting { try await !check($0) }
            }
        return Policy(name ?? "not \(policy.name)", scope: nil, check)
    }

    /// Nil when one of them may have to wait.
    private static func immediateChecks(of policies: [Policy]) -> [Check.Immediate]? {
        var checks: [Check.Immediate] = []
        for policy in policies {
            guard case .immediate(let check) = policy.check else { return nil }
            checks.append(check)
        }
        return checks
    }

    private static func words(_ policies: [Policy], _ conjunction: String) -> String {
        "(" + policies.map(\.name).joined(separator: conjunction) + ")"
    }

    /// Decides for one principal.
    ///
    /// - Throws: what the policy's closure throws; nobody passes then.
    public nonisolated(nonsending) func allows(_ principal: Principal) async throws -> Bool {
        switch check {
        case .immediate(let check): try check(principal)
        case .waiting(let check): try await check(principal)
        }
    }

    /// Whether deciding takes no waiting.
    var isImmediate: Bool { if case .immediate = check { true } else { false } }

    /// Decides for one principal; nil when that may have to wait.
    func allowsImmediately(_ principal: Principal) throws -> Bool? {
        if case .immediate(let check) = check { try check(principal) } else { nil }
    }
}
