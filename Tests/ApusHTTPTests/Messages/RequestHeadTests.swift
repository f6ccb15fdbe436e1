import ApusHTTP
import Testing

@Suite struct RequestHeadTests {
    @Test(arguments: [
        ("GET", "/", "/", nil as String?, "h" as String?), ("GET", "/a/b?c=d?e", "/a/b", "c=d?e", "h"),
        ("GET", "/?", "/", "", "h"), ("GET", "//a", "//a", nil, "h"), ("GET", "/%2e%2F/..", "/%2e%2F/..", nil, "h"),
        ("GET", "/http://x/", "/http://x/", nil, "h"),
        // RFC 9112 §3.2.2: the target's authority replaces Host.
        ("GET", "http://x:8080/p?q", "/p", "q", "x:8080"), ("GET", "HTTPS://x/p", "/p", nil, "x"),
        // RFC 9110 §4.2.3: an empty path is `/`.
        ("GET", "http://x", "/", nil, "x"), ("GET", "http://x?q=/", "/", "q=/", "x"),
        ("GET", "https://x:1", "/", nil, "x:1"),
        ("CONNECT", "x:443", "", nil, "x:443"), ("CONNECT", "[::1]:443", "", nil, "[::1]:443"),
        ("OPTIONS", "*", "", nil, "h"), ("OPTIONS", "/a", "/a", nil, "h"),
    ])
    func `takes a target apart`(
        _ method: String, _ target: String, _ path: String, _ query: String?, _ host: String?
    ) throws {
        let read = try #require(try head(of: "\(method) \(target) HTTP/1.1\r\nHost: h\r\n\r\n"))
        var fields = HTTP.Fields()
        try fields.append(.host, "h")
        let made = try HTTP.RequestHead(method: #require(HTTP.Method(method)), target: target, fields: fields)
        for head in [read, made] {
            #expect(head.target == target && head.path == path && head.query == query && head.host == host)
            #expect(Array(head.pathBytes) == Array(path.utf8))
            #expect(head.isAsteriskForm == (target == "*"))
            #expect(head.fields == fields)
        }
    }

    /// RFC 3986 §2.1 and §3.3: what is encoded, and the segments that stand for others.
    @Test(arguments: [
        ("/", true), ("/a/b", true), ("/~a;b=c,d/@:!$&'()*+", true), ("/a?..%", true), ("//a//", true),
        ("http://x.y", true), ("http://x.y/a?.", true),
        ("/%61", false), ("/a/..", false), ("/.", false), ("/a\\b", false), ("/a.b", false),
        ("http://x/../a", false), ("/a%2e?q", false),
    ])
    func `says that a path means what it says only where that is sure`(_ target: String, _ isPlain: Bool) throws {
        let head = try #require(try head(of: "GET \(target) HTTP/1.1\r\nHost: h\r\n\r\n"))
        #expect(head.isPathPlain == isPlain)
    }

    @Test(arguments: 0..<20)
    func `looks at each character of a path wherever it stands`(place: Int) throws {
        for octet in UInt8(0x21)...0x7E where octet != UInt8(ascii: "#") {
            let character = Character(Unicode.Scalar(octet))
            let start = "/" + String(repeating: "a", count: place)
            let target = start + "\(character)" + String(repeating: "z", count: 19 - place)
            let head = try #require(try head(of: "GET \(target) HTTP/1.1\r\nHost: h\r\n\r\n"))
            #expect(head.path == (character == "?" ? start : target))
            #expect(head.isPathPlain == !"%.\\".contains(character), "\(target)")
        }
        let target = "/" + String(repeating: "a", count: place) + "#" + String(repeating: "z", count: 19 - place)
        #expect(Transcript("GET \(target) HTTP/1.1\r\nHost: h\r\n\r\n").failure?.reason == .invalidTarget)
    }

    @Test func `has no host if a HTTP/1.0 request has none, and an empty one if Host is empty`() throws {
        #expect(try #require(try head(of: "GET / HTTP/1.0\r\n\r\n")).host == nil)
        #expect(try #require(try head(of: "GET / HTTP/1.1\r\nHost: \r\n\r\n")).host == "")
    }

    @Test func `is made without the wire as it would be read from it`() throws {
        var fields = HTTP.Fields()
        try fields.append(.host, "a")
        try fields.append(.contentLength, "5")
        try fields.append(.expect, "100-continue")
        try fields.append(.connection, "close")
        let head = try HTTP.RequestHead(method: .put, target: "/", fields: fields)
        #expect(head.framing == .length(5) && head.expectsContinue && !head.keepsAlive && head.version == .http11)
    }

    @Test(arguments: [
        ("", HTTP.DecodingError.Reason.malformedRequestLine), ("a", .targetFormMismatch), ("/a b", .invalidTarget),
        ("/ü", .invalidTarget), ("/\r\n", .invalidTarget), ("/a#b", .invalidTarget), ("*", .targetFormMismatch),
    ])
    func `is not made of a target that no request has`(_ target: String, _ reason: HTTP.DecodingError.Reason) throws {
        var fields = HTTP.Fields()
        try fields.append(.host, "a")
        #expect(throws: HTTP.DecodingError(reason)) {
            try HTTP.RequestHead(method: .get, target: target, fields: fields)
        }
    }

    @Test func `is not made of fields that no request has`() throws {
        var fields = HTTP.Fields()
        #expect(throws: HTTP.DecodingError(.missingHost)) {
            try HTTP.RequestHead(method: .get, target: "/", fields: fields)
        }
        try fields.append(.host, "a")
        try fields.append(.contentLength, "5")
        try fields.append(.transferEncoding, "chunked")
        #expect(throws: HTTP.DecodingError(.contentLengthWithTransferEncoding)) {
            try HTTP.RequestHead(method: .get, target: "/", fields: fields)
        }
    }

    @Test func `shows neither query nor fields`() throws {
        let head = try #require(try head(of: "GET /a?token=s3cret HTTP/1.1\r\nHost: a\r\nCookie: s3cret\r\n\r\n"))
        var dumped = ""
        dump(head, to: &dumped)
        #expect("\(head)" == "GET /a HTTP/1.1")
        #expect(![String(reflecting: head), dumped].contains { $0.contains("s3cret") || $0.contains("115") })
    }
}
