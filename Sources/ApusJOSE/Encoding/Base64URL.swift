/// Base64 with the URL-safe alphabet and no padding (RFC 4648 §5), as JOSE uses it.
///
/// Decoding is strict: padding, white space, `+` and `/`, and endings whose unused bits are not zero are refused, so
/// that each octet string has exactly one text.
public enum Base64URL {
    /// Why a text is not Base64; never the text itself.
    public enum Error: Swift.Error, Hashable, Sendable {
        /// No octet string is encoded in this many characters.
        case invalidLength
        /// The character at this offset, counted in octets from 0, does not belong to the alphabet.
        case invalidCharacter(offset: Int)
        /// The last character carries bits that no encoder would set.
        case nonZeroTrailingBits
    }

    /// Writes the octets as text.
    public static func encode(_ bytes: Span<UInt8>) -> String {
        var text: [UInt8] = []
        append(bytes, to: &text)
        return String(copying: UTF8Span(unchecked: text.span, isKnownASCII: true))
    }

    /// Writes the octets as text.
    public static func encode(_ bytes: [UInt8]) -> String {
        encode(bytes.span)
    }

    /// Reads a text back into the octets it stands for.
    ///
    /// - Throws: `Base64URL.Error`. The empty text is no error: it stands for no octets.
    public static func decode(_ text: Span<UInt8>) throws(Error) -> [UInt8] {
        let count = try decodedCount(text.count)
        var bytes: [UInt8] = []
        bytes.append(zeros: count)
        var output = bytes.mutableSpan
        try decode(text, into: &output)
        return bytes
    }

    /// Reads a text back into the octets it stands for.
    ///
    /// - Throws: `Base64URL.Error`. The empty text is no error: it stands for no octets.
    public static func decode(_ text: String) throws(Error) -> [UInt8] {
        let utf8 = text.utf8
        return try decode(utf8.span)
    }

    static func encodedCount(_ count: Int) -> Int {
        (count * 4 + 2) / 3
    }

    static func decodedCount(_ count: Int) throws(Error) -> Int {
        if count % 4 == 1 { throw .invalidLength }
        return count / 4 * 3 + max(0, count % 4 - 1)
    }

    static func append(_ bytes: Span<UInt8>, to text: inout [UInt8]) {
        let start = text.count
        text.append(zeros: encodedCount(bytes.count))
        var output = text.mutableSpan
        encode(bytes, into: &output, at: start)
    }

    /// Fills the front of `output`, which must have room for `decodedCount(text.count)` octets.
    static func decode(_ text: Span<UInt8>, into output: inout MutableSpan<UInt8>) throws(Error) {
        let count = try decodedCount(text.count)
        precondition(count <= output.count, "no room for the decoded octets")
        let (groups, areValid) = decodeGroups(text, into: &output, upTo: count)
        // Each value has six bits, so a bit above them in the union of all means a character outside the alphabet.
        // It is looked for once, at the end; what was written by then is not used.
        var union: UInt32 = areValid ? 0 : 0xFF
        var (read, written) = (groups &* 4, groups &* 3)
        while read &+ 4 <= text.count {
            let (first, second) = (value(text[read]), value(text[read &+ 1]))
            let (third, fourth) = (value(text[read &+ 2]), value(text[read &+ 3]))
            union |= first | second | third | fourth
            let group = first << 18 | second << 12 | third << 6 | fourth
            output[written] = UInt8(truncatingIfNeeded: group >> 16)
            output[written &+ 1] = UInt8(truncatingIfNeeded: group >> 8)
            output[written &+ 2] = UInt8(truncatingIfNeeded: group)
            read &+= 4
            written &+= 3
        }
        var trailing: UInt32 = 0
        switch text.count &- read {
        case 2:
            let (first, second) = (value(text[read]), value(text[read &+ 1]))
            union |= first | second
            output[written] = UInt8(truncatingIfNeeded: first << 2 | second >> 4)
            trailing = second & 0x0F
        case 3:
            let (first, second, third) = (value(text[read]), value(text[read &+ 1]), value(text[read &+ 2]))
            union |= first | second | third
            output[written] = UInt8(truncatingIfNeeded: first << 2 | second >> 4)
            output[written &+ 1] = UInt8(truncatingIfNeeded: second << 4 | third >> 2)
            trailing = third & 0x03
        default:
            break
        }
        if union > 0x3F { throw .invalidCharacter(offset: firstInvalid(text)) }
        if trailing != 0 { throw .nonZeroTrailingBits }
    }

    private static func firstInvalid(_ text: Span<UInt8>) -> Int {
        text.indices.first { value(text[$0]) > 0x3F } ?? 0
    }

    static func symbol(_ bits: UInt32) -> UInt8 {
        symbols[Int(bits & 0x3F)]
    }

    static func value(_ character: UInt8) -> UInt32 {
        UInt32(values[Int(character)])
    }

    // RFC 4648 table 2, as ASCII.
    private static let symbols: InlineArray<64, UInt8> = [
        0x41, 0x42, 0x43, 0x44, 0x45, 0x46, 0x47, 0x48, 0x49, 0x4A, 0x4B, 0x4C, 0x4D, 0x4E, 0x4F, 0x50,
        0x51, 0x52, 0x53, 0x54, 0x55, 0x56, 0x57, 0x58, 0x59, 0x5A, 0x61, 0x62, 0x63, 0x64, 0x65, 0x66,
        0x67, 0x68, 0x69, 0x6A, 0x6B, 0x6C, 0x6D, 0x6E, 0x6F, 0x70, 0x71, 0x72, 0x73, 0x74, 0x75, 0x76,
        0x77, 0x78, 0x79, 0x7A, 0x30, 0x31, 0x32, 0x33, 0x34, 0x35, 0x36, 0x37, 0x38, 0x39, 0x2D, 0x5F,
    ]

    // Its inverse; 0xFF is no symbol.
    private static let values: InlineArray<256, UInt8> = [
        0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF,
        0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF,
        0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x3E, 0xFF, 0xFF,
        0x34, 0x35, 0x36, 0x37, 0x38, 0x39, 0x3A, 0x3B, 0x3C, 0x3D, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF,
        0xFF, 0x00, 0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0A, 0x0B, 0x0C, 0x0D, 0x0E,
        0x0F, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18, 0x19, 0xFF, 0xFF, 0xFF, 0xFF, 0x3F,
        0xFF, 0x1A, 0x1B, 0x1C, 0x1D, 0x1E, 0x1F, 0x20, 0x21, 0x22, 0x23, 0x24, 0x25, 0x26, 0x27, 0x28,
        0x29, 0x2A, 0x2B, 0x2C, 0x2D, 0x2E, 0x2F, 0x30, 0x31, 0x32, 0x33, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF,
        0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF,
        0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF,
        0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF,
        0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF,
        0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF,
        0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF,
        0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF,
        0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF,
    ]
}

extension [UInt8] {
    /// Makes room that is written to at once; an array that is made of repeated zeros takes the way of arrays of unknown elements.
    @inline(__always)
    mutating func append(zeros count: Int) {
        // All empty arrays are one, to which this function of the standard library writes its count of zero, from any thread.
        guard count > 0 else { return }
        append(addingCapacity: count) { output in output.append(repeating: 0, count: count) }
    }
}
