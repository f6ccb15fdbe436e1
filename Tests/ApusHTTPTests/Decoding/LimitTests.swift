import ApusHTTP
import Testing

/// Each limit at its edge, and before the line has ended.
@Suite struct LimitTests {
    private let start = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"

    @Test func `takes a request line of 8192 octets and answers 414 to a longer one`() {
        let line = { (length: Int) in "GET /" + String(repeating: "a", count: length - 14) + " HTTP/1.1" }
        let rest = "\r\nHost: a\r\n\r\n"
        #expect(line(8_192).utf8.count == 8_192)
        #expect(Transcript(line(8_192) + rest).messages.count == 1)
        let failure = Transcript(line(8_193) + rest).failure
        #expect(failure?.reason == .requestLineTooLong(limit: 8_192) && failure?.status == .uriTooLong)
    }

    @Test func `refuses a request line as soon as it is too long`() {
        let octets = "GET /" + String(repeating: "a", count: 8_192 - 5)
        #expect(Transcript(octets).failure == nil)
        #expect(Transcript(octets + "a").failure?.status == .uriTooLong)
    }

    @Test func `takes 32768 octets of field lines and answers 431 to more`() {
        let lines = { (length: Int) in "Host: a\r\nX: " + String(repeating: "a", count: length - 14) + "\r\n" }
        #expect(lines(32_768).utf8.count == 32_768)
        #expect(Transcript("GET / HTTP/1.1\r\n\(lines(32_768))\r\n").messages.count == 1)
        let failure = Transcript("GET / HTTP/1.1\r\n\(lines(32_769))\r\n").failure
        #expect(failure?.reason == .fieldSectionTooLarge(limit: 32_768))
        #expect(failure?.status == .requestHeaderFieldsTooLarge)
    }

    @Test func `refuses field lines as soon as they are too long`() {
        let limits = HTTP.DecoderLimits(fieldSectionBytes: 20)
        let octets = "GET / HTTP/1.1\r\nHost: a\r\nX: 456789"
        #expect(Transcript(octets, limits: limits).failure == nil)
        #expect(Transcript(octets + "\r\n\r\n", limits: limits).messages.count == 1)
        #expect(Transcript(octets + "0", limits: limits).failure?.reason == .fieldSectionTooLarge(limit: 20))
        #expect(Transcript(octets + "\r\nY", limits: limits).failure?.reason == .fieldSectionTooLarge(limit: 20))
    }

    @Test func `takes 100 field lines and answers 431 to more`() {
        let request = { (count: Int) in
            "GET / HTTP/1.1\r\nHost: a\r\n" + String(repeating: "X: y\r\n", count: count - 1) + "\r\n"
        }
        #expect(Transcript(request(100)).messages.first?.fields.count == 100)
        let failure = Transcript(request(101)).failure
        #expect(failure?.reason == .tooManyFields(limit: 100) && failure?.status == .requestHeaderFieldsTooLarge)
    }

    @Test func `takes a method of 32 octets`() {
        let method = String(repeating: "M", count: 32)
        #expect(Transcript("\(method) / HTTP/1.1\r\nHost: a\r\n\r\n").messages.first?.method == method)
    }

    @Test func `takes 4096 octets of chunk extensions in all and answers 400 to more`() {
        let chunks = { (length: Int) in
            start + "1;" + String(repeating: "a", count: 1_999) + "\r\nx\r\n"
                + "1;" + String(repeating: "a", count: length - 2_000 - 1) + "\r\ny\r\n0\r\n\r\n"
        }
        #expect(Transcript(chunks(4_096)).messages.first?.text == "xy")
        let failure = Transcript(chunks(4_097)).failure
        #expect(failure?.reason == .chunkExtensionsTooLong(limit: 4_096) && failure?.status == .badRequest)
    }

    @Test func `refuses chunk extensions that do not end`() {
        let endless = start + "1;" + String(repeating: "a", count: 5_000)
        #expect(Transcript(endless).failure?.reason == .chunkExtensionsTooLong(limit: 4_096))
    }

    @Test func `takes a chunk size of 16 digits`() {
        #expect(Transcript(start + "0000000000000005\r\nHello\r\n0\r\n\r\n").messages.first?.text == "Hello")
        #expect(Transcript(start + "7FFFFFFFFFFFFFFF\r\nHello").messages.first?.text == "Hello")
    }

    @Test func `takes a Content-Length up to the largest number of 63 bits`() {
        let request = "PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 9223372036854775807\r\n\r\n"
        #expect(Transcript(request).messages.first?.framing == .length(.max))
    }

    @Test func `takes 8192 octets of trailers and answers 431 to more`() {
        let trailers = { (length: Int) in start + "0\r\nX: " + String(repeating: "a", count: length - 5) + "\r\n\r\n" }
        #expect(Transcript(trailers(8_192)).messages.first?.trailers?.count == 1)
        let failure = Transcript(trailers(8_193)).failure
        #expect(failure?.reason == .trailersTooLarge(limit: 8_192) && failure?.status == .requestHeaderFieldsTooLarge)
    }

    @Test func `counts trailers, those that are dropped too`() {
        let limits = HTTP.DecoderLimits(trailerCount: 2)
        #expect(Transcript(start + "0\r\nHost: a\r\nX: y\r\n\r\n", limits: limits).failure == nil)
        let failure = Transcript(start + "0\r\nHost: a\r\nX: y\r\nHost: b\r\n\r\n", limits: limits).failure
        #expect(failure?.reason == .tooManyTrailers(limit: 2) && failure?.status == .requestHeaderFieldsTooLarge)
    }

    @Test func `starts anew with each request`() {
        let limits = HTTP.DecoderLimits(requestLine: 14, fieldSectionBytes: 9, fieldCount: 1)
        let request = "GET / HTTP/1.1\r\nHost: a\r\n\r\n"
        #expect(Transcript(request + request + request, limits: limits).messages.count == 3)
    }
}
