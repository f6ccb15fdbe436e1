import Testing

@testable import ApusHTTP

@Suite struct RequestDecoderTests {
    @Test func `reads a head and says where it ends`() throws {
        var decoder = RequestDecoder(limits: HTTP.DecoderLimits())
        let octets = Array("GET /a?b=c HTTP/1.1\r\nHost: x\r\nAccept: */*\r\n\r\nGET".utf8)
        var found: HTTP.RequestHead?
        let step = try decoder.decode(octets.span, into: &found)
        guard case .head(hasContent: false) = step.event, let head = found else {
            Issue.record("expected a head")
            return
        }
        #expect(step.consumed == octets.count - 3)
        #expect(head.method == .get && head.version == .http11 && head.control.framing == .none)
        #expect(head.target == "/a?b=c" && head.path == "/a" && head.query == "b=c" && head.host == "x")
        #expect(head.fields[.accept] == "*/*")
    }

    @Test func `a field's name is of tokens' characters, at each place of it, RFC 9110 §5.6.2`() {
        let tokens = Set("!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ".utf8)
        let name = Array("Abc-defghijkLmnopqrz".utf8)
        for octet in UInt8.min...UInt8.max {
            for place in name.indices {
                var changed = name
                changed[place] = octet
                let octets = "GET / HTTP/1.1\r\nHost: x\r\n".utf8 + changed + ": y\r\n\r\n".utf8
                var decoder = RequestDecoder(limits: HTTP.DecoderLimits())
                let isRead = (try? decoder.decode(Array(octets).span)) != nil
                // A colon ends a name, unless it would be empty.
                let isName = tokens.contains(octet) || octet == UInt8(ascii: ":") && place > 0
                #expect(isRead == isName, "octet \(octet) at \(place)")
            }
        }
    }

    @Test(arguments: [0x00, 0x08, 0x09, 0x0B, 0x0C, 0x1F, 0x20, 0x7E, 0x7F, 0x80, 0x9F, 0xA0, 0xFF] as [UInt8])
    func `a field's value has no control but HTAB, at each place of it, RFC 9110 §5.5`(octet: UInt8) {
        let isAllowed = octet == 0x09 || octet >= 0x20 && octet != 0x7F
        for place in 0..<100 {
            var value = [UInt8](repeating: 0x61, count: 101)
            value[place] = octet
            let octets = "GET / HTTP/1.1\r\nHost: x\r\nA: ".utf8 + value + "\r\n\r\n".utf8
            var decoder = RequestDecoder(limits: HTTP.DecoderLimits())
            let isRead = (try? decoder.decode(Array(octets).span)) != nil
            #expect(isRead == isAllowed, "at \(place)")
        }
    }

    @Test func `gives content as ranges of the input, as it comes`() throws {
        var decoder = RequestDecoder(limits: HTTP.DecoderLimits())
        let octets = Array("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\n".utf8)
        #expect(try decoder.decode(octets.span).consumed == octets.count)
        let first = Array("He".utf8)
        #expect(try range(decoder.decode(first.span)) == 0..<2)
        #expect(try isIncomplete(decoder.decode([UInt8]().span)))
        let second = Array("lloGET".utf8)
        let step = try decoder.decode(second.span)
        #expect(range(step) == 0..<3 && step.consumed == 3)
        let end = try decoder.decode(Array(second[3...]).span)
        #expect(isEnd(end) && end.consumed == 0)
        #expect(decoder.isBetweenMessages)
    }

    @Test func `gives a chunk's content without its size line`() throws {
        var decoder = RequestDecoder(limits: HTTP.DecoderLimits())
        let octets = Array("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n".utf8)
        _ = try decoder.decode(octets.span)
        let chunks = Array("5;a\r\nHello\r\n0\r\n\r\n".utf8)
        let content = try decoder.decode(chunks.span)
        #expect(range(content) == 5..<10 && content.consumed == 10)
        let end = try decoder.decode(Array(chunks[10...]).span)
        #expect(isEnd(end) && end.consumed == 7)
    }

    @Test func `consumes a size line though no content has come`() throws {
        var decoder = RequestDecoder(limits: HTTP.DecoderLimits())
        let octets = Array("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n".utf8)
        _ = try decoder.decode(octets.span)
        let size = Array("5\r\n".utf8)
        let step = try decoder.decode(size.span)
        #expect(isIncomplete(step) && step.consumed == 3)
    }

    @Test func `fails at the first octet that no request begins with`() {
        // The first octet of a TLS record that holds a ClientHello (RFC 8446 §5.1).
        #expect(Transcript(feeding: [[0x16]]).failure?.reason == .invalidMethod)
    }

    @Test func `stays failed`() throws {
        var decoder = RequestDecoder(limits: HTTP.DecoderLimits())
        let (wrong, right) = (Array("\0".utf8), Array("GET / HTTP/1.1\r\nHost: a\r\n\r\n".utf8))
        let first = #expect(throws: HTTP.DecodingError.self) { try decoder.decode(wrong.span) }
        let second = #expect(throws: HTTP.DecodingError.self) { try decoder.decode(right.span) }
        #expect(first == second)
        #expect(!decoder.isBetweenMessages)
    }

    @Test(arguments: [
        ("", true), ("\r", false), ("\r\n", true), ("\r\nG", false), ("G", false),
        ("GET / HTTP/1.1\r\nHost: a\r\n\r", false), ("GET / HTTP/1.1\r\nHost: a\r\n\r\n", true),
        ("GET / HTTP/1.1\r\nHost: a\r\n\r\nG", false),
        ("PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\n", false),
        ("PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\nx", true),
    ])
    func `knows whether a message has begun`(_ text: String, _ expected: Bool) {
        #expect(Transcript(text).isBetweenMessages == expected)
    }

    @Test func `does not look at an octet of a line twice`() throws {
        var scanner = LineScanner()
        let first = Array("abcdefghijk".utf8)
        #expect(try scanner.nextLine(in: first.span, endingBy: 100, else: .controlCharacter) == nil)
        // Were the octets that have been looked at looked at again, these would be found.
        let second = [UInt8](repeating: 0, count: 11) + Array("l\r\n".utf8)
        #expect(try scanner.nextLine(in: second.span, endingBy: 100, else: .controlCharacter) == 0..<12)
    }

    private func range(_ step: RequestDecoder.Step) -> Range<Int>? {
        if case .body(let range) = step.event { range } else { nil }
    }

    private func isIncomplete(_ step: RequestDecoder.Step) -> Bool {
        if case .incomplete = step.event { true } else { false }
    }

    private func isEnd(_ step: RequestDecoder.Step) -> Bool {
        if case .end(trailers: nil) = step.event { true } else { false }
    }
}
