import ApusHTTP
import Testing

@Suite struct DecoderLimitsTests {
    @Test func `has the defaults that the security checklist names`() {
        let limits = HTTP.DecoderLimits()
        #expect(limits.requestLine == 8_192 && limits.fieldSectionBytes == 32_768 && limits.fieldCount == 100)
        #expect(limits.chunkExtensionBytes == 4_096 && limits.trailerBytes == 8_192)
    }

    @Test func `stops a program that sets a limit out of range`() async {
        await #expect(processExitsWith: .failure) { print(HTTP.DecoderLimits(fieldCount: -1)) }
        await #expect(processExitsWith: .failure) {
            var limits = HTTP.DecoderLimits()
            limits.requestLine = 16_777_217
            print(limits)
        }
    }

    @Test func `may allow none at all`() {
        let none = HTTP.DecoderLimits(
            requestLine: 0, fieldSectionBytes: 0, fieldCount: 0, chunkExtensionBytes: 0, trailerBytes: 0,
            trailerCount: 0)
        #expect(Transcript("GET / HTTP/1.1\r\n", limits: none).failure?.reason == .requestLineTooLong(limit: 0))
        var bare = none
        bare.requestLine = 100
        #expect(Transcript("GET / HTTP/1.0\r\n\r\n", limits: bare).messages.count == 1)
        #expect(Transcript("GET / HTTP/1.0\r\nA", limits: bare).failure?.reason == .fieldSectionTooLarge(limit: 0))
        bare.fieldSectionBytes = 100
        #expect(Transcript("GET / HTTP/1.0\r\nA: b\r\n", limits: bare).failure?.reason == .tooManyFields(limit: 0))
        bare.fieldCount = 2
        let start = "PUT / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
        #expect(Transcript(start + "1\r\nx\r\n0\r\n\r\n", limits: bare).messages.first?.text == "x")
        #expect(Transcript(start + "1;a\r\n", limits: bare).failure?.reason == .chunkExtensionsTooLong(limit: 0))
        #expect(Transcript(start + "0\r\nA", limits: bare).failure?.reason == .trailersTooLarge(limit: 0))
    }
}
