extension Base64URL {
    /// Writes the text from an offset of `output` on, where there must be room for `encodedCount(bytes.count)` characters.
    static func encode(_ bytes: Span<UInt8>, into output: inout MutableSpan<UInt8>, at start: Int) {
        precondition(start >= 0 && encodedCount(bytes.count) <= output.count - start, "no room for the text")
        var (index, written) = (0, start)
        var text = output.mutableBytes
        // Two groups at once, as long as a word can be read for their six octets.
        while index &+ 8 <= bytes.count {
            let groups = bytes.bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: index, as: UInt64.self).bigEndian
            let first = UInt64(pair(groups &>> 52)) | UInt64(pair(groups &>> 40)) &<< 16
            let second = UInt64(pair(groups &>> 28)) | UInt64(pair(groups &>> 16)) &<< 16
            text.storeBytes(of: (first | second &<< 32).littleEndian, toUncheckedByteOffset: written, as: UInt64.self)
            index &+= 6
            written &+= 8
        }
        while index &+ 3 <= bytes.count {
            let group =
                UInt64(bytes[unchecked: index]) << 16 | UInt64(bytes[unchecked: index &+ 1]) << 8
                | UInt64(bytes[unchecked: index &+ 2])
            let word = UInt32(pair(group >> 12)) | UInt32(pair(group)) << 16
            text.storeBytes(of: word.littleEndian, toUncheckedByteOffset: written, as: UInt32.self)
            index &+= 3
            written &+= 4
        }
        switch bytes.count &- index {
        case 1:
            let group = UInt64(bytes[index]) << 4
            text.storeBytes(of: pair(group).littleEndian, toUncheckedByteOffset: written, as: UInt16.self)
        case 2:
            let group = UInt64(bytes[index]) << 10 | UInt64(bytes[index &+ 1]) << 2
            text.storeBytes(of: pair(group >> 6).littleEndian, toUncheckedByteOffset: written, as: UInt16.self)
            let last = symbol(UInt32(truncatingIfNeeded: group))
            text.storeBytes(of: last, toUncheckedByteOffset: written &+ 2, as: UInt8.self)
        default:
            break
        }
    }

    /// The two characters of twelve bits, the first one lowest.
    private static func pair(_ bits: UInt64) -> UInt16 {
        pairs[unchecked: Int(truncatingIfNeeded: bits & 0xFFF)]
    }

    private static let pairs = InlineArray<4_096, UInt16> { bits in
        UInt16(symbol(UInt32(bits >> 6))) | UInt16(symbol(UInt32(bits))) << 8
    }

    /// Decodes whole groups of four characters, as many as fit.
    ///
    /// - Parameter count: how many octets of `output` may be written.
    /// - Returns: how many groups were read, and whether all their characters belong to the alphabet; if not, what was written is of no use.
    static func decodeGroups(
        _ text: Span<UInt8>, into output: inout MutableSpan<UInt8>, upTo count: Int
    ) -> (groups: Int, areValid: Bool) {
        // A word is stored for the three octets of a group; the next group, or what follows, writes over its fourth.
        let groups = min(text.count / 4, max(0, (count &- 1) / 3))
        var octets = output.mutableBytes
        var union: UInt32 = 0
        for group in 0..<groups {
            let read = group &* 4
            let word =
                bits[unchecked: Int(text[unchecked: read])]
                | bits[unchecked: 256 &+ Int(text[unchecked: read &+ 1])]
                | bits[unchecked: 512 &+ Int(text[unchecked: read &+ 2])]
                | bits[unchecked: 768 &+ Int(text[unchecked: read &+ 3])]
            union |= word
            octets.storeBytes(of: word.littleEndian, toUncheckedByteOffset: group &* 3, as: UInt32.self)
        }
        return (groups, union & invalid == 0)
    }

    private static let invalid: UInt32 = 0xFF00_0000

    /// The bits of each character in each of the four places of a group, where they stand in its three octets, the first octet lowest.
    private static let bits = InlineArray<1_024, UInt32> { index in
        let value = value(UInt8(index & 0xFF))
        guard value <= 0x3F else { return invalid }
        return (value << (18 - 6 * UInt32(index >> 8))).byteSwapped >> 8
    }
}
