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
        #expect(
            head.control.framing == .length(5) && head.control.expectsContinue && !head.control.keepsAlive
                && head.version == .http11)
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

    /// A decoder makes the next head in the memory of the last one where nobody has that any more.
    @Test(arguments: ["nothing", "head", "fields", "both"])
    func `stays as it is when the decoder goes on`(kept: String) throws {
        var decoder = RequestDecoder(limits: HTTP.DecoderLimits())
        var memory: HTTP.RequestHead?
        var heads: [HTTP.RequestHead] = []
        var fields: [HTTP.Fields] = []
        let sizes = [3, 30, 300, 2, 0, 400, 1]
        for size in sizes {
            let lines = (0..<size % 7).map { "X\($0): \(size)\r\n" }.joined()
            let path = "/" + String(repeating: "p", count: size)
            let method = size % 2 == 0 ? "GET" : "M\(size)"
            let octets = Array("\(method) \(path) HTTP/1.1\r\nHost: h\(size)\r\n\(lines)\r\n".utf8)
            guard case .head = try decoder.decode(octets.span, into: &memory).event, let head = memory else {
                Issue.record("expected a head")
                return
            }
            #expect(head.method.token == method && head.path == path && head.host == "h\(size)")
            #expect(head.fields.count == 1 + size % 7)
            if ["head", "both"].contains(kept) { heads.append(head) }
            if ["fields", "both"].contains(kept) { fields.append(head.fields) }
        }
        for (head, size) in zip(heads, sizes) {
            #expect(head.path.utf8.count == size + 1 && head.host == "h\(size)" && head.fields.count == 1 + size % 7)
        }
        for (fields, size) in zip(fields, sizes) {
            #expect(fields[.host] == "h\(size)" && fields.dropFirst().allSatisfy { $0.value == "\(size)" })
            #expect(fields.count == 1 + size % 7)
        }
    }

    @Test func `is changed without the one that is read next`() throws {
        var decoder = RequestDecoder(limits: HTTP.DecoderLimits())
        let octets = Array("GET /a HTTP/1.1\r\nHost: h\r\nX: 1\r\n\r\n".utf8)
        var head: HTTP.RequestHead?
        _ = try decoder.decode(octets.span, into: &head)
        var changed = try #require(head)
        changed.method = .put
        changed.fields.remove("X")
        #expect(head?.method == .get && head?.fields.count == 2)
        _ = try decoder.decode(octets.span, into: &head)
        #expect(changed.method == .put && changed.fields.count == 1 && changed.path == "/a")
        #expect(head?.method == .get && head?.fields.map(\.value) == ["h", "1"])
    }

    @Test func `shows neither query nor fields`() throws {
        let head = try #require(try head(of: "GET /a?token=s3cret HTTP/1.1\r\nHost: a\r\nCookie: s3cret\r\n\r\n"))
        var dumped = ""
        dump(head, to: &dumped)
        #expect("\(head)" == "GET /a HTTP/1.1")
        #expect(![String(reflecting: head), dumped].contains { $0.contains("s3cret") || $0.contains("115") })
    }
}
