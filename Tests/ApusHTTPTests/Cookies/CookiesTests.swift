import Testing

@testable import ApusHTTP

@Suite struct CookiesTests {
    private static func cookies(_ lines: String...) throws -> HTTP.Cookies {
        var fields = HTTP.Fields()
        for line in lines { try fields.append(.cookie, line) }
        return try HTTP.Cookies(fields)
    }

    /// The examples of RFC 6265 §3.1, and what browsers send by RFC 6265bis §5.8.3.
    @Test(arguments: [
        ("SID=31d4d96e407aad42", ["SID", "31d4d96e407aad42"]),
        ("SID=31d4d96e407aad42; lang=en-US", ["SID", "31d4d96e407aad42", "lang", "en-US"]),
        ("a=1;b=2", ["a", "1", "b", "2"]), ("a=1;  b=2 ;\tc=3\t", ["a", "1", "b", "2", "c", "3"]),
        ("a=", ["a", ""]), ("a=b=c==", ["a", "b=c=="]), (";;a=1;;", ["a", "1"]), ("a=1; a=2", ["a", "1", "a", "2"]),
        ("a=\"1\"", ["a", "\"1\""]), ("a=x y", ["a", "x y"]), ("a=x,y\\z", ["a", "x,y\\z"]),
        ("a=Jürgen", ["a", "Jürgen"]),
        ("$Version=1; a=1", ["$Version", "1", "a", "1"]), ("__Host-a=1", ["__Host-a", "1"]), ("a= 1", ["a", "1"]),
    ])
    func `reads pairs in order`(_ line: String, _ expected: [String]) throws {
        #expect(try Self.cookies(line).flatMap { [$0.name, $0.value] } == expected)
    }

    /// A cookie that somebody set for a parent domain, so that another reads differently, if the reader is lax.
    @Test(arguments: [
        "nameless", "=value", " = ", "a b=1", "a =1", "a\t=1", "(a)=1", "a\"=1", "é=1", "\u{2000}__Host-a=1",
        "\u{00A0}a=1",
        ",a=1", "a@=1",
    ])
    func `passes over what has no token for a name`(_ pair: String) throws {
        let cookies = try Self.cookies("before=1; \(pair); after=2")
        #expect(cookies.map(\.name) == ["before", "after"])
    }

    /// With quoted strings a cookie could swallow those behind it, and show their values to a script.
    @Test func `a semicolon separates even between quotation marks`() throws {
        let cookies = try Self.cookies("a=\"1; session=secret; b=2\"")
        #expect(cookies.map(\.name) == ["a", "session", "b"] && cookies["a"] == "\"1" && cookies["b"] == "2\"")
    }

    @Test func `gives the first of a name, and all of them in order`() throws {
        let cookies = try Self.cookies("a=1; b=2; a=3", "A=4; a=5")
        #expect(cookies["a"] == "1" && cookies.values(of: "a") == ["1", "3", "5"])
        #expect(cookies["A"] == "4" && cookies["c"] == nil && cookies.values(of: "c").isEmpty)
        #expect(cookies["ab"] == nil && cookies[""] == nil && cookies.count == 5)
    }

    @Test func `reads several lines as one, and none as no cookies`() throws {
        #expect(try Self.cookies("a=1", "b=2; c=3").map(\.value) == ["1", "2", "3"])
        #expect(try HTTP.Cookies(HTTP.Fields()).isEmpty)
        var fields = HTTP.Fields()
        try fields.append("Cookie2", "a=1")
        #expect(try HTTP.Cookies(fields).isEmpty)
    }

    @Test func `keeps octets that are no UTF-8 as ISO-8859-1`() throws {
        var decoder = RequestDecoder(limits: HTTP.DecoderLimits())
        let head = Array("GET / HTTP/1.1\r\nHost: a\r\nCookie: a=\u{1}; b=2\r\n\r\n".utf8).map { $0 == 1 ? 0xE9 : $0 }
        var found: HTTP.RequestHead?
        guard case .head = try decoder.decode(head.span, into: &found).event, let found else {
            Issue.record("Expected a request")
            return
        }
        #expect(try HTTP.Cookies(found.fields).map(\.value) == ["é", "2"])
    }

    @Test func `refuses more than the limits`() throws {
        var fields = HTTP.Fields()
        for _ in 0..<100 { try fields.append(.cookie, "a=1; b=2") }
        #expect(try HTTP.Cookies(fields).count == 200)
        #expect(try HTTP.Cookies(fields, maximumOctets: 800).count == 200)
        #expect(throws: HTTP.CookieError.tooLarge(limit: 799)) { try HTTP.Cookies(fields, maximumOctets: 799) }
        #expect(throws: HTTP.CookieError.tooMany(limit: 199)) { try HTTP.Cookies(fields, limit: 199) }
        try fields.append(.cookie, "c=3")
        #expect(throws: HTTP.CookieError.tooMany(limit: 200)) { try HTTP.Cookies(fields) }
    }

    @Test func `no description shows a value`() throws {
        let cookies = try Self.cookies("session=secret; b=\"hidden\"")
        var dumped = ""
        dump(cookies, to: &dumped)
        for text in [cookies.description, "\(cookies)", cookies.debugDescription, String(reflecting: cookies), dumped] {
            #expect(!text.contains("secret") && !text.contains("hidden"))
        }
        #expect(cookies.description == "session=<redacted>; b=<redacted>")
    }
}
