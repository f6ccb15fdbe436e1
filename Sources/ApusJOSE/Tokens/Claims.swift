public import FoundationEssentials

/// What a token says about its subject, in the order of the token.
public struct Claims: Hashable, Sendable {
    /// Every claim under its name in the token.
    public let members: JSONObject

    /// Claims by their names; those of a principal that another scheme than a token found.
    public init(_ members: JSONObject = JSONObject()) {
        self.members = members
    }

    /// The claim of this name, or nil.
    public subscript(name: ClaimName) -> JSONValue? { members[name.rawValue] }

    /// Who issued the token, `iss`.
    public var issuer: String? { self[.issuer]?.string }

    /// Whom the token is about, `sub`.
    public var subject: String? { self[.subject]?.string }

    /// For whom the token is, `aud`; empty when it does not say.
    public var audience: [String] { values(of: .audience) }

    /// When the token ends, `exp`; nil when it has no end.
    public var expires: Date? { date(.expires) }

    /// When the token begins, `nbf`.
    public var notBefore: Date? { date(.notBefore) }

    /// When the token was issued, `iat`.
    public var issuedAt: Date? { date(.issuedAt) }

    /// The token's own identifier, `jti`.
    public var identifier: String? { self[.identifier]?.string }

    /// What the client may do: the words of `scope`, or else of `scp`.
    public var scopes: [String] {
        let claim = self[.scope] == nil ? ClaimName.scp : .scope
        return values(of: claim).flatMap { $0.split(separator: " ").map(String.init) }
    }

    /// The roles in `role` and `roles`, each once.
    public var roles: [String] {
        var roles: [String] = []
        for role in values(of: .role) + values(of: .roles) where !roles.contains(role) { roles.append(role) }
        return roles
    }

    /// The values of a claim as text: of a string itself, of an array each element, of others none.
    ///
    /// Truth values become `true` or `false` and numbers their JSON text; objects and `null` have no text.
    public func values(of name: ClaimName) -> [String] {
        switch self[name] {
        case .array(let elements): elements.compactMap(Self.text)
        case let value?: Self.text(value).map { [$0] } ?? []
        case nil: []
        }
    }

    private static func text(_ value: JSONValue) -> String? {
        switch value {
        case .string(let text): text
        case .bool(let value): value ? "true" : "false"
        case .number(let number): number.description
        case .null, .array, .object: nil
        }
    }

    private func date(_ name: ClaimName) -> Date? {
        self[name].flatMap(NumericDate.init)?.date
    }
}
