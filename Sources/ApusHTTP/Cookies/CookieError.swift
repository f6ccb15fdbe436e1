extension HTTP {
    /// Why the cookies of a request are not read, or a cookie cannot be set.
    public enum CookieError: Error, Hashable, Sendable, CustomStringConvertible {
        /// The request has more cookies than the limit.
        case tooMany(limit: Int)
        /// The request's cookies, or name and value of one to set, have more octets than the limit.
        case tooLarge(limit: Int)
        /// The name is no token (RFC 9110 §5.6.2).
        case invalidName
        /// The value has a control character, a space, or one of `"`, `,`, `;` and `\` (RFC 6265 §4.1.1), or is not
        /// ASCII.
        case invalidValue
        /// The domain is no host name; a dot in front is none of it.
        case invalidDomain
        /// The path does not begin with `/`, is longer than 1,024 octets, or has a `;` or what is not printable ASCII.
        case invalidPath
        /// The name begins with the prefix, whose demands the cookie does not meet (RFC 6265bis §4.1.3).
        case prefixDemands(prefix: String, String)
        /// `SameSite=None` without `Secure`, which browsers refuse.
        case sameSiteNoneWithoutSecure

        /// What was expected; never holds a value.
        public var description: String {
            switch self {
            case .tooMany(let limit): "Expected at most \(limit) cookies, found more."
            case .tooLarge(let limit): "Expected at most \(limit) octets of cookies, found more."
            case .invalidName:
                "A cookie's name is one or more letters, digits or characters of !#$%&'*+-.^_`|~ (RFC 6265 §4.1.1)."
            case .invalidValue:
                "A cookie's value is ASCII without control characters, spaces and \" , ; \\ (RFC 6265 §4.1.1); encode it."
            case .invalidDomain: "A cookie's domain is a host name of at most 253 octets, without a dot in front."
            case .invalidPath:
                "A cookie's path begins with / and is at most 1,024 octets of printable ASCII without a semicolon."
            case .prefixDemands(let prefix, let demand):
                "A cookie whose name begins with \(prefix) must \(demand) (RFC 6265bis §4.1.3)."
            case .sameSiteNoneWithoutSecure: "A cookie with SameSite=None must be Secure; browsers refuse it otherwise."
            }
        }
    }
}
