extension Octet {
    /// The first octet of `range` that no line of a message holds: a control other than HTAB (RFC 9110 §5.5).
    ///
    /// Eight octets are looked at together. Each of the two tests below may set bits by mistake, but only above an
    /// octet that it has found rightly, so the lowest bit is always right.
    @inline(__always)
    static func firstControl(in octets: Span<UInt8>, _ range: Range<Int>) -> Int {
        let bytes = octets.bytes
        var position = range.lowerBound
        while position &+ 8 <= range.upperBound {
            let word = UInt64(
                littleEndian: bytes.unsafeLoadUnaligned(fromByteOffset: position, as: UInt64.self))
            let belowSpace = (word &- 0x2020_2020_2020_2020) & ~word
            let deleted = word ^ 0x7F7F_7F7F_7F7F_7F7F
            let isDelete = (deleted &- 0x0101_0101_0101_0101) & ~deleted
            let found = (belowSpace | isDelete) & 0x8080_8080_8080_8080
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

    /// Whether the octet is a control other than HTAB.
    @inline(__always)
    static func isControl(_ octet: UInt8) -> Bool {
        octet < space && octet != tab || octet == delete
    }
}
