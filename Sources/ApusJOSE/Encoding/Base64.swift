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
        var octets: [UInt8] = []
        octets.append(zeros: text.count / 4 * 3)
        var output = octets.mutableSpan
        let count = try decode(text.span, into: &output)
        octets.removeLast(octets.count - count)
        return octets
    }

    /// Fills the front of `output`, which must have room for three octets for each four characters.
    ///
    /// - Returns: how many octets the text stands for.
    package static func decode(_ text: Span<UInt8>, into output: inout MutableSpan<UInt8>) throws(Error) -> Int {
        guard text.count % 4 == 0 else { throw .invalidLength }
        precondition(text.count / 4 * 3 <= output.count, "no room for the decoded octets")
        var count = text.count
        for _ in 0..<2 where count > 0 && text[count - 1] == UInt8(ascii: "=") { count -= 1 }
        var (offset, written) = (0, 0)
        // Groups of four characters, as long as they are of the alphabet; then what is left, or the one that is not.
        while offset &+ 4 <= count {
            let (first, second) = (value(text[offset]), value(text[offset &+ 1]))
            let (third, fourth) = (value(text[offset &+ 2]), value(text[offset &+ 3]))
            if first | second | third | fourth > 0x3F { break }
            let group = first &<< 18 | second &<< 12 | third &<< 6 | fourth
            output[written] = UInt8(truncatingIfNeeded: group &>> 16)
            output[written &+ 1] = UInt8(truncatingIfNeeded: group &>> 8)
            output[written &+ 2] = UInt8(truncatingIfNeeded: group)
            offset &+= 4
            written &+= 3
        }
        var (bits, width) = (UInt32(0), UInt32(0))
        while offset < count {
            let value = value(text[offset])
            if value > 0x3F { throw .invalidCharacter(offset: offset) }
            bits = bits << 6 | value
            width &+= 6
            if width >= 8 {
                width &-= 8
                output[written] = UInt8(truncatingIfNeeded: bits &>> width)
                written &+= 1
            }
            offset &+= 1
        }
        if bits & (1 &<< width &- 1) != 0 { throw .nonZeroTrailingBits }
        return written
    }

    private static func value(_ character: UInt8) -> UInt32 {
        UInt32(values[unchecked: Int(character)])
    }

    private static let values = InlineArray<256, UInt8> { character in
        switch UInt8(character) {
        case UInt8(ascii: "+"): 62
        case UInt8(ascii: "/"): 63
        case UInt8(ascii: "-"), UInt8(ascii: "_"): .max
        default: UInt8(truncatingIfNeeded: Base64URL.value(UInt8(character)))
        }
    }

    /// Reads a text back into the octets it stands for.
    ///
    /// - Throws: `Base64.Error`. The empty text is no error: it stands for no octets.
    public static func decode(_ text: String) throws(Error) -> [UInt8] {
        try decode([UInt8](text.utf8)[...])
    }
}
