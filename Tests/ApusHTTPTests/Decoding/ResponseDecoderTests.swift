import ApusHTTP
import Testing

/// Responses as a client that gets one document reads them (RFC 9112 §2–§7).
@Suite struct ResponseDecoderTests {
    private func receive(_ text: String, by decoder: inout ResponseDecoder) throws -> Bool {
        let octets = Array(text.utf8)
        return try decoder.receive(octets.span)
    }

    private static let head = "HTTP/1.1 200 OK\r\n"

    /// Responses, their content, and whether the end of the connection ends it.
    static let responses: [(text: String, content: String, untilEnd: Bool)] = [
        (head + "Content-Length: 5\r\n\r\nhello", "hello", false),
        (head + "Content-Length: 0\r\n\r\n", "", false),
        (head + "content-length:5\r\nETag: \"x\"\r\n\r\nhello", "hello", false),
        (head + "Transfer-Encoding: chunked\r\n\r\n2\r\nhe\r\n3;a=b\r\nllo\r\n0\r\nTrailer: x\r\n\r\n", "hello", false),
        (
            "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103\r\nLink: x\r\n\r\n" + head + "Content-Length: 1\r\n\r\n!", "!",
            false
        ),
        ("HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\n", "", false),
        ("HTTP/1.1 204 \r\n\r\n", "", false),
        ("HTTP/1.0 200 OK\r\n\r\nhello", "hello", true),
        ("HTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\n", "", true),
    ]

    @Test(arguments: responses)
    func `reads a response however it is cut`(text: String, content: String, untilEnd: Bool) throws {
        for cut in text.unicodeScalars.indices {
            var decoder = ResponseDecoder(maximumContent: 5)
            var isComplete = try receive(String(text[..<cut]), by: &decoder)
            if !isComplete { isComplete = try receive(String(text[cut...]), by: &decoder) }
            #expect(isComplete == !untilEnd)
            try decoder.receiveEnd()
            #expect(String(decoding: decoder.content, as: UTF8.self) == content)
        }
    }

    @Test(arguments: responses.filter { !$0.untilEnd })
    func `finds each truncation`(text: String, content: String, untilEnd: Bool) throws {
        for cut in text.unicodeScalars.indices {
            var decoder = ResponseDecoder(maximumContent: 5)
            let isComplete = try receive(String(text[..<cut]), by: &decoder)
            #expect(!isComplete)
            #expect(throws: ResponseDecodingError.endedEarly) { try decoder.receiveEnd() }
        }
    }

    @Test func `tells status and fields`() throws {
        var decoder = ResponseDecoder(maximumContent: 5)
        let text = "HTTP/1.1 200 Very well\r\nETag: \"x\"\r\nContent-Length: 0\r\n\r\nHTTP/1.1 500 Next\r\n\r\n"
        #expect(try receive(text, by: &decoder))
        #expect(decoder.status.code == 200 && decoder.fields[.etag] == "\"x\"")
    }

    @Test(arguments: [
        head + "Content-Length: 6\r\n\r\n", head + "\r\nhello!",
        head + "Transfer-Encoding: chunked\r\n\r\n6\r\nhello!", "HTTP/1.0 200 OK\r\n\r\nhello!",
    ])
    func `takes no more content than the limit`(text: String) {
        var decoder = ResponseDecoder(maximumContent: 5)
        #expect(throws: ResponseDecodingError.contentTooLarge(limit: 5)) {
            _ = try receive(text, by: &decoder)
        }
    }

    @Test(arguments: [
        "HTTP/2.0 200 OK\r\n", "HTTP/1.1 99 OK\r\n", "HTTP/1.1 600 OK\r\n", "HTTP/1.1 2000 OK\r\n",
        "HTTP/1.1  200 OK\r\n",
        "HTTP/1.1 -20 OK\r\n", "http/1.1 200 OK\r\n", "<html>\r\n", "\r\n", "\u{16}\u{03}\u{01}",
        "HTTP/1.1 200 OK\n", String(repeating: "x", count: 10_000),
    ])
    func `refuses what is no status line`(text: String) {
        var decoder = ResponseDecoder(maximumContent: 5)
        #expect(throws: ResponseDecodingError.malformedStatusLine) { _ = try receive(text, by: &decoder) }
    }

    @Test(arguments: [
        ("Content-Length: 5\r\nContent-Length: 5\r\n\r\n", HTTP.DecodingError.Reason.repeatedContentLength),
        ("Content-Length: +5\r\n\r\n", .invalidContentLength),
        ("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n", .contentLengthWithTransferEncoding),
        ("Transfer-Encoding: gzip, chunked\r\n\r\n", .unsupportedTransferCoding),
        ("Transfer-Encoding: chunked, gzip\r\n\r\n", .chunkedNotLast),
        (" folded\r\n\r\n", .obsoleteLineFolding),
        ("Name : x\r\n\r\n", .whitespaceInFieldName),
        ("A: \u{1}\r\n\r\n", .controlCharacter),
        ("Transfer-Encoding: chunked\r\n\r\nx", .invalidChunkSize),
        ("Transfer-Encoding: chunked\r\n\r\n1\r\nxy", .missingChunkEnd),
    ])
    func `is as strict as the decoder of requests`(rest: String, reason: HTTP.DecodingError.Reason) {
        var decoder = ResponseDecoder(maximumContent: 5)
        #expect(throws: ResponseDecodingError.malformed(HTTP.DecodingError(reason))) {
            _ = try receive(Self.head + rest, by: &decoder)
        }
    }
}
