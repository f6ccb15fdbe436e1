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
        normalized.append(contentsOf: text._nfc)
        return [UInt8](String(normalized).utf8)
    }
}
