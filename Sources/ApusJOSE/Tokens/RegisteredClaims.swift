/// The claims whose meaning and type RFC 7519 §4.1 fixes, read in one pass over a token's members.
struct RegisteredClaims {
    private(set) var issuer: String?
    private(set) var audience: JSONValue?
    private(set) var expires: NumericDate?
    private(set) var notBefore: NumericDate?

    /// - Throws: `TokenError.claimMalformed` for the first claim of a wrong type.
    init(_ members: JSONObject) throws(TokenError) {
        for member in members.members where member.name.utf8.count == 3 {
            guard Self.isWellTyped(member.name, member.value) else { throw .claimMalformed(member.name) }
            switch member.name {
            case "iss": issuer = member.value.string
            case "aud": audience = member.value
            case "exp": expires = NumericDate(member.value)
            case "nbf": notBefore = NumericDate(member.value)
            default: break
            }
        }
    }

    /// Whether a value fits the type of a registered claim; every value fits another claim.
    static func isWellTyped(_ name: String, _ value: JSONValue) -> Bool {
        switch name {
        case "iss", "sub", "jti": value.string != nil
        case "exp", "nbf", "iat": NumericDate(value) != nil
        case "aud": isAudience(value)
        default: true
        }
    }

    // RFC 7519 §4.1.3: a string, or an array of strings; an empty array addresses nobody.
    private static func isAudience(_ value: JSONValue) -> Bool {
        switch value {
        case .string: true
        case .array(let elements): !elements.isEmpty && elements.allSatisfy { $0.string != nil }
        default: false
        }
    }
}
