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
            return [
                Operation("encode a response", gives: 130) { encodedCount(with: nil) },
                Operation("encode a response with four fields", gives: 248) { encodedCount(with: several) },
            ]
        }
    }

    private static let date = Array("Date: Tue, 24 Nov 2026 12:00:00 GMT\r\n".utf8)
    private static let content = Array("Hello, World!".utf8)

    private static func encodedCount(with fields: HTTP.Fields?) -> Int {
        var octets: [UInt8] = []
        ResponseEncoder.encodeHead(
            status: .ok, contentType: .text, fields: fields, framing: .length(content.count), version: .http11,
            closes: false, date: date.span, content: content.span, into: &octets)
        return octets.count
    }
}
