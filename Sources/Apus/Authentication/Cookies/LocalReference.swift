/// Addresses that a redirect may follow although a client has sent them: those of this very server.
enum LocalReference {
    /// Whether a browser that gets this as Location stays at the origin that it is at.
    ///
    /// One `/` in front and no second, which would begin a host (RFC 3986 §4.2); no backslash, which browsers read as
    /// `/`; nothing but printable ASCII, because browsers drop tabs and line ends from addresses (WHATWG URL §4.4).
    static func isLocal(_ reference: String) -> Bool {
        let octets = Array(reference.utf8)
        guard octets.first == UInt8(ascii: "/"), octets.count == 1 || octets[1] != UInt8(ascii: "/") else {
            return false
        }
        return octets.count <= maximumOctets
            && octets.allSatisfy { 0x21...0x7E ~= $0 && $0 != UInt8(ascii: "\\") }
    }

    /// The longest address that is followed, in octets.
    static let maximumOctets = 2_048
}

extension Request {
    /// Where somebody was going who had to sign in first: the query's `ReturnUrl`, if it is an address of this very
    /// server.
    ///
    /// ```swift
    /// return try cookies.signIn(name, for: request, with: Response.redirect(to: request.returnURL ?? "/", .seeOther))
    /// ```
    /// Nil when there is none, or several, or one that would lead elsewhere: such a link is how a stranger's page
    /// passes itself off as the next page of this service.
    public var returnURL: String? {
        guard let values = try? query().values(of: "ReturnUrl"), values.count == 1 else { return nil }
        return LocalReference.isLocal(values[0]) ? values[0] : nil
    }
}
