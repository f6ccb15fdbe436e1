/// The name of a claim as it stands in a token.
///
/// Any string literal is a name; the common ones of RFC 7519 §4.1, OpenID Connect Core §5.1, RFC 8693 and RFC 9068 are
/// named here.
public struct ClaimName: Hashable, Sendable, ExpressibleByStringLiteral, CustomStringConvertible {
    /// The name in the token, compared octet by octet.
    public let rawValue: String

    /// Takes a name as it stands in the token.
    public init(_ rawValue: String) {
        self.rawValue = rawValue
    }

    /// Takes a name as it stands in the token.
    public init(stringLiteral value: String) {
        rawValue = value
    }

    /// The name in the token.
    public var description: String { rawValue }
}

extension ClaimName {
    /// `iss`: who issued the token.
    public static let issuer: ClaimName = "iss"
    /// `sub`: whom the token is about.
    public static let subject: ClaimName = "sub"
    /// `aud`: for whom the token is.
    public static let audience: ClaimName = "aud"
    /// `exp`: when the token ends.
    public static let expires: ClaimName = "exp"
    /// `nbf`: when the token begins.
    public static let notBefore: ClaimName = "nbf"
    /// `iat`: when the token was issued.
    public static let issuedAt: ClaimName = "iat"
    /// `jti`: the token's own identifier.
    public static let identifier: ClaimName = "jti"
    /// `auth_time`: when the user proved who they are.
    public static let authenticationTime: ClaimName = "auth_time"

    /// `name`: the name to show.
    public static let name: ClaimName = "name"
    /// `given_name`: the first name.
    public static let givenName: ClaimName = "given_name"
    /// `family_name`: the surname.
    public static let familyName: ClaimName = "family_name"
    /// `preferred_username`: the name to log in with.
    public static let preferredUsername: ClaimName = "preferred_username"
    /// `email`: the e-mail address.
    public static let email: ClaimName = "email"
    /// `email_verified`: whether the address was checked.
    public static let emailVerified: ClaimName = "email_verified"
    /// `phone_number`: the telephone number.
    public static let phoneNumber: ClaimName = "phone_number"
    /// `locale`: the language.
    public static let locale: ClaimName = "locale"

    /// `role`: one role or several.
    public static let role: ClaimName = "role"
    /// `roles`: one role or several.
    public static let roles: ClaimName = "roles"
    /// `groups`: one group or several.
    public static let groups: ClaimName = "groups"
    /// `scope`: what the client may do, separated by spaces (RFC 8693 §4.2).
    public static let scope: ClaimName = "scope"
    /// `scp`: what the client may do, as an array.
    public static let scp: ClaimName = "scp"
    /// `cnf`: the key that whoever presents the token must have (RFC 7800 §3.1).
    public static let confirmation: ClaimName = "cnf"
    /// `client_id`: the client that asked for the token (RFC 8693 §4.3).
    public static let clientID: ClaimName = "client_id"
}
