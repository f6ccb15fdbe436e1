public import FoundationEssentials

/// What a token says about its subject, in the order of the token.
public struct Claims: Hashable, Sendable {
    enum Form {
        case object(JSONObject)
        case document(JSONDocument)
    }

    let form: Form

    /// Claims by their names; those of a principal that another scheme than a token found.
    public init(_ members: JSONObject = JSONObject()) {
        form = .object(members)
    }

    /// Reads and checks the claims of a token, a JSON object.
    init(document: [UInt8]) throws(TokenError) {
        do {
            if let document = try JSONDocument(checking: document) {
                form = .document(document)
                return
            }
            if case .object(let members) = try JSONValue.parse(document) {
                form = .object(members)
                return
            }
        } catch {
            throw .malformed
        }
        throw .malformed
    }

    /// Every claim under its name in the token; those of a token are read anew with each call.
    public var members: JSONObject {
        switch form {
        case .object(let members): members
        case .document(let document): document.object
        }
    }

    /// The claim of this name, or nil.
    public subscript(name: ClaimName) -> JSONValue? {
        switch form {
        case .object(let members): members[name.rawValue]
        case .document(let document): document[name.rawValue]
        }
    }

    /// The claim of this name if it is a string.
    package func string(_ name: ClaimName) -> String? {
        switch form {
        case .object(let members): members[name.rawValue]?.string
        case .document(let document): document.string(name.rawValue)
        }
    }

    /// Who issued the token, `iss`.
    public var issuer: String? { string(.issuer) }

    /// Whom the token is about, `sub`.
    public var subject: String? { string(.subject) }

    /// For whom the token is, `aud`; empty when it does not say.
    public var audience: [String] { values(of: .audience) }

    /// When the token ends, `exp`; nil when it has no end.
    public var expires: Date? { date(.expires) }

    /// When the token begins, `nbf`.
    public var notBefore: Date? { date(.notBefore) }

    /// When the token was issued, `iat`.
    public var issuedAt: Date? { date(.issuedAt) }

    /// The token's own identifier, `jti`.
    public var identifier: String? { string(.identifier) }

    /// What the client may do: the words of `scope`, or else of `scp`.
    public var scopes: [String] {
        let claim = self[.scope] == nil ? ClaimName.scp : .scope
        return values(of: claim).flatMap { $0.split(separator: " ").map(String.init) }
    }

    /// The roles in `role` and `roles`, each once.
    public var roles: [String] {
        var roles: [String] = []
        for role in values(of: .role) + values(of: .roles) {
            // `==` holds for canonically equivalent names too, of which either may be the one that is asked for.
            if !roles.contains(where: { $0.hasSameOctets(as: role) }) { roles.append(role) }
        }
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

extension Claims {
    /// Whether both have the same claims in any order.
    public static func == (first: Claims, second: Claims) -> Bool { first.members == second.members }

    /// Mixes the claims in such a way that their order does not count.
    public func hash(into hasher: inout Hasher) { hasher.combine(members) }
}
