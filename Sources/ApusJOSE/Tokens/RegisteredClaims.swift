/// The claims whose meaning and type RFC 7519 §4.1 fixes, read in one pass over a token's members.
struct RegisteredClaims {
    private(set) var issuer: String?
    private(set) var audience: JSONValue?
    private(set) var expires: NumericDate?
    private(set) var notBefore: NumericDate?

    /// - Throws: `TokenError.claimMalformed` for the first claim of a wrong type.
    init(_ members: JSONObject) throws(TokenError) {
        for member in members.members {
            guard let claim = Registered(member.name) else { continue }
            guard claim.fits(member.value) else { throw .claimMalformed(member.name) }
            switch claim {
            case .iss: issuer = member.value.string
            case .aud: audience = member.value
            case .exp: expires = NumericDate(member.value)
            case .nbf: notBefore = NumericDate(member.value)
            case .sub, .jti, .iat: break
            }
        }
    }

    /// Whether a value fits the type of a registered claim; every value fits another claim.
    static func isWellTyped(_ name: String, _ value: JSONValue) -> Bool {
        Registered(name)?.fits(value) ?? true
    }

    /// A claim that is registered, told by its three letters as one number: this is done for each claim of each token.
    private enum Registered {
        case iss
        case sub
        case aud
        case exp
        case nbf
        case iat
        case jti

        init?(_ name: String) {
            guard name.utf8.count == 3 else { return nil }
            switch name.utf8.reduce(UInt32(0), { $0 << 8 | UInt32($1) }) {
            case 0x69_7373: self = .iss
            case 0x73_7562: self = .sub
            case 0x61_7564: self = .aud
            case 0x65_7870: self = .exp
            case 0x6E_6266: self = .nbf
            case 0x69_6174: self = .iat
            case 0x6A_7469: self = .jti
            default: return nil
            }
        }

        func fits(_ value: JSONValue) -> Bool {
            switch self {
            case .iss, .sub, .jti: value.string != nil
            case .exp, .nbf, .iat: NumericDate(value) != nil
            case .aud: RegisteredClaims.isAudience(value)
            }
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
