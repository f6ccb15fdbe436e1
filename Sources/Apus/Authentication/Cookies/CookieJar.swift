import ApusHTTP

/// A value that is kept in a cookie of a client, or in several when it is too large for one.
///
/// One cookie has the value itself. Of several, the first says how many there are, and those have its name with a
/// number.
struct CookieJar: Sendable {
    /// The most octets of the value in one cookie, which leaves room for name and attributes in what browsers take.
    static let chunkOctets = 3_800
    /// The most cookies that a value is spread over: all of them come with every request.
    static let maximumChunks = 5

    private static let marker = "chunks:"

    private let empty: HTTP.SetCookie

    /// - Parameter model: a cookie with the name and the attributes of those to make.
    /// - Throws: `HTTP.CookieError` when the name leaves no room for the value.
    init(like model: HTTP.SetCookie) throws(HTTP.CookieError) {
        empty = model
        _ = try cookie(Self.chunkName(model.name, Self.maximumChunks), String(repeating: "A", count: Self.chunkOctets))
    }

    var name: String { empty.name }
    var sameSite: HTTP.SetCookie.SameSite? { empty.sameSite }
    var isSecure: Bool { empty.isSecure }

    /// A jar for another value of the same session, with the same attributes.
    func besides(_ suffix: String) throws(HTTP.CookieError) -> CookieJar {
        try CookieJar(
            like: HTTP.SetCookie(
                "\(name)-\(suffix)", "", domain: empty.domain, path: empty.path, secure: empty.isSecure,
                httpOnly: empty.isHTTPOnly, sameSite: empty.sameSite))
    }

    /// What a request has in the way of the value.
    enum Content: Equatable {
        case none
        case found(String)
        /// A part is missing, malformed or there twice: somebody else may have set one of them.
        case malformed
    }

    func read(_ cookies: HTTP.Cookies) -> Content {
        let values = cookies.values(of: name)
        guard let first = values.first else { return .none }
        guard values.count == 1 else { return .malformed }
        guard first.hasPrefix(Self.marker) else { return .found(first) }
        guard let count = (2...Self.maximumChunks).first(where: { first == Self.marker + "\($0)" }) else {
            return .malformed
        }
        var whole = ""
        for number in 1...count {
            let parts = cookies.values(of: Self.chunkName(name, number))
            guard parts.count == 1 else { return .malformed }
            whole += parts[0]
        }
        return .found(whole)
    }

    /// Puts a value into a response, and takes what it does not replace of an older one out of the client.
    ///
    /// - Throws: `CookieAuthenticationError.ticketTooLarge`.
    func write(_ value: String, to response: inout Response, for cookies: HTTP.Cookies) throws {
        let octets = value.utf8.count
        let count = octets <= Self.chunkOctets ? 0 : (octets + Self.chunkOctets - 1) / Self.chunkOctets
        guard count <= Self.maximumChunks else {
            throw CookieAuthenticationError.ticketTooLarge(
                octets: octets, limit: Self.chunkOctets * Self.maximumChunks)
        }
        try response.setCookie(try cookie(name, count == 0 ? value : Self.marker + "\(count)"))
        var rest = value[...]
        for number in 1..<(count + 1) {
            try response.setCookie(try cookie(Self.chunkName(name, number), String(rest.prefix(Self.chunkOctets))))
            rest = rest.dropFirst(Self.chunkOctets)
        }
        try removeChunks(after: count, from: &response, for: cookies)
    }

    /// Takes the value out of the client.
    func clear(_ response: inout Response, for cookies: HTTP.Cookies) throws {
        try response.setCookie(empty.removal)
        try removeChunks(after: 0, from: &response, for: cookies)
    }

    private func removeChunks(after count: Int, from response: inout Response, for cookies: HTTP.Cookies) throws {
        for number in 1...Self.maximumChunks where number > count {
            let chunk = Self.chunkName(name, number)
            if cookies[chunk] != nil { try response.setCookie(try cookie(chunk, "").removal) }
        }
    }

    private func cookie(_ name: String, _ value: String) throws(HTTP.CookieError) -> HTTP.SetCookie {
        try HTTP.SetCookie(
            name, value, domain: empty.domain, path: empty.path, secure: empty.isSecure, httpOnly: empty.isHTTPOnly,
            sameSite: empty.sameSite)
    }

    private static func chunkName(_ name: String, _ number: Int) -> String { "\(name)-\(number)" }
}
