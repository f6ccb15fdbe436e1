/// What browsers demand of a cookie by the beginning of its name (RFC 6265bis §4.1.3).
///
/// They compare the beginning in either case of letters, so that no server that ignores case is misled.
enum CookiePrefix: String, CaseIterable {
    // The longer one first, because it begins like the other.
    case hostHTTP = "__Host-Http-"
    case host = "__Host-"
    case http = "__Http-"
    case secure = "__Secure-"

    private var bindsToHost: Bool { self == .host || self == .hostHTTP }
    private var hidesFromScripts: Bool { self == .http || self == .hostHTTP }

    static func check(_ cookie: HTTP.SetCookie) throws(HTTP.CookieError) {
        let name = cookie.name.utf8.span
        let prefix = allCases.first { prefix in
            let wanted = prefix.rawValue.utf8.span
            return name.count >= wanted.count && Octet.equalsIgnoringCase(name, from: 0, wanted)
        }
        guard let prefix else { return }
        func demand(_ isMet: Bool, _ demand: String) throws(HTTP.CookieError) {
            guard isMet else { throw .prefixDemands(prefix: prefix.rawValue, demand) }
        }
        try demand(cookie.isSecure, "be Secure")
        if prefix.hidesFromScripts { try demand(cookie.isHTTPOnly, "be HttpOnly") }
        if prefix.bindsToHost {
            try demand(cookie.domain == nil, "have no Domain")
            try demand(cookie.path == "/", "have the Path /")
        }
    }
}
