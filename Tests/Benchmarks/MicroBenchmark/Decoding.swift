import ApusHTTP

/// From octets to requests.
enum Decoding {
    static var operations: [Operation] {
        [
            Operation("decode GET", gives: 1) { try fieldsAndContent(of: plain) },
            Operation("decode GET of a browser", gives: 12) { try fieldsAndContent(of: browser) },
            Operation("decode POST in chunks", gives: 3 + 1_024) { try fieldsAndContent(of: chunked) },
        ]
    }

    private static let plain = Array("GET /plaintext HTTP/1.1\r\nHost: 127.0.0.1:5000\r\n\r\n".utf8)

    /// Twelve fields, as today's browsers send them.
    static let browser = Array(
        """
        GET /section7/item711/42?sort=name&page=2 HTTP/1.1\r
        Host: shop.example:8443\r
        User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0\r
        Accept: text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8\r
        Accept-Language: en-GB,en;q=0.7,de;q=0.3\r
        Accept-Encoding: gzip, deflate, br, zstd\r
        Referer: https://shop.example:8443/section7\r
        Connection: keep-alive\r
        Cookie: theme=dark; basket=3f1c7a52-0e0a-4a36-9d57-6c2a4e8d1b90\r
        Upgrade-Insecure-Requests: 1\r
        Sec-Fetch-Dest: document\r
        Sec-Fetch-Mode: navigate\r
        Priority: u=0, i\r
        \r

        """.utf8)

    private static let chunked: [UInt8] = {
        let chunk = "100\r\n" + String(repeating: "0123456789abcdef", count: 16) + "\r\n"
        let head = "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\n"
        return Array((head + String(repeating: chunk, count: 4) + "0\r\n\r\n").utf8)
    }()

    private static func fieldsAndContent(of message: [UInt8]) throws -> Int {
        var decoder = RequestDecoder(limits: HTTP.DecoderLimits())
        var head: HTTP.RequestHead?
        var sum = 0
        var start = 0
        while start < message.count {
            let step = try decoder.decode(message.span.extracting(start..<message.count), into: &head)
            start += step.consumed
            switch step.event {
            case .head: sum += head?.fields.count ?? 0
            case .body(let range): sum += range.count
            case .end: break
            case .incomplete: return -1
            }
        }
        return sum
    }

    /// The head of a request as a connection has it.
    static func head(of message: [UInt8]) throws -> HTTP.RequestHead {
        var decoder = RequestDecoder(limits: HTTP.DecoderLimits())
        var head: HTTP.RequestHead?
        guard case .head = try decoder.decode(message.span, into: &head).event, let head else {
            throw HTTP.DecodingError(.bareCarriageReturn)
        }
        return head
    }
}
