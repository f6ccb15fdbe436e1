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
        // Neither an early exit nor a comparison, so that the loop compiles to vector instructions; what is subtracted is in `differences`.
        var marks: UInt8 = 0
        for index in 0..<octets.count {
            let octet = octets[unchecked: index]
            let quote = (octet ^ UInt8(ascii: "\"")) &- 1
            let backslash = (octet ^ UInt8(ascii: "\\")) &- 1
            let control = octet &- 0x20
            marks |= (quote | backslash | control) & ~octet
        }
        return marks >= 0x80
    }

    /// The top bit of an octet is set if one is escaped at all: that of the lowest, and perhaps others above it.
    static func escapes(_ word: UInt64) -> UInt64 { differences(word) & ~word & tops }

    /// The same for as many of the lowest octets, of which there are less than eight.
    static func escapes(_ word: UInt64, count: Int) -> UInt64 { escapes(word) & (1 &<< shift(count) &- 1) }

    /// A text of less than eight octets as one word, the first octet lowest, and zeros in what is left of it.
    static func shortWord(_ octets: Span<UInt8>) -> UInt64 {
        let count = octets.count
        if count >= 4 {
            let first = octets.bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: 0, as: UInt32.self)
            let last = octets.bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: count &- 4, as: UInt32.self)
            // Where both have an octet, it is the same one.
            return UInt64(UInt32(littleEndian: first)) | UInt64(UInt32(littleEndian: last)) &<< shift(count &- 4)
        }
        if count == 0 { return 0 }
        let (middle, last) = (count / 2, count &- 1)
        return UInt64(octets[unchecked: 0]) | UInt64(octets[unchecked: middle]) &<< shift(middle)
            | UInt64(octets[unchecked: last]) &<< shift(last)
    }

    private static func shift(_ octets: Int) -> UInt64 { UInt64(truncatingIfNeeded: octets &* 8) }

    /// A top bit is set for a quote, a backslash and a control character, and perhaps for what is not ASCII.
    private static func differences(_ word: UInt64) -> UInt64 {
        let quotes = (word ^ ones &* 0x22) &- ones
        let backslashes = (word ^ ones &* 0x5C) &- ones
        let controls = word &- ones &* 0x20
        return quotes | backslashes | controls
    }
}
