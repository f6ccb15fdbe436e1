/// Base64 with the standard alphabet and mandatory padding (RFC 4648 §4), as HTTP's Basic scheme uses it.
///
/// Decoding is as strict as `Base64URL`'s: white space, missing or surplus padding, the URL-safe alphabet and endings
/// whose unused bits are not zero are refused.
public enum Base64 {
    /// Why a text is not Base64; never the text itself.
    public typealias Error = Base64URL.Error

    /// Reads a text back into the octets it stands for.
    ///
    /// - Throws: `Base64.Error`. The empty text is no error: it stands for no octets.
    public static func decode(_ text: ArraySlice<UInt8>) throws(Error) -> [UInt8] {
        guard text.count % 4 == 0 else { throw .invalidLength }
        var symbols = [UInt8](text)
        for _ in 0..<2 where symbols.last == UInt8(ascii: "=") { symbols.removeLast() }
        for offset in symbols.indices {
            switch symbols[offset] {
            case UInt8(ascii: "+"): symbols[offset] = UInt8(ascii: "-")
            case UInt8(ascii: "/"): symbols[offset] = UInt8(ascii: "_")
            case UInt8(ascii: "-"), UInt8(ascii: "_"): throw .invalidCharacter(offset: offset)
            default: break
            }
        }
        return try Base64URL.decode(symbols.span)
    }

    /// Reads a text back into the octets it stands for.
    ///
    /// - Throws: `Base64.Error`. The empty text is no error: it stands for no octets.
    public static func decode(_ text: String) throws(Error) -> [UInt8] {
        try decode([UInt8](text.utf8)[...])
    }
}
