extension Octet {
    /// The first octet of `range` that no line of a message holds: a control other than HTAB (RFC 9110 §5.5).
    ///
    /// Eight octets are looked at together.
    @inline(__always)
    static func firstControl(in octets: Span<UInt8>, _ range: Range<Int>) -> Int {
        let bytes = octets.bytes
        var position = range.lowerBound
        // Long runs without any control are stepped over 32 octets at a time.
        while position &+ 32 <= range.upperBound {
            let words = bytes.unsafeLoadUnaligned(fromByteOffset: position, as: SIMD4<UInt64>.self)
            let marks = controlMarks(words)
            if (marks[0] | marks[1] | marks[2] | marks[3]) & 0x8080_8080_8080_8080 != 0 { break }
            position &+= 32
        }
        while position &+ 8 <= range.upperBound {
            let word = UInt64(
                littleEndian: bytes.unsafeLoadUnaligned(fromByteOffset: position, as: UInt64.self))
            let found = controlMarks(word) & 0x8080_8080_8080_8080
            guard found != 0 else {
                position &+= 8
                continue
            }
            position &+= found.trailingZeroBitCount &>> 3
            if octets[position] != tab { return position }
            position &+= 1
        }
        while position < range.upperBound {
            if isControl(octets[position]) { return position }
            position &+= 1
        }
        return position
    }

    /// Sets the highest bit of each octet that is below a space or DEL.
    ///
    /// Either of the two tests may set such bits by mistake, but only above an octet that it has found rightly: so the lowest one is
    /// always right. The other bits say nothing.
    @inline(__always)
    private static func controlMarks(_ word: UInt64) -> UInt64 {
        let belowSpace = (word &- 0x2020_2020_2020_2020) & ~word
        let deleted = word ^ 0x7F7F_7F7F_7F7F_7F7F
        let isDelete = (deleted &- 0x0101_0101_0101_0101) & ~deleted
        return belowSpace | isDelete
    }

    /// The same for four words.
    @inline(__always)
    private static func controlMarks(_ words: SIMD4<UInt64>) -> SIMD4<UInt64> {
        let belowSpace = (words &- 0x2020_2020_2020_2020) & ~words
        let deleted = words ^ 0x7F7F_7F7F_7F7F_7F7F
        let isDelete = (deleted &- 0x0101_0101_0101_0101) & ~deleted
        return belowSpace | isDelete
    }

    /// Whether the octet is a control other than HTAB.
    @inline(__always)
    static func isControl(_ octet: UInt8) -> Bool {
        octet < space && octet != tab || octet == delete
    }
}
