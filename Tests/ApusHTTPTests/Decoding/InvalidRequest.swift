import ApusHTTP
import Testing

/// A request that must be refused.
struct InvalidRequest: Sendable, CustomTestStringConvertible {
    let octets: [UInt8]
    let status: HTTP.Status
    let reason: HTTP.DecodingError.Reason

    var testDescription: String { String(decoding: octets, as: UTF8.self).debugDescription }

    init(_ text: String, _ reason: HTTP.DecodingError.Reason, _ status: HTTP.Status = .badRequest) {
        self.init(octets: Array(text.utf8), reason, status)
    }

    init(octets: [UInt8], _ reason: HTTP.DecodingError.Reason, _ status: HTTP.Status = .badRequest) {
        self.octets = octets
        self.reason = reason
        self.status = status
    }

    /// A request with these lines between its request line and the empty line.
    static func lines(
        _ lines: String, _ reason: HTTP.DecodingError.Reason, _ status: HTTP.Status = .badRequest
    ) -> InvalidRequest {
        InvalidRequest("POST / HTTP/1.1\r\nHost: a\r\n\(lines)\r\n\r\n", reason, status)
    }

    /// A request whose content is this, in the chunked coding.
    static func chunks(_ content: String, _ reason: HTTP.DecodingError.Reason) -> InvalidRequest {
        InvalidRequest("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n\(content)", reason)
    }

    static let corpus = requestLines + lineEnds + fieldLines + hosts + framing + expectations + chunkLines + twice
}

extension InvalidRequest {
    /// RFC 9112 §3; RFC 9110 §9.1, §2.5.
    static let requestLines = [
        InvalidRequest(octets: [0x16, 0x03, 0x01, 0x02, 0x00, 0x01], .invalidMethod),
        InvalidRequest(" GET / HTTP/1.1\r\n\r\n", .invalidMethod),
        InvalidRequest("\r\n\r\nGET / HTTP/1.1\r\n\r\n", .invalidMethod),
        InvalidRequest("\rGET / HTTP/1.1\r\n\r\n", .bareCarriageReturn),
        InvalidRequest("\nGET / HTTP/1.1\r\n\r\n", .invalidMethod),
        InvalidRequest("G(T / HTTP/1.1\r\n\r\n", .malformedRequestLine),
        InvalidRequest("GÉT / HTTP/1.1\r\n\r\n", .malformedRequestLine),
        InvalidRequest(
            String(repeating: "M", count: 33) + " / HTTP/1.1\r\n\r\n", .methodTooLong(limit: 32), .notImplemented),
        InvalidRequest("GET\r\n\r\n", .malformedRequestLine),
        InvalidRequest("GET /\r\n\r\n", .malformedRequestLine),
        InvalidRequest("GET  / HTTP/1.1\r\n\r\n", .malformedRequestLine),
        InvalidRequest("GET\t/ HTTP/1.1\r\n\r\n", .malformedRequestLine),
        InvalidRequest("GET /  HTTP/1.1\r\n\r\n", .malformedRequestLine),
        InvalidRequest("GET / HTTP/1.1 \r\n\r\n", .malformedRequestLine),
        InvalidRequest("GET /a b HTTP/1.1\r\n\r\n", .malformedRequestLine),
        InvalidRequest("GET /\t HTTP/1.1\r\n\r\n", .invalidTarget),
        InvalidRequest("GET /\u{7F} HTTP/1.1\r\n\r\n", .controlCharacter),
        InvalidRequest("GET /\0 HTTP/1.1\r\n\r\n", .controlCharacter),
        InvalidRequest("GET /ü HTTP/1.1\r\n\r\n", .invalidTarget),
        InvalidRequest("GET /a#b HTTP/1.1\r\n\r\n", .invalidTarget),
        InvalidRequest("GET /a?b#c HTTP/1.1\r\n\r\n", .invalidTarget),
        InvalidRequest("GET a HTTP/1.1\r\n\r\n", .targetFormMismatch),
        InvalidRequest("GET * HTTP/1.1\r\n\r\n", .targetFormMismatch),
        InvalidRequest("GET a:80 HTTP/1.1\r\n\r\n", .targetFormMismatch),
        InvalidRequest("GET ftp://a/ HTTP/1.1\r\n\r\n", .targetFormMismatch),
        InvalidRequest("GET http:/// HTTP/1.1\r\n\r\n", .invalidAuthority),
        InvalidRequest("GET http://user@a/ HTTP/1.1\r\n\r\n", .invalidAuthority),
        InvalidRequest("GET http://a:x/ HTTP/1.1\r\n\r\n", .invalidAuthority),
        InvalidRequest("OPTIONS ** HTTP/1.1\r\n\r\n", .targetFormMismatch),
        InvalidRequest("CONNECT / HTTP/1.1\r\n\r\n", .invalidAuthority),
        InvalidRequest("CONNECT a HTTP/1.1\r\n\r\n", .invalidAuthority),
        InvalidRequest("CONNECT a: HTTP/1.1\r\n\r\n", .invalidAuthority),
        InvalidRequest("CONNECT http://a:80/ HTTP/1.1\r\n\r\n", .invalidAuthority),
        InvalidRequest("GET / http/1.1\r\n\r\n", .malformedVersion),
        InvalidRequest("GET / HTTP/1\r\n\r\n", .malformedVersion),
        InvalidRequest("GET / HTTP/1.\r\n\r\n", .malformedVersion),
        InvalidRequest("GET / HTTP/1.10\r\n\r\n", .malformedVersion),
        InvalidRequest("GET / HTTP/11.1\r\n\r\n", .malformedVersion),
        InvalidRequest("GET / HTTP/a.1\r\n\r\n", .malformedVersion),
        InvalidRequest("GET / HTTPS/1.1\r\n\r\n", .malformedVersion),
        InvalidRequest("GET / HTTP/2.0\r\n\r\n", .unsupportedVersion, .httpVersionNotSupported),
        InvalidRequest("GET / HTTP/0.9\r\n\r\n", .unsupportedVersion, .httpVersionNotSupported),
        InvalidRequest("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", .unsupportedVersion, .httpVersionNotSupported),
    ]

    /// RFC 9112 §2.2; RFC 9110 §5.5.
    static let lineEnds = [
        InvalidRequest("GET / HTTP/1.1\nHost: a\n\n", .bareLineFeed),
        InvalidRequest("GET / HTTP/1.1\r\nHost: a\n\r\n", .bareLineFeed),
        InvalidRequest("GET / HTTP/1.1\r\nHost: a\r\n\n", .bareLineFeed),
        InvalidRequest("GET / HTTP/1.1\rHost: a\r\n\r\n", .bareCarriageReturn),
        .lines("X: a\rb", .bareCarriageReturn),
        .lines("X: a\r\r", .bareCarriageReturn),
        .lines("X: a\0b", .controlCharacter),
        .lines("X: a\u{0B}b", .controlCharacter),
        .lines("X: a\u{7F}b", .controlCharacter),
        .lines("X: 12345678\u{1F}", .controlCharacter),
        .lines("X\0: a", .controlCharacter),
    ]

    /// RFC 9112 §5.1, §5.2; RFC 9110 §5.1.
    static let fieldLines = [
        InvalidRequest("GET / HTTP/1.1\r\n Host: a\r\n\r\n", .obsoleteLineFolding),
        .lines("X: a\r\n b", .obsoleteLineFolding),
        .lines("X: a\r\n\tb", .obsoleteLineFolding),
        .lines("X : a", .whitespaceInFieldName),
        .lines("X\t: a", .whitespaceInFieldName),
        .lines("Transfer-Encoding : chunked", .whitespaceInFieldName),
        .lines("X Y: a", .whitespaceInFieldName),
        .lines(": a", .invalidFieldName),
        .lines("X", .invalidFieldName),
        .lines("X(1): a", .invalidFieldName),
        .lines("Ü: a", .invalidFieldName),
    ]

    /// RFC 9112 §3.2; RFC 9110 §7.2; RFC 3986 §3.2.
    static let hosts = [
        InvalidRequest("GET / HTTP/1.1\r\n\r\n", .missingHost),
        InvalidRequest("GET / HTTP/1.2\r\n\r\n", .missingHost),
        InvalidRequest("GET http://a/ HTTP/1.1\r\n\r\n", .missingHost),
        InvalidRequest("GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n", .repeatedHost),
        InvalidRequest("GET / HTTP/1.0\r\nHost: a\r\nhost: b\r\n\r\n", .repeatedHost),
        InvalidRequest("GET / HTTP/1.1\r\nHost: a b\r\n\r\n", .invalidHost),
        InvalidRequest("GET / HTTP/1.1\r\nHost: a, b\r\n\r\n", .invalidHost),
        InvalidRequest("GET / HTTP/1.1\r\nHost: a/b\r\n\r\n", .invalidHost),
        InvalidRequest("GET / HTTP/1.0\r\nHost: user@a\r\n\r\n", .invalidHost),
        InvalidRequest("GET http://a/ HTTP/1.1\r\nHost: a@b\r\n\r\n", .invalidHost),
    ]

    /// RFC 9112 §6; RFC 9110 §8.6.
    static let framing = [
        .lines("Content-Length: 5\r\nTransfer-Encoding: chunked", .contentLengthWithTransferEncoding),
        .lines("Transfer-Encoding: chunked\r\nContent-Length: 5", .contentLengthWithTransferEncoding),
        .lines("Content-Length: 5\r\nContent-Length: 5", .repeatedContentLength),
        .lines("Content-Length: 5\r\ncontent-length: 6", .repeatedContentLength),
        .lines("Content-Length: 5, 5", .invalidContentLength),
        .lines("Content-Length:", .invalidContentLength),
        .lines("Content-Length: +5", .invalidContentLength),
        .lines("Content-Length: -1", .invalidContentLength),
        .lines("Content-Length: 0x5", .invalidContentLength),
        .lines("Content-Length: 5 5", .invalidContentLength),
        .lines("Content-Length: 1e3", .invalidContentLength),
        .lines("Content-Length: 5.0", .invalidContentLength),
        .lines("Content-Length: ٣", .invalidContentLength),
        .lines("Content-Length: 9223372036854775808", .invalidContentLength),
        .lines("Content-Length: 18446744073709551616", .invalidContentLength),
        .lines("Content-Length: 18446744073709551621", .invalidContentLength),
        .lines("Content-Length:  5 ", .whitespaceAroundFraming),
        .lines("Content-Length: 5 ", .whitespaceAroundFraming),
        .lines("Content-Length:\t5", .whitespaceAroundFraming),
        .lines("Transfer-Encoding:\tchunked", .whitespaceAroundFraming),
        .lines("Transfer-Encoding:  chunked", .whitespaceAroundFraming),
        .lines("Transfer-Encoding: chunked\t", .whitespaceAroundFraming),
        .lines("Transfer-Encoding: \u{0B}chunked", .controlCharacter),
        .lines("Transfer-Encoding: chunked\0", .controlCharacter),
        .lines("Transfer-Encoding:", .malformedTransferEncoding),
        .lines("Transfer-Encoding: chunked, chunked", .malformedTransferEncoding),
        .lines("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked", .malformedTransferEncoding),
        .lines("Transfer-Encoding: ,chunked", .malformedTransferEncoding),
        .lines("Transfer-Encoding: chunked,", .malformedTransferEncoding),
        .lines("Transfer-Encoding: chunked;q=1", .malformedTransferEncoding),
        .lines("Transfer-Encoding: chunked;q", .malformedTransferEncoding),
        .lines("Transfer-Encoding: \"chunked\"", .malformedTransferEncoding),
        .lines("Transfer-Encoding: chun ked", .malformedTransferEncoding),
        .lines("Transfer-Encoding: xchunked", .chunkedNotLast),
        .lines("Transfer-Encoding: identity", .chunkedNotLast),
        .lines("Transfer-Encoding: gzip", .chunkedNotLast),
        .lines("Transfer-Encoding: chunked, gzip", .chunkedNotLast),
        .lines("Transfer-Encoding: chunked\r\nTransfer-Encoding: identity", .chunkedNotLast),
        .lines("Transfer-Encoding: gzip, chunked", .unsupportedTransferCoding, .notImplemented),
        .lines("Transfer-Encoding: gzip\r\nTransfer-Encoding: chunked", .unsupportedTransferCoding, .notImplemented),
        .lines("Transfer-Encoding: x;a=1, chunked", .unsupportedTransferCoding, .notImplemented),
        InvalidRequest("POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n", .transferEncodingInHTTP10),
    ]

    /// RFC 9110 §10.1.1.
    static let expectations: [InvalidRequest] = [
        .lines("Content-Length: 5\r\nExpect: 200-ok", .unsupportedExpectation, .expectationFailed),
        .lines("Content-Length: 5\r\nExpect: 100-continue, x", .unsupportedExpectation, .expectationFailed),
        .lines("Expect: 100-continued", .unsupportedExpectation, .expectationFailed),
    ]

    /// RFC 9112 §7.1; trailers obey the rules of fields.
    static let chunkLines: [InvalidRequest] = [
        .chunks("\r\n", .invalidChunkSize),
        .chunks("x\r\n", .invalidChunkSize),
        .chunks("+5\r\nHello\r\n", .invalidChunkSize),
        .chunks("-5\r\nHello\r\n", .invalidChunkSize),
        .chunks("0x5\r\nHello\r\n", .invalidChunkSize),
        .chunks(" 5\r\nHello\r\n", .invalidChunkSize),
        .chunks("5 \r\nHello\r\n", .invalidChunkSize),
        .chunks("5 ;a\r\nHello\r\n", .invalidChunkSize),
        .chunks("5\t\r\nHello\r\n", .invalidChunkSize),
        .chunks("5,\r\nHello\r\n", .invalidChunkSize),
        .chunks("8000000000000000\r\n", .invalidChunkSize),
        .chunks("FFFFFFFFFFFFFFFF\r\n", .invalidChunkSize),
        .chunks("00000000000000005\r\nHello\r\n", .invalidChunkSize),
        .chunks("10000000000000005\r\nHello\r\n", .invalidChunkSize),
        .chunks("5\nHello\r\n", .bareLineFeed),
        .chunks("5\rHello\r\n", .bareCarriageReturn),
        .chunks("5;\u{0}\r\nHello\r\n", .controlCharacter),
        .chunks("5;a\nHello\r\n", .bareLineFeed),
        .chunks("5;\r\nHello\r\n", .invalidChunkExtension),
        .chunks("5;a=\r\nHello\r\n", .invalidChunkExtension),
        .chunks("5;=b\r\nHello\r\n", .invalidChunkExtension),
        .chunks("5; a=b\r\nHello\r\n", .invalidChunkExtension),
        .chunks("5;a b\r\nHello\r\n", .invalidChunkExtension),
        .chunks("5;a=\"b\r\nHello\r\n", .invalidChunkExtension),
        .chunks("5;a=\"b\\\"\r\nHello\r\n", .invalidChunkExtension),
        .chunks("5;a=\"b\"c\r\nHello\r\n", .invalidChunkExtension),
        .chunks("5\r\nHelloX", .missingChunkEnd),
        .chunks("5\r\nHello\n", .missingChunkEnd),
        .chunks("5\r\nHello\rX", .missingChunkEnd),
        .chunks("0\r\nX : a\r\n\r\n", .whitespaceInFieldName),
        .chunks("0\r\nX: a\r\n b\r\n\r\n", .obsoleteLineFolding),
        .chunks("0\r\nX: a\n\r\n", .bareLineFeed),
        .chunks("0\r\nX: a\0\r\n\r\n", .controlCharacter),
        .chunks("0\r\nGET / HTTP/1.1\r\n\r\n", .whitespaceInFieldName),
    ]
}

extension InvalidRequest {
    /// More than one fault: that of the first line is told, wherever the octets are cut.
    static let twice = [
        InvalidRequest("GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\nX: \u{1}\r\n\r\n", .repeatedHost),
        InvalidRequest("GET / HTTP/1.1\r\nX: \u{1}\r\nHost: a\r\nHost: b\r\n\r\n", .controlCharacter),
        InvalidRequest("GET / HTTP/1.1\r\nHost: a b\r\nX y: z\r\n\r\n", .invalidHost),
        InvalidRequest("GET / HTTP/1.1\r\nX y: z\r\nHost: a b\r\n\r\n", .whitespaceInFieldName),
        InvalidRequest("GET / HTTP/1.1\r\nContent-Length: x\r\nTransfer-Encoding: y\r\n\r\n", .invalidContentLength),
        InvalidRequest("GET /\u{1} HTTP/1.1\r\nHost: \u{1}\r\n\r\n", .controlCharacter),
        InvalidRequest("GET / HTTP/2.0\r\nHost: a b\r\n\r\n", .unsupportedVersion, .httpVersionNotSupported),
    ]
}
