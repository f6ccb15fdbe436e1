import ApusHTTP

/// From responses to octets.
enum Encoding {
    static var operations: [Operation] {
        get throws {
            var fields = HTTP.Fields()
            try fields.append(.cacheControl, "private, max-age=60")
            try fields.append(.etag, "\"3f1c7a520e0a4a36\"")
            try fields.append(.vary, "Accept-Language")
            try fields.append(.xContentTypeOptions, "nosniff")
            let several = fields
            let kept = Kept()
            return [
                Operation("encode a response", gives: 130) { kept.encodedCount() },
                Operation("encode a response with four fields", gives: 248) { encodedCount(with: several) },
            ]
        }
    }

    private static let date = Array("Date: Tue, 24 Nov 2026 12:00:00 GMT\r\n".utf8)
    private static let content = Array("Hello, World!".utf8)

    /// What a server's loop keeps from one response to the next.
    private final class Kept {
        private var beginning = ResponseBeginning()

        func encodedCount() -> Int {
            var octets: [UInt8] = []
            beginning.encodeHead(
                status: .ok, contentType: .text, length: content.count, version: .http11, closes: false,
                at: 1_795_521_600, content: content.span, into: &octets)
            return octets.count
        }
    }

    private static func encodedCount(with fields: HTTP.Fields) -> Int {
        var octets: [UInt8] = []
        ResponseEncoder.encodeHead(
            status: .ok, contentType: .text, fields: fields, framing: .length(content.count), version: .http11,
            closes: false, date: date.span, content: content.span, into: &octets)
        return octets.count
    }
}
