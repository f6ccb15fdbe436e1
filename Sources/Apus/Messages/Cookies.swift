public import ApusHTTP

extension Request {
    /// The cookies that the client sent, in their order; values are secrets as a rule.
    ///
    /// ```swift
    /// let theme = try request.cookies["theme"] ?? "light"
    /// ```
    ///
    /// - Throws: `Problem` 431 for more than 200 cookies or 32,768 octets of them.
    public var cookies: HTTP.Cookies {
        get throws {
            do {
                return try HTTP.Cookies(headers)
            } catch {
                throw Problem(.requestHeaderFieldsTooLarge, "\(error)", cause: error)
            }
        }
    }
}

extension Response {
    /// Sets a cookie, in place of one of the same name, domain and path that the response sets already.
    ///
    /// ```swift
    /// try response.setCookie(HTTP.SetCookie("theme", "dark", maxAge: 86_400))
    /// ```
    ///
    /// - Throws: `HTTP.FieldError` when the header fields would grow past 4 GiB.
    public mutating func setCookie(_ cookie: HTTP.SetCookie) throws(HTTP.FieldError) {
        try headers.setCookie(cookie)
    }
}
