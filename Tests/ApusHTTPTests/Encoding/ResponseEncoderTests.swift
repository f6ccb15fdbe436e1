import ApusHTTP
import Testing

@Suite struct ResponseEncoderTests {
    private let date = Array("Date: Sun, 06 Nov 1994 08:49:37 GMT\r\n".utf8)

    private func head(
        _ status: HTTP.Status, type: HTTP.ContentType? = nil, fields: HTTP.Fields? = nil,
        framing: ResponseEncoder.Framing = .length(0), version: HTTP.Version = .http11, closes: Bool = false,
        date: [UInt8] = []
    ) -> String {
        func text(with fields: HTTP.Fields?) -> String {
            var out = Array(">".utf8)
            ResponseEncoder.encodeHead(
                status: status, contentType: type, fields: fields, framing: framing, version: version, closes: closes,
                date: date.span, into: &out)
            return String(decoding: out.dropFirst(), as: UTF8.self)
        }
        let head = text(with: fields)
        if fields == nil { #expect(text(with: HTTP.Fields()) == head, "no fields are none, however that is told") }
        return head
    }

    private func fields(_ lines: KeyValuePairs<String, String>) throws -> HTTP.Fields {
        var fields = HTTP.Fields()
        for (name, value) in lines { try fields.append(HTTP.FieldName(validating: name), value) }
        return fields
    }

    @Test func `writes a status line, fields and an empty line`() throws {
        let fields = try fields(["Server": "Apus", "Vary": "Accept"])
        #expect(
            head(.ok, type: "text/plain", fields: fields, framing: .length(13), date: date)
                == "HTTP/1.1 200 OK\r\nDate: Sun, 06 Nov 1994 08:49:37 GMT\r\nContent-Type: text/plain\r\n"
                + "Server: Apus\r\nVary: Accept\r\nContent-Length: 13\r\n\r\n")
    }

    @Test(arguments: [
        (200, "HTTP/1.1 200 OK\r\n"), (404, "HTTP/1.1 404 Not Found\r\n"),
        (511, "HTTP/1.1 511 Network Authentication Required\r\n"),
        // RFC 9112 §4: the space stays where the phrase is empty.
        (299, "HTTP/1.1 299 \r\n"), (600, "HTTP/1.1 600 \r\n"), (999, "HTTP/1.1 999 \r\n"),
    ])
    func `writes any status`(_ code: Int, _ line: String) {
        #expect(head(HTTP.Status(code: code)) == line + "Content-Length: 0\r\n\r\n")
    }

    @Test(arguments: Array(0...1_234) + [9_009, 9_999, 10_000, 12_345, 9_007_199_254_740_993, .max])
    func `writes lengths in decimal`(_ length: Int) {
        #expect(head(.ok, framing: .length(length)) == "HTTP/1.1 200 OK\r\nContent-Length: \(length)\r\n\r\n")
    }

    @Test(arguments: [
        (ResponseEncoder.Framing.chunked, HTTP.Version.http11, false, "Transfer-Encoding: chunked\r\n"),
        (.chunked, .http11, true, "Transfer-Encoding: chunked\r\nConnection: close\r\n"),
        // RFC 9112 §6.1: no Transfer-Encoding to a client of HTTP/1.0.
        (.chunked, .http10, false, "Connection: close\r\n"),
        (.untilClose, .http11, false, "Connection: close\r\n"),
        (.untilClose, .http10, true, "Connection: close\r\n"),
        (.none, .http11, false, ""),
        (.length(3), .http11, true, "Content-Length: 3\r\nConnection: close\r\n"),
        (.length(3), .http10, false, "Content-Length: 3\r\nConnection: keep-alive\r\n"),
        (.length(3), .http10, true, "Content-Length: 3\r\nConnection: close\r\n"),
    ])
    func `says how content is delimited and what becomes of the connection`(
        _ framing: ResponseEncoder.Framing, _ version: HTTP.Version, _ closes: Bool, _ lines: String
    ) {
        #expect(head(.ok, framing: framing, version: version, closes: closes) == "HTTP/1.1 200 OK\r\n\(lines)\r\n")
    }

    @Test func `makes room for the longest of each line, whatever the status`() {
        for code in 200...599 where ![204, 304].contains(code) {
            let status = HTTP.Status(code: code)
            let type = HTTP.ContentType(validating: "a/" + String(repeating: "b", count: 5_000))
            let expected =
                "HTTP/1.1 \(code) \(status.reasonPhrase)\r\nDate: Sun, 06 Nov 1994 08:49:37 GMT\r\n"
                + "Content-Type: \(type?.value ?? "")\r\nContent-Length: 9223372036854775807\r\n"
                + "Connection: keep-alive\r\n\r\n"
            #expect(head(status, type: type, framing: .length(.max), version: .http10, date: date) == expected)
        }
    }

    @Test func `puts content behind the empty line, with fields and without`() throws {
        for fields in try [fields([:]), fields(["A": "1"])] {
            var out: [UInt8] = []
            let content = [UInt8](repeating: 0x78, count: 2_000)
            ResponseEncoder.encodeHead(
                status: .ok, contentType: nil, fields: fields, framing: .length(content.count), version: .http11,
                closes: false, date: Span(), content: content.span, into: &out)
            let lines = fields.isEmpty ? "" : "A: 1\r\n"
            #expect(out == Array("HTTP/1.1 200 OK\r\n\(lines)Content-Length: 2000\r\n\r\n".utf8) + content)
        }
    }

    @Test(arguments: [101, 103, 204])
    func `never delimits content that cannot be, by RFC 9110 §8.6 and RFC 9112 §6.1`(_ code: Int) {
        let status = HTTP.Status(code: code)
        let line = "HTTP/1.1 \(code) \(status.reasonPhrase)\r\n\r\n"
        #expect(head(status, framing: .length(5)) == line)
        #expect(head(status, framing: .chunked) == line)
    }

    @Test func `may give the length that 304 stands for`() {
        #expect(head(.notModified, framing: .length(5)) == "HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\n")
        #expect(head(.notModified, framing: .chunked) == "HTTP/1.1 304 Not Modified\r\n\r\n")
    }

    @Test func `prefers the response's own Content-Type and Date`() throws {
        let fields = try fields(["content-type": "text/html", "DATE": "x"])
        #expect(
            head(.ok, type: "text/plain", fields: fields, framing: .none, date: date)
                == "HTTP/1.1 200 OK\r\ncontent-type: text/html\r\nDATE: x\r\n\r\n")
    }

    @Test func `leaves out fields by which a response would be read otherwise`() throws {
        let fields = try fields([
            "A": "1", "content-length": "9", "Transfer-Encoding": "chunked", "Connection": "close", "B": "2",
        ])
        #expect(head(.ok, fields: fields, framing: .none) == "HTTP/1.1 200 OK\r\nA: 1\r\nB: 2\r\n\r\n")
    }

    @Test(arguments: ["", "Content-Length: 0\r\n"])
    func `writes fields that came from the wire, and nothing else of it`(_ framing: String) throws {
        let request = "GET / HTTP/1.1\r\nHost: a\r\nX:  b \r\n\(framing)\r\n"
        var fields = try #require(Transcript(request).messages.first).fields
        #expect(head(.ok, fields: fields, framing: .none) == "HTTP/1.1 200 OK\r\nHost: a\r\nX: b\r\n\r\n")
        try fields.append("Y", "c")
        #expect(head(.ok, fields: fields, framing: .none) == "HTTP/1.1 200 OK\r\nHost: a\r\nX: b\r\nY: c\r\n\r\n")
    }

    @Test(arguments: ["text/plain\r\nX: y", "text/plain\n", "text/plain\0", "a\u{7F}"])
    func `takes no content type that could end its line`(_ type: String) {
        #expect(HTTP.ContentType(validating: type) == nil)
    }

    @Test func `asks for the content`() {
        var out: [UInt8] = []
        ResponseEncoder.encodeContinue(into: &out)
        #expect(String(decoding: out, as: UTF8.self) == "HTTP/1.1 100 Continue\r\n\r\n")
    }

    @Test(arguments: [(1, "1"), (9, "9"), (10, "a"), (15, "f"), (16, "10"), (255, "ff"), (65_536, "10000")])
    func `writes a chunk after its size in hexadecimal`(_ length: Int, _ size: String) {
        let chunk = [UInt8](repeating: 0x78, count: length)
        var out: [UInt8] = []
        ResponseEncoder.encodeChunk(chunk.span, into: &out)
        #expect(out == Array("\(size)\r\n".utf8) + chunk + Array("\r\n".utf8))
    }

    @Test func `writes no empty chunk, which would end the content`() {
        var out: [UInt8] = []
        ResponseEncoder.encodeChunk([UInt8]().span, into: &out)
        #expect(out.isEmpty)
        ResponseEncoder.encodeLastChunk(trailers: nil, into: &out)
        #expect(String(decoding: out, as: UTF8.self) == "0\r\n\r\n")
    }
}
