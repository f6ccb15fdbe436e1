extension Octet {
    /// How far letters and hyphens reach from the start of `range`, of which the names of fields and methods are made as a rule.
    ///
    /// Eight octets are looked at together; of the last seven of the range it does not say anything.
    @inline(__always)
    static func letterEnd(in octets: Span<UInt8>, _ range: Range<Int>) -> Int {
        let bytes = octets.bytes
        var position = range.lowerBound
        while position &+ 8 <= range.upperBound {
            let word = UInt64(
                littleEndian: bytes.unsafeLoadUnaligned(fromByteOffset: position, as: UInt64.self))
            let others = otherMarks(word)
            guard others == 0 else { return position &+ others.trailingZeroBitCount &>> 3 }
            position &+= 8
        }
        return position
    }

    /// Sets the highest bit of each octet that is neither a letter nor a hyphen, and no other bit.
    ///
    /// The sums are of seven bits each, so that nothing is carried into the next octet.
    @inline(__always)
    private static func otherMarks(_ word: UInt64) -> UInt64 {
        let ascii = word & 0x7F7F_7F7F_7F7F_7F7F
        let lowercased = ascii | 0x2020_2020_2020_2020
        let isFromA = lowercased &+ 0x1F1F_1F1F_1F1F_1F1F
        let isBehindZ = lowercased &+ 0x0505_0505_0505_0505
        let isNotHyphen = (ascii ^ 0x2D2D_2D2D_2D2D_2D2D) &+ 0x7F7F_7F7F_7F7F_7F7F
        return (word | (~isFromA | isBehindZ) & isNotHyphen) & 0x8080_8080_8080_8080
    }
}
