import Apus
import Testing

/// Policies by themselves: what they are made of, and how they are put together.
@Suite struct PolicyTests {
    private static let user = Principal(
        name: "u", scheme: "Test",
        claims: Claims(["role": "editor", "scope": "read write", "level": 3, "groups": ["a", "b"]]))

    private struct Down: Error {}
    private static let yes = Policy("yes") { _ in true }
    private static let no = Policy("no") { _ in false }
    private static let down = Policy("down") { _ in throw Down() }

    static let combinations: [(policy: Policy, holds: Bool, name: String, scope: String?)] = [
        (.all(yes, yes), true, "(yes and yes)", nil),
        (.all(yes, no), false, "(yes and no)", nil),
        (.all(), true, "()", nil),
        (.any(no, yes), true, "(no or yes)", nil),
        (.any(no, no), false, "(no or no)", nil),
        (.any(), false, "()", nil),
        (.not(no), true, "not no", nil),
        (.not(yes), false, "not yes", nil),
        (.all(.not(.any(no, no)), yes), true, "(not (no or no) and yes)", nil),
        (.any(yes, down), true, "(yes or down)", nil),
        (.all(no, down), false, "(no and down)", nil),
        (.all(.scope("read"), .scope("write"), named: "both"), true, "both", "read write"),
        (.any(.scope("read"), .role("admin")), true, "(scope read or role admin)", nil),
        (.any(.role("admin"), .claim("level", oneOf: "3")), true, "(role admin or level)", nil),
        (.not(.claim("groups", oneOf: "b"), named: "outsider"), false, "outsider", nil),
    ]

    @Test(arguments: combinations.indices)
    func `all, any and not hold as in logic, and are named by their parts`(row: Int) async throws {
        let (policy, holds, name, scope) = Self.combinations[row]
        let isAllowed = try await policy.allows(Self.user)
        #expect(isAllowed == holds && policy.name == name && policy.scope == scope)
    }

    @Test(arguments: [Policy.all(yes, down), .any(no, down), .not(down)])
    func `a policy that cannot decide lets nobody pass`(policy: Policy) async {
        await #expect(throws: Down.self) { try await policy.allows(Self.user) }
    }

    /// RFC 7519 §7.3: no Unicode normalisation.
    ///
    /// U+212A KELVIN SIGN is canonically equivalent to `K`.
    @Test(arguments: [Policy.role("Keeper"), .scope("Keeper"), .claim("group", oneOf: "Keeper")])
    func `values that merely look the same are not the same`(policy: Policy) async throws {
        let kelvin = Claims(["role": "\u{212A}eeper", "scope": "\u{212A}eeper", "group": "\u{212A}eeper"])
        let latin = Claims(["role": "Keeper", "scope": "Keeper", "group": "Keeper"])
        let isKelvinAllowed = try await policy.allows(Principal(name: "u", scheme: "s", claims: kelvin))
        let isLatinAllowed = try await policy.allows(Principal(name: "u", scheme: "s", claims: latin))
        #expect(!isKelvinAllowed && isLatinAllowed)
    }

    @Test func `all identities of a principal count`() async throws {
        let both = Self.user.adding(Identity(name: "U.", scheme: "Directory", claims: Claims(["role": "admin"])))
        let isAllowed = try await Policy.all(.role("admin"), .role("editor"), .scope("read")).allows(both)
        #expect(isAllowed)
        #expect(both.name == "u" && both.scheme == "Test" && both.claims == Self.user.claims)
        #expect(both.identities.map(\.name) == ["u", "U."] && both.identities.map(\.scheme) == ["Test", "Directory"])
        #expect(both.roles == ["editor", "admin"] && both.values(of: "groups") == ["a", "b"])
    }
}
