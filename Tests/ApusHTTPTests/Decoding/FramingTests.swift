import ApusHTTP
import Testing

/// How a request is delimited and whether its connection stays (RFC 9112 §6, §9.3; RFC 9110 §10.1.1).
@Suite struct FramingTests {
    @Test(arguments: [
        ("", HTTP.BodyFraming.none), ("Content-Length: 0\r\n", .none), ("Content-Length: 12\r\n", .length(12)),
        ("Content-Length:12\r\n", .length(12)), ("Content-Length: 0012\r\n", .length(12)),
        ("Transfer-Encoding: chunked\r\n", .chunked), ("TRANSFER-ENCODING: Chunked\r\n", .chunked),
    ])
    func `tells how content is delimited`(_ lines: String, _ framing: HTTP.BodyFraming) throws {
        let head = try #require(try head(of: "POST / HTTP/1.1\r\nHost: a\r\n\(lines)\r\n"))
        #expect(head.control.framing == framing)
    }

    @Test(arguments: [
        ("1.1", "", true), ("1.1", "close", false), ("1.1", "Close", false), ("1.1", "x, close", false),
        ("1.1", "close,keep-alive", false), ("1.1", "closed", true), ("1.1", "x-close", true), ("1.1", ", ,", true),
        ("1.0", "", false), ("1.0", "keep-alive", true), ("1.0", "x ,\tKeep-Alive", true),
        ("1.0", "keep-alive, close", false), ("1.2", "", true),
    ])
    func `tells whether the connection persists`(_ version: String, _ options: String, _ persists: Bool) throws {
        let head = try #require(try head(of: "GET / HTTP/\(version)\r\nHost: a\r\nConnection: \(options)\r\n\r\n"))
        #expect(head.control.keepsAlive == persists)
    }

    @Test func `takes close from any of several Connection lines`() throws {
        let lines = "Connection: x\r\nConnection: close\r\nConnection: keep-alive\r\n"
        let head = try #require(try head(of: "GET / HTTP/1.1\r\nHost: a\r\n\(lines)\r\n"))
        #expect(!head.control.keepsAlive)
    }

    @Test(arguments: [
        ("1.1", "Expect: 100-continue\r\nContent-Length: 5\r\n", true),
        ("1.1", "Expect: 100-Continue\r\nTransfer-Encoding: chunked\r\n", true),
        ("1.1", "Expect: 100-continue\r\n", false),
        ("1.1", "Expect:\r\nContent-Length: 5\r\n", false),
        ("1.1", "Content-Length: 5\r\n", false),
        ("1.0", "Expect: 100-continue\r\nContent-Length: 5\r\n", false),
        ("1.0", "Expect: something\r\nContent-Length: 5\r\n", false),
    ])
    func `tells whether the client waits for 100`(_ version: String, _ lines: String, _ waits: Bool) throws {
        let head = try #require(try head(of: "POST / HTTP/\(version)\r\nHost: a\r\n\(lines)\r\n"))
        #expect(head.control.expectsContinue == waits)
    }

    @Test(arguments: [
        ("HTTP/1.0", HTTP.Version.http10), ("HTTP/1.1", .http11), ("HTTP/1.2", .http11), ("HTTP/1.9", .http11),
    ])
    func `reads a higher minor version as HTTP/1.1`(_ text: String, _ version: HTTP.Version) throws {
        #expect(try #require(try head(of: "GET / \(text)\r\nHost: a\r\n\r\n")).version == version)
    }
}
