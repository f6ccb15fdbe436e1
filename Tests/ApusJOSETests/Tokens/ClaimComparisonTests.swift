import ApusJOSE
import Testing

/// RFC 7519 §7.3: texts in tokens are compared octet by octet; canonical equivalence is none.
@Suite struct ClaimComparisonTests {
    // U+212A KELVIN SIGN, U+00E9 and U+0065 U+0301, U+2126 OHM SIGN: pairs that == holds for.
    @Test(arguments: [("Keeper", "\u{212A}eeper"), ("caf\u{E9}", "cafe\u{301}"), ("\u{3A9}", "\u{2126}")])
    func `an equivalent role is another one`(text: String, equivalent: String) {
        #expect(text == equivalent)
        let claims = Claims(["role": .string(equivalent), "roles": [.string(text), .string(text)]])
        #expect(claims.roles.map { Array($0.utf8) } == [Array(equivalent.utf8), Array(text.utf8)])
    }
}
