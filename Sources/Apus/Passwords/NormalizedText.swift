// The standard library normalizes text for its own comparisons, and offers the result to the system's libraries alone;
// FoundationEssentials has nothing instead. Should a toolchain take `_nfc` away, this file fails to build: it cannot go
// wrong silently, because the normal form of a character never changes (Unicode's Normalization Stability Policy).
@_spi(_Unicode) import Swift

/// Text in Unicode's normalization form C, in which what looks the same to a reader has the same octets.
enum NormalizedText {
    /// The octets in UTF-8.
    static func octets(of text: String) -> [UInt8] {
        // For ASCII, which is most of it, the form is the text itself.
        if text.utf8.allSatisfy({ $0 < 0x80 }) { return [UInt8](text.utf8) }
        var normalized = String.UnicodeScalarView()
        normalized.append(contentsOf: withoutTibetanPairs(text)._nfc)
        return [UInt8](String(normalized).utf8)
    }

    /// Three vowels stand for two marks each, yet are classed as letters.
    ///
    /// So the standard library does not put those marks in order with the ones before them; taken apart, it does.
    private static func withoutTibetanPairs(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: { pairs[$0] != nil }) else { return text }
        var scalars = String.UnicodeScalarView()
        for scalar in text.unicodeScalars { scalars.append(contentsOf: pairs[scalar] ?? [scalar]) }
        return String(scalars)
    }

    private static let pairs: [Unicode.Scalar: [Unicode.Scalar]] = [
        "\u{F73}": ["\u{F71}", "\u{F72}"], "\u{F75}": ["\u{F71}", "\u{F74}"], "\u{F81}": ["\u{F71}", "\u{F80}"],
    ]
}
