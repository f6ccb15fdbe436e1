extension HTTP {
    /// A cookie that a response sets (RFC 6265 §4.1), checked when it is made so that nothing in it can end a field.
    ///
    /// Unless told otherwise it is sent over TLS only, hidden from scripts, kept from most requests of other sites, and
    /// gone when the browser closes.
    public struct SetCookie: Hashable, Sendable {
        /// Which requests that another site causes bear the cookie (RFC 6265bis §4.1.2.7).
        public enum SameSite: String, Hashable, Sendable, CaseIterable {
            /// None.
            case strict = "Strict"
            /// Only those that lead the browser here by a safe method.
            case lax = "Lax"
            /// All; such a cookie must be Secure.
            case none = "None"
        }

        /// The most octets that name and value may have together; browsers drop what is larger.
        public static let maximumOctets = 4_096

        /// The name, a token; case-sensitive.
        public let name: String
        /// The value.
        public let value: String
        /// For how many seconds the browser keeps the cookie; zero or less removes it, nil keeps it until the browser
        /// closes.
        public let maxAge: Int?
        /// When the cookie ends, in seconds since 1970; `maxAge` wins over it.
        public let expires: Int?
        /// The domain that receives it with all its subdomains; nil for the host that set it alone.
        public let domain: String?
        /// The path at and under which it is received; nil for the folder of the request's path.
        public let path: String?
        /// Sent over TLS alone.
        public let isSecure: Bool
        /// Hidden from scripts.
        public let isHTTPOnly: Bool
        /// Which requests from other sites bear it; nil leaves that to the browser.
        public let sameSite: SameSite?

        /// - Throws: ``HTTP/CookieError`` for what cannot stand in the field, for more than 4,096 octets of name and
        ///   value, and for attributes that a browser would refuse: those against the rules of a name that begins with
        ///   `__Host-`, `__Secure-`, `__Http-` or `__Host-Http-`, and `SameSite=None` without `Secure`.
        public init(
            _ name: String, _ value: String, maxAge: Int? = nil, expires: Int? = nil, domain: String? = nil,
            path: String? = "/", secure: Bool = true, httpOnly: Bool = true, sameSite: SameSite? = .lax
        ) throws(HTTP.CookieError) {
            let octets = name.utf8.span
            guard Octet.isToken(octets, 0..<octets.count) else { throw .invalidName }
            guard value.utf8.allSatisfy(Octet.cookieValue.contains) else { throw .invalidValue }
            guard octets.count + value.utf8.count <= Self.maximumOctets else {
                throw .tooLarge(limit: Self.maximumOctets)
            }
            if let domain { try Self.check(domain: domain) }
            if let path { try Self.check(path: path) }
            if sameSite == SameSite.none, !secure { throw .sameSiteNoneWithoutSecure }
            self.name = name
            self.value = value
            self.maxAge = maxAge
            self.expires = expires
            self.domain = domain
            self.path = path
            isSecure = secure
            isHTTPOnly = httpOnly
            self.sameSite = sameSite
            try CookiePrefix.check(self)
        }

        /// What removes the cookie from a browser: the same name, domain and path, no value, and an end that is over.
        public var removal: SetCookie { SetCookie(removing: self) }

        private init(removing cookie: SetCookie) {
            name = cookie.name
            value = ""
            maxAge = 0
            expires = 0
            domain = cookie.domain
            path = cookie.path
            isSecure = cookie.isSecure
            isHTTPOnly = cookie.isHTTPOnly
            sameSite = cookie.sameSite
        }

        private static func check(domain: String) throws(HTTP.CookieError) {
            let labels = domain.utf8.split(separator: Octet.period, omittingEmptySubsequences: false)
            let isHostName = labels.allSatisfy { label in
                1...63 ~= label.count && label.first != Octet.hyphen && label.last != Octet.hyphen
                    && label.allSatisfy { Octet.isDigit($0) || 0x61...0x7A ~= $0 | 0x20 || $0 == Octet.hyphen }
            }
            guard isHostName, domain.utf8.count <= 253 else { throw .invalidDomain }
        }

        private static func check(path: String) throws(HTTP.CookieError) {
            let isValid = path.utf8.allSatisfy { 0x20...0x7E ~= $0 && $0 != Octet.semicolon }
            // Spaces at the ends are not part of the value that a browser reads.
            guard isValid, path.hasPrefix("/"), !path.hasSuffix(" "), path.utf8.count <= 1_024 else {
                throw .invalidPath
            }
        }
    }
}

extension HTTP.SetCookie {
    /// The value of a Set-Cookie field; it holds the cookie's value, which may be secret.
    public var fieldValue: String {
        var text = "\(name)=\(value)"
        if let expires {
            text += "; Expires=" + String(decoding: IMFFixdate.format(secondsSince1970: expires), as: UTF8.self)
        }
        if let maxAge { text += "; Max-Age=\(maxAge)" }
        if let domain { text += "; Domain=\(domain)" }
        if let path { text += "; Path=\(path)" }
        if isSecure { text += "; Secure" }
        if isHTTPOnly { text += "; HttpOnly" }
        if let sameSite { text += "; SameSite=\(sameSite.rawValue)" }
        return text
    }
}

extension HTTP.SetCookie: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The name for a log; the value may be a session.
    public var description: String { "\(name)=<redacted>" }

    /// As ``description``.
    public var debugDescription: String { description }

    /// No children: they would show what ``description`` leaves out.
    public var customMirror: Mirror { Mirror(self, children: [], displayStyle: .struct) }
}
