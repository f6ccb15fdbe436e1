import ApusHTTP
import Testing

/// What is kept from one response to the next is what a response of its own would begin with.
@Suite struct ResponseBeginningTests {
    /// The two seconds are those of RFC 9110 §5.6.7's example and the next one.
    private static let seconds = [
        (784_111_777, "Sun, 06 Nov 1994 08:49:37 GMT"), (784_111_778, "Sun, 06 Nov 1994 08:49:38 GMT"),
    ]
    private static let statuses = [
        (200, "200 OK"), (201, "201 Created"), (404, "404 Not Found"), (500, "500 Internal Server Error"),
        (599, "599 "),
    ]
    private static let types: [(HTTP.ContentType?, String)] = [
        (nil, ""), (.text, "Content-Type: text/plain; charset=utf-8\r\n"),
        (.html, "Content-Type: text/html; charset=utf-8\r\n"),
        (.json, "Content-Type: application/json; charset=utf-8\r\n"),
        (.problem, "Content-Type: application/problem+json\r\n"),
        (.octets, "Content-Type: application/octet-stream\r\n"), ("a/b", "Content-Type: a/b\r\n"),
        ("a/c", "Content-Type: a/c\r\n"),
    ]
    private static let ends = [
        (HTTP.Version.http11, false, ""), (.http11, true, "Connection: close\r\n"),
        (.http10, false, "Connection: keep-alive\r\n"), (.http10, true, "Connection: close\r\n"),
    ]

    /// Each as often as the others before each other, so that everything changes with and without the rest.
    @Test func `a response is the same whatever the one before was`() {
        var beginning = ResponseBeginning()
        var random = SplitMix64(seed: 1)
        for round in 0..<20_000 {
            let (second, date) = Self.seconds[Int(random.next() % 2)]
            let (code, status) = Self.statuses[round % 3 == 0 ? Int(random.next() % 5) : 0]
            let (type, typeLine) = Self.types[Int(random.next() % 8)]
            let (version, closes, end) = Self.ends[Int(random.next() % 4)]
            let content = String(repeating: "x", count: Int(random.next() % 120))
            var out = Array(">".utf8)
            beginning.encodeHead(
                status: HTTP.Status(code: code), contentType: type, length: content.utf8.count, version: version,
                closes: closes, at: second, content: content.utf8.span, into: &out)
            let expected =
                ">HTTP/1.1 \(status)\r\nDate: \(date)\r\n\(typeLine)Content-Length: \(content.utf8.count)\r\n\(end)\r\n\(content)"
            guard String(decoding: out, as: UTF8.self) != expected else { continue }
            Issue.record(
                "expected \(expected.debugDescription), found \(String(decoding: out, as: UTF8.self).debugDescription)")
            return
        }
    }

    @Test func `the answer to HEAD has the length of what GET would have had`() {
        var beginning = ResponseBeginning()
        var out: [UInt8] = []
        beginning.encodeHead(
            status: .ok, contentType: nil, length: .max, version: .http11, closes: true, at: 784_111_777,
            content: Span(), into: &out)
        #expect(
            String(decoding: out, as: UTF8.self)
                == "HTTP/1.1 200 OK\r\nDate: Sun, 06 Nov 1994 08:49:37 GMT\r\nContent-Length: 9223372036854775807\r\n"
                + "Connection: close\r\n\r\n")
    }
}
