import ApusHTTP
import Testing

@Suite struct PercentCodingTests {
    private func decode(_ text: String, plusIsSpace: Bool = false) throws(PercentCodingError) -> String {
        try PercentCoding.decode(Array("/\(text)".utf8).dropFirst(), plusIsSpace: plusIsSpace)
    }

    @Test(arguments: [
        ("", ""), ("abc", "abc"), ("a%20b", "a b"), ("%41%42", "AB"), ("%c3%bc", "ü"), ("%E2%82%AC", "€"),
        ("%F0%9F%90%A6", "🐦"), ("ü", "ü"), ("a+b", "a+b"), ("a%2Fb", "a/b"), ("%2e%2e", ".."), ("%5C", "\\"),
        // Decoded once: what comes out is not decoded again.
        ("%2541", "%41"), ("%252e", "%2e"),
    ])
    func `decodes once`(_ encoded: String, _ expected: String) throws {
        #expect(try decode(encoded) == expected)
    }

    @Test func `takes a plus for a space only in forms`() throws {
        #expect(try decode("a+b%2B", plusIsSpace: true) == "a b+")
        #expect(try decode("a+b%2B") == "a+b+")
    }

    @Test(arguments: ["%", "a%", "%4", "a%4", "%g0", "%0g", "%%41", "% 41", "%-1", "%+1"])
    func `refuses a malformed escape`(_ encoded: String) {
        #expect(throws: PercentCodingError.malformedEscape) { try decode(encoded) }
    }

    @Test(arguments: ["%00", "a%00b", "\0", "%41\0"])
    func `refuses NUL`(_ encoded: String) {
        #expect(throws: PercentCodingError.nul) { try decode(encoded) }
    }

    /// RFC 3629 §3, §4 and the examples of overlong forms in §10.
    @Test(arguments: [
        "%C0%AF", "%C0%80", "%E0%80%AF", "%F0%80%80%AF", "%2F%C0%AE", "%ED%A0%80", "%F4%90%80%80", "%F8%88%80%80%80",
        "%80", "%C3", "%C3%28", "%FF", "%FE%FF",
    ])
    func `refuses octets that are not UTF-8`(_ encoded: String) {
        #expect(throws: PercentCodingError.invalidUTF8) { try decode(encoded) }
    }

    @Test func `refuses raw octets that are not UTF-8`() {
        #expect(throws: PercentCodingError.invalidUTF8) { try PercentCoding.decode([0x61, 0xC0, 0xAF]) }
    }

    @Test(arguments: [
        ("abcXYZ019-._~", "abcXYZ019-._~"), ("a b", "a%20b"), ("a/b?c#d", "a%2Fb%3Fc%23d"), ("ü", "%C3%BC"),
        ("100%", "100%25"), ("a+b&c=d", "a%2Bb%26c%3Dd"), ("", ""), ("\r\n\0", "%0D%0A%00"),
    ])
    func `encodes all but unreserved characters, RFC 3986 §2.3`(_ text: String, _ expected: String) {
        #expect(PercentCoding.encode(text) == expected)
    }

    @Test func `decodes what it encodes`() throws {
        var generator = SplitMix64(seed: 3_986)
        for _ in 0..<500 {
            var text = ""
            for _ in 0..<20 {
                if let scalar = Unicode.Scalar(UInt32.random(in: 1...0x10FFFF, using: &generator)) {
                    text.unicodeScalars.append(scalar)
                }
            }
            #expect(try decode(PercentCoding.encode(text)) == text)
        }
    }
}
