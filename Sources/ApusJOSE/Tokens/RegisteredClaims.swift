/// The claims whose meaning and type RFC 7519 §4.1 (and for `cnf` RFC 7800 §3.1) fixes, read in one pass over a token's claims.
struct RegisteredClaims {
    /// Where the issuer is among the members.
    private(set) var issuer: Int?
    /// Where the audience is among the members.
    private(set) var audience: Int?
    private(set) var expires: NumericDate?
    private(set) var notBefore: NumericDate?
    private(set) var confirmation: JSONValue?
    /// Whether there is a claim that only an ID token has.
    private(set) var hasIDTokenClaim = false

    /// - Throws: `TokenError.claimMalformed` for the first claim of a wrong type.
    init(_ members: some JSONMembers) throws(TokenError) {
        for position in 0..<members.memberCount {
            let name = members.abstract(at: position)
            guard let claim = Registered(name) else {
                if Self.isIDTokenClaim(name) { hasIDTokenClaim = true }
                continue
            }
            switch claim {
            case .iss:
                try Self.checkString(claim, members, position)
                issuer = position
            case .sub, .jti:
                try Self.checkString(claim, members, position)
            case .exp:
                expires = try Self.date(claim, members, position)
            case .nbf:
                notBefore = try Self.date(claim, members, position)
            case .iat:
                _ = try Self.date(claim, members, position)
            case .aud:
                if !members.isString(at: position), let value = members.value(at: position), !claim.fits(value) {
                    throw .claimMalformed(claim.rawValue)
                }
                audience = position
            case .cnf:
                guard let value = members.value(at: position), claim.fits(value) else {
                    throw .claimMalformed(claim.rawValue)
                }
                confirmation = value
            }
        }
    }

    private static func checkString(
        _ claim: Registered, _ members: some JSONMembers, _ position: Int
    ) throws(TokenError) {
        if !members.isString(at: position) { throw .claimMalformed(claim.rawValue) }
    }

    private static func date(
        _ claim: Registered, _ members: some JSONMembers, _ position: Int
    ) throws(TokenError) -> NumericDate {
        let date: NumericDate? =
            if let whole = members.wholeNumber(at: position) {
                NumericDate(whole)
            } else {
                members.value(at: position).flatMap { NumericDate($0) }
            }
        guard let date else { throw .claimMalformed(claim.rawValue) }
        return date
    }

    /// A claim that is registered.
    enum Registered: String {
        case iss
        case sub
        case aud
        case exp
        case nbf
        case iat
        case jti
        case cnf

        init?(_ name: NameAbstract) {
            switch name.word {
            case 0x6973_7300_0000_0003: self = .iss
            case 0x7375_6200_0000_0003: self = .sub
            case 0x6175_6400_0000_0003: self = .aud
            case 0x6578_7000_0000_0003: self = .exp
            case 0x6E62_6600_0000_0003: self = .nbf
            case 0x6961_7400_0000_0003: self = .iat
            case 0x6A74_6900_0000_0003: self = .jti
            case 0x636E_6600_0000_0003: self = .cnf
            default: return nil
            }
        }

        /// Whether a value is of the claim's type.
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
    private static func isIDTokenClaim(_ name: NameAbstract) -> Bool {
        switch name.word {
        case 0x6E6F_6E63_6500_0005, 0x6174_5F68_6173_6807, 0x635F_6861_7368_0006, 0x735F_6861_7368_0006: true
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
