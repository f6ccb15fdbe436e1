import Testing

@testable import Apus

/// Unicode Standard Annex #15; the forms are those of Python's unicodedata.
@Suite struct NormalizedTextTests {
    @Test(arguments: [
        ("e\u{301}", "\u{E9}"), ("\u{212B}", "\u{C5}"), ("\u{1100}\u{1161}", "\u{AC00}"),
        ("a\u{315}\u{300}\u{5AE}\u{328}b", "\u{105}\u{5AE}\u{300}\u{315}b"),
        // Tibetan vowels that are two marks, which go in order with those around them.
        ("\u{F73}", "\u{F71}\u{F72}"), ("\u{F71}\u{F72}\u{F75}", "\u{F71}\u{F71}\u{F72}\u{F74}"),
        ("\u{F72}\u{F73}", "\u{F71}\u{F72}\u{F72}"), ("\u{F74}\u{F81}b", "\u{F71}\u{F80}\u{F74}b"),
    ])
    func `is the normalization form C`(text: String, form: String) {
        #expect(NormalizedText.octets(of: text) == Array(form.utf8))
        #expect(NormalizedText.octets(of: form) == Array(form.utf8))
    }
}
