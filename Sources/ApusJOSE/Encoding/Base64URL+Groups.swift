extension Base64URL {
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
