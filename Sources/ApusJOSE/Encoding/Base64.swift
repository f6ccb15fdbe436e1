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
        let symbols = text.span
        var count = symbols.count
        for _ in 0..<2 where count > 0 && symbols[count - 1] == UInt8(ascii: "=") { count -= 1 }
        var octets: [UInt8] = []
        guard count > 0 else { return octets }
        var (offset, bits, width) = (0, UInt32(0), UInt32(0))
        octets.append(addingCapacity: count * 3 / 4) { output in
            while offset < count {
                let value = value(symbols[unchecked: offset])
                if value > 0x3F { return }
                bits = bits << 6 | value
                width &+= 6
                if width >= 8 {
                    width &-= 8
                    output.append(UInt8(truncatingIfNeeded: bits &>> width))
                }
                offset &+= 1
            }
        }
        if offset < count { throw .invalidCharacter(offset: offset) }
        if bits & (1 &<< width &- 1) != 0 { throw .nonZeroTrailingBits }
        return octets
    }

    private static func value(_ character: UInt8) -> UInt32 {
        switch character {
        case UInt8(ascii: "+"): 62
        case UInt8(ascii: "/"): 63
        case UInt8(ascii: "-"), UInt8(ascii: "_"): .max
        default: Base64URL.value(character)
        }
    }

    /// Reads a text back into the octets it stands for.
    ///
    /// - Throws: `Base64.Error`. The empty text is no error: it stands for no octets.
    public static func decode(_ text: String) throws(Error) -> [UInt8] {
        try decode([UInt8](text.utf8)[...])
    }
}
