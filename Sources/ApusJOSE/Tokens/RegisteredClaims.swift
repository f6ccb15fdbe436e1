/// The claims whose meaning and type RFC 7519 §4.1 (and for `cnf` RFC 7800 §3.1) fixes, read in one pass over a token's claims.
struct RegisteredClaims {
    private(set) var issuer: String?
    private(set) var audience: JSONValue?
    private(set) var expires: NumericDate?
    private(set) var notBefore: NumericDate?
    private(set) var confirmation: JSONValue?
    /// Whether there is a claim that only an ID token has.
    private(set) var hasIDTokenClaim = false

    /// - Throws: `TokenError.claimMalformed` for the first claim of a wrong type.
    init(_ claims: Claims) throws(TokenError) {
        try claims.forEachName { (name, value) throws(TokenError) in
            if Self.isIDTokenClaim(name) { hasIDTokenClaim = true }
            guard let claim = Registered(name), let value = value() else { return }
            guard claim.fits(value) else { throw .claimMalformed(claim.name) }
            switch claim {
            case .iss: issuer = value.string
            case .aud: audience = value
            case .exp: expires = NumericDate(value)
            case .nbf: notBefore = NumericDate(value)
            case .cnf: confirmation = value
            case .sub, .jti, .iat: break
            }
        }
    }

    /// Whether a value fits the type of a registered claim; every value fits another claim.
    static func isWellTyped(_ name: String, _ value: JSONValue) -> Bool {
        let utf8 = name.utf8
        return Registered(utf8.span)?.fits(value) ?? true
    }

    /// A claim that is registered, told by its three letters as one number: this is done for each claim of each token.
    private enum Registered: String {
        case iss
        case sub
        case aud
        case exp
        case nbf
        case iat
        case jti
        case cnf

        var name: String { rawValue }

        init?(_ name: Span<UInt8>) {
            guard name.count == 3 else { return nil }
            switch UInt32(name[0]) << 16 | UInt32(name[1]) << 8 | UInt32(name[2]) {
            case 0x69_7373: self = .iss
            case 0x73_7562: self = .sub
            case 0x61_7564: self = .aud
            case 0x65_7870: self = .exp
            case 0x6E_6266: self = .nbf
            case 0x69_6174: self = .iat
            case 0x6A_7469: self = .jti
            case 0x63_6E66: self = .cnf
            default: return nil
            }
        }

        func fits(_ value: JSONValue) -> Bool {
            switch self {
            case .iss, .sub, .jti: value.string != nil
            case .exp, .nbf, .iat: NumericDate(value) != nil
            case .aud: RegisteredClaims.isAudience(value)
            case .cnf: value.object != nil
            }
        }
    }

    /// `nonce`, `at_hash`, `c_hash` (OpenID Connect Core §2, §3.3.2.11) and FAPI's `s_hash`.
    private static func isIDTokenClaim(_ name: Span<UInt8>) -> Bool {
        func spells(_ text: StaticString) -> Bool {
            text.withUTF8Buffer { letters in
                letters.count == name.count && letters.indices.allSatisfy { letters[$0] == name[$0] }
            }
        }
        return switch name.count {
        case 5: spells("nonce")
        case 6: spells("c_hash") || spells("s_hash")
        case 7: spells("at_hash")
        default: false
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
