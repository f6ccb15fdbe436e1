/// Eight octets of a string at a time, because every octet of every token passes here.
enum StringOctets {
    private static let ones: UInt64 = 0x0101_0101_0101_0101
    private static let tops: UInt64 = 0x8080_8080_8080_8080

    /// The top bit of each octet that is a quote, a backslash, a control character or not ASCII; right up to the first of them.
    ///
    /// Subtraction borrows from octets above only, so that what lies below the first mark is never marked wrongly.
    static func marks(_ word: UInt64) -> UInt64 {
        (differences(word) | word) & tops
    }

    /// Where the first octet is that stands not for itself and is not plain ASCII; `octets.count` at the latest.
    @inline(__always)
    static func plainEnd(_ octets: Span<UInt8>, from start: Int) -> Int {
        var index = start
        while index &+ 8 <= octets.count {
            let word = UInt64(
                littleEndian: octets.bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: index, as: UInt64.self))
            let marks = marks(word)
            if marks != 0 { return index &+ marks.trailingZeroBitCount / 8 }
            index &+= 8
        }
        while index < octets.count, 0x20..<0x80 ~= octets[unchecked: index] {
            let octet = octets[unchecked: index]
            if octet == UInt8(ascii: "\"") || octet == UInt8(ascii: "\\") { break }
            index &+= 1
        }
        return index
    }

    /// Whether an octet is one that stands in a JSON string behind a backslash alone (RFC 8259 §7).
    static func areSomeEscaped(in octets: Span<UInt8>) -> Bool {
        guard octets.count >= 8 else {
            // One word that letters fill up.
            var word = ones &* 0x61
            for index in 0..<octets.count { word = word << 8 | UInt64(octets[unchecked: index]) }
            return differences(word) & ~word & tops != 0
        }
        var (index, marks) = (0, UInt64(0))
        // The last word begins within the one before.
        let last = octets.count &- 8
        while true {
            let word = octets.bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: index, as: UInt64.self)
            marks |= differences(word) & ~word
            if index == last { return marks & tops != 0 }
            index = min(index &+ 8, last)
        }
    }

    /// A top bit is set for a quote, a backslash and a control character, and perhaps for what is not ASCII.
    private static func differences(_ word: UInt64) -> UInt64 {
        let quotes = (word ^ ones &* 0x22) &- ones
        let backslashes = (word ^ ones &* 0x5C) &- ones
        let controls = word &- ones &* 0x20
        return quotes | backslashes | controls
    }
}
