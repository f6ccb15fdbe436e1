import ApusHTTP
import Testing

@Suite struct SetCookieTests {
    /// A cookie, and the field value that RFC 6265 §4.1 has for it.
    static let rows: [(HTTP.SetCookie, String)] = {
        do {
            return [
                (try HTTP.SetCookie("SID", "31d4d96e"), "SID=31d4d96e; Path=/; Secure; HttpOnly; SameSite=Lax"),
                (
                    try HTTP.SetCookie("a", "", path: nil, secure: false, httpOnly: false, sameSite: nil), "a="
                ),
                (
                    try HTTP.SetCookie(
                        "lang", "en-US", expires: 1_623_233_894, secure: false, httpOnly: false, sameSite: nil),
                    "lang=en-US; Expires=Wed, 09 Jun 2021 10:18:14 GMT; Path=/"
                ),
                (
                    try HTTP.SetCookie(
                        "a", "b", maxAge: 60, domain: "www.example-1.org", path: "/x y", sameSite: .strict),
                    "a=b; Max-Age=60; Domain=www.example-1.org; Path=/x y; Secure; HttpOnly; SameSite=Strict"
                ),
                (
                    try HTTP.SetCookie("a", "b", maxAge: -1, httpOnly: false, sameSite: HTTP.SetCookie.SameSite.none),
                    "a=b; Max-Age=-1; Path=/; Secure; SameSite=None"
                ),
                (try HTTP.SetCookie("__Host-a", "1"), "__Host-a=1; Path=/; Secure; HttpOnly; SameSite=Lax"),
                (
                    try HTTP.SetCookie("a", "1", maxAge: 5, domain: "a.b", path: "/c").removal,
                    "a=; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=0; Domain=a.b; Path=/c; Secure; HttpOnly; SameSite=Lax"
                ),
            ]
        } catch {
            Issue.record(error)
            return []
        }
    }()

    @Test(arguments: rows) func `writes the field value of RFC 6265`(cookie: HTTP.SetCookie, expected: String) {
        #expect(cookie.fieldValue == expected)
    }

    @Test(arguments: ["", "a b", "a=b", "a;b", "a\r\nb", "a\0", "é", "\"a\"", "a,b", "[a]"])
    func `refuses a name that is no token`(name: String) {
        #expect(throws: HTTP.CookieError.invalidName) { try HTTP.SetCookie(name, "1") }
    }

    /// RFC 6265 §4.1.1, cookie-octet.
    @Test(arguments: [
        "a b", "a;b", "a; Domain=evil.example", "a,b", "a\"b", "a\\b", "a\r\nSet-Cookie: b=1", "a\nb", "a\rb", "a\tb",
        "a\0b",
        "a\u{7F}", "é", "\u{2028}", " ", "🍪",
    ])
    func `refuses a value that could end the cookie or the field`(value: String) {
        #expect(throws: HTTP.CookieError.invalidValue) { try HTTP.SetCookie("a", value) }
    }

    @Test func `takes every octet that a value may have`() throws {
        let value = String(
            decoding: (UInt8(0x21)...0x7E).filter { !Array("\",;\\".utf8).contains($0) }, as: UTF8.self)
        #expect(try HTTP.SetCookie("a", value).value == value && value.utf8.count == 90)
    }

    @Test(arguments: [
        "", ".", ".example.org", "example.org.", "a..b", "-a.org", "a-.org", "a b", "a;b", "a\r\nb", "ex_ample.org",
        "münchen.example", "*.example.org", "[::1]", "example.org:80", String(repeating: "a", count: 64) + ".org",
        String(repeating: "a.", count: 126) + "ab",
    ])
    func `refuses a domain that is no host name`(domain: String) {
        #expect(throws: HTTP.CookieError.invalidDomain) { try HTTP.SetCookie("a", "1", domain: domain) }
    }

    @Test(arguments: [
        "", "a", "a/b", " /", "/a;b", "/a; Domain=evil.example", "/\r\nX: 1", "/a\0", "/é", "/a ", "/\u{7F}", "/a\t",
        "/" + String(repeating: "a", count: 1_024),
    ])
    func `refuses a path that could end the attribute`(path: String) {
        #expect(throws: HTTP.CookieError.invalidPath) { try HTTP.SetCookie("a", "1", path: path) }
    }

    /// RFC 6265bis §4.1.3, in either case of letters.
    @Test(arguments: ["__Host-a", "__host-a", "__HOST-", "__Host-Http-a"])
    func `a name bound to its host has no domain, the path of all, and is secure`(name: String) throws {
        _ = try HTTP.SetCookie(name, "1")
        #expect(throws: HTTP.CookieError.self) { try HTTP.SetCookie(name, "1", domain: "example.org") }
        #expect(throws: HTTP.CookieError.self) { try HTTP.SetCookie(name, "1", path: "/a") }
        #expect(throws: HTTP.CookieError.self) { try HTTP.SetCookie(name, "1", path: nil) }
        #expect(throws: HTTP.CookieError.self) { try HTTP.SetCookie(name, "1", secure: false) }
    }

    @Test(arguments: ["__Secure-a", "__secure-a", "__Http-a", "__SECURE-"])
    func `a name that promises security is secure`(name: String) throws {
        _ = try HTTP.SetCookie(name, "1", domain: "example.org", path: "/a")
        #expect(throws: HTTP.CookieError.self) { try HTTP.SetCookie(name, "1", secure: false) }
    }

    @Test(arguments: ["__Http-a", "__http-a", "__Host-Http-a", "__host-http-a"])
    func `a name that promises to be hidden from scripts is`(name: String) throws {
        _ = try HTTP.SetCookie(name, "1")
        #expect(throws: HTTP.CookieError.self) { try HTTP.SetCookie(name, "1", httpOnly: false) }
    }

    @Test(arguments: ["_Host-a", "__Hos-a", "a__Host-", "__Secure", "__HostA"])
    func `another name promises nothing`(name: String) throws {
        _ = try HTTP.SetCookie(name, "1", domain: "a.b", path: "/a", secure: false, httpOnly: false)
    }

    @Test func `SameSite=None without Secure is refused`() {
        #expect(throws: HTTP.CookieError.sameSiteNoneWithoutSecure) {
            try HTTP.SetCookie("a", "1", secure: false, sameSite: HTTP.SetCookie.SameSite.none)
        }
    }

    /// RFC 6265bis §5.7: browsers drop more than 4,096 octets of name and value.
    @Test func `name and value have at most 4,096 octets`() throws {
        let value = String(repeating: "v", count: 4_092)
        #expect(try HTTP.SetCookie("name", value).value == value)
        #expect(throws: HTTP.CookieError.tooLarge(limit: 4_096)) { try HTTP.SetCookie("names", value) }
    }

    @Test func `a cookie replaces that of the same name, domain and path`() throws {
        var fields = HTTP.Fields()
        try fields.setCookie(HTTP.SetCookie("a", "1"))
        try fields.append(.vary, "Cookie")
        try fields.setCookie(HTTP.SetCookie("b", "2"))
        try fields.setCookie(HTTP.SetCookie("a", "3", path: "/x"))
        try fields.setCookie(HTTP.SetCookie("a", "4", domain: "example.org"))
        try fields.setCookie(HTTP.SetCookie("ab", "5"))
        try fields.setCookie(HTTP.SetCookie("a", "6", maxAge: 9))
        let values = fields.values(of: .setCookie).map { $0.prefix { $0 != ";" } }
        #expect(values == ["b=2", "a=3", "a=4", "ab=5", "a=6"])
        #expect(fields[.vary] == "Cookie")
    }

    @Test func `no description shows the value`() throws {
        let cookie = try HTTP.SetCookie("session", "secret")
        var dumped = ""
        dump(cookie, to: &dumped)
        for text in ["\(cookie)", cookie.debugDescription, String(reflecting: cookie), dumped] {
            #expect(!text.contains("secret"))
        }
    }
}
