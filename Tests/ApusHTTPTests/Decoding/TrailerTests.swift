import ApusHTTP
import Testing

/// RFC 9110 §6.5.1: what must not stand in a trailer section is dropped.
@Suite struct TrailerTests {
    @Test(arguments: [
        "Content-Length: 5", "Transfer-Encoding: chunked", "Host: evil", "Authorization: Basic x", "Cookie: a=b",
        "Content-Type: text/html", "Content-Encoding: gzip", "Content-Range: bytes 0-1/2", "Connection: close",
        "Expect: 100-continue", "Range: bytes=0-1", "If-Match: x", "Cache-Control: no-store", "Set-Cookie: a=b",
        "TE: trailers", "Trailer: X", "X-Forwarded-For: 10.0.0.1", "aUTHORIZATION: Bearer x", "Max-Forwards: 1",
    ])
    func `drops a trailer that would change what has been decided`(_ line: String) {
        let start = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
        let alone = Transcript(start + "1\r\nx\r\n0\r\n\(line)\r\n\r\n").messages.first
        #expect(alone?.isComplete == true && alone?.trailers == nil)
        let among = Transcript(start + "0\r\nX-A: 1\r\n\(line)\r\nServer-Timing: b\r\n\r\n").messages.first?.trailers
        #expect(among?.map(\.name) == ["X-A", "Server-Timing"])
        #expect(among?.map(\.value) == ["1", "b"])
    }

    @Test func `does not write such a trailer either`() throws {
        var trailers = HTTP.Fields()
        try trailers.append("Content-Length", "5")
        try trailers.append("X-Sum", "7")
        try trailers.append(.setCookie, "a=b")
        var out: [UInt8] = []
        ResponseEncoder.encodeLastChunk(trailers: trailers, into: &out)
        #expect(String(decoding: out, as: UTF8.self) == "0\r\nX-Sum: 7\r\n\r\n")
    }

    @Test func `gives trailers that can be used like any fields`() throws {
        let start = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
        let request = Transcript(start + "0\r\nX-A: 1 \r\nx-a:2\r\n\r\n").messages.first
        let trailers = try #require(request?.trailers)
        #expect(trailers["X-A"] == "1, 2" && trailers.bytes(of: "x-A") == Array("1".utf8)[...])
        #expect(throws: HTTP.DecodingError(.missingHost)) {
            try HTTP.RequestHead(method: .get, target: "/", fields: trailers)
        }
    }
}
