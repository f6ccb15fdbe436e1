/// The character classes of RFC 9110 §5.6 and RFC 5234, over octets.
enum Octet {
    static let tab: UInt8 = 0x09
    static let lineFeed: UInt8 = 0x0A
    static let carriageReturn: UInt8 = 0x0D
    static let space: UInt8 = 0x20
    static let quote: UInt8 = 0x22
    static let hash: UInt8 = 0x23
    static let percent: UInt8 = 0x25
    static let ampersand: UInt8 = 0x26
    static let asterisk: UInt8 = 0x2A
    static let plus: UInt8 = 0x2B
    static let comma: UInt8 = 0x2C
    static let hyphen: UInt8 = 0x2D
    static let period: UInt8 = 0x2E
    static let slash: UInt8 = 0x2F
    static let zero: UInt8 = 0x30
    static let colon: UInt8 = 0x3A
    static let semicolon: UInt8 = 0x3B
    static let equals: UInt8 = 0x3D
    static let question: UInt8 = 0x3F
    static let leftBracket: UInt8 = 0x5B
    static let backslash: UInt8 = 0x5C
    static let rightBracket: UInt8 = 0x5D
    static let delete: UInt8 = 0x7F

    /// A class of ASCII characters as a bit set: one shift answers a membership test, with no table in memory.
    struct Class {
        private let low: UInt64
        private let high: UInt64

        init(low: UInt64, high: UInt64) {
            self.low = low
            self.high = high
        }

        @inline(__always)
        func contains(_ octet: UInt8) -> Bool {
            let half = octet & 0x40 == 0 ? low : high
            return octet < 0x80 && (half &>> UInt64(octet & 0x3F)) & 1 != 0
        }
    }

    /// `tchar` (RFC 9110 §5.6.2).
    @inline(__always)
    static var token: Class { Class(low: 0x03FF_6CFA_0000_0000, high: 0x57FF_FFFF_C7FF_FFFE) }

    /// `cookie-octet` (RFC 6265 §4.1.1).
    @inline(__always)
    static var cookieValue: Class { Class(low: 0xF7FF_EFFA_0000_0000, high: 0x7FFF_FFFF_EFFF_FFFF) }

    /// `unreserved` (RFC 3986 §2.3).
    @inline(__always)
    static var unreserved: Class { Class(low: 0x03FF_6000_0000_0000, high: 0x47FF_FFFE_87FF_FFFE) }

    /// `unreserved` and `sub-delims` (RFC 3986 §2.2, §2.3): a registered name apart from its percent-encoded octets.
    @inline(__always)
    static var registeredName: Class { Class(low: 0x2BFF_7FD2_0000_0000, high: 0x47FF_FFFE_87FF_FFFE) }

    /// What a target may hold (visible ASCII without `#`) and that is neither its query's beginning nor of the kind that a path is
    /// decoded for: `%`, `\`, and the period of a segment `..`.
    @inline(__always)
    static var plainPath: Class { Class(low: 0x7FFF_BFD6_0000_0000, high: 0x7FFF_FFFF_EFFF_FFFF) }

    @inline(__always)
    static func isDigit(_ octet: UInt8) -> Bool { octet &- zero < 10 }

    @inline(__always)
    static func isWhitespace(_ octet: UInt8) -> Bool { octet == space || octet == tab }

    /// Whether CRLF stands at `index`.
    @inline(__always)
    static func isLineEnd(_ octets: Span<UInt8>, at index: Int) -> Bool {
        guard index &+ 2 <= octets.count else { return false }
        let pair = octets.bytes.unsafeLoadUnaligned(fromByteOffset: index, as: UInt16.self)
        return UInt16(bigEndian: pair) == 0x0D0A
    }

    /// The value of a hexadecimal digit.
    @inline(__always)
    static func hexadecimalValue(_ octet: UInt8) -> UInt8? {
        if isDigit(octet) { return octet &- zero }
        let letter = (octet | 0x20) &- 0x61
        return letter < 6 ? letter &+ 10 : nil
    }

    static func isToken(_ octets: Span<UInt8>, _ range: Range<Int>) -> Bool {
        tokenEnd(in: octets, range) == range.upperBound && !range.isEmpty
    }

    /// Where the run of token octets ends that begins at the start of `range`.
    @inline(__always)
    static func tokenEnd(in octets: Span<UInt8>, _ range: Range<Int>) -> Int {
        let token = token
        var position = letterEnd(in: octets, range)
        while position < range.upperBound, token.contains(octets[position]) { position &+= 1 }
        return position
    }

    /// `range` without the whitespace at its ends (OWS, RFC 9110 §5.6.3).
    @inline(__always)
    static func trimmed(_ range: Range<Int>, of octets: Span<UInt8>) -> Range<Int> {
        var start = range.lowerBound
        var end = range.upperBound
        // As a rule one space stands before, and nothing behind.
        if start < end, octets[start] == space { start &+= 1 }
        if start < end, octets[start] > space, octets[end &- 1] > space { return start..<end }
        while start < end, isWhitespace(octets[start]) { start &+= 1 }
        while start < end, isWhitespace(octets[end &- 1]) { end &-= 1 }
        return start..<end
    }

    /// At most eight octets as one number, the first the most significant; 0 for more than eight.
    @inline(__always)
    static func packed(_ octets: Span<UInt8>) -> UInt64 {
        let bytes = octets.bytes
        if octets.count == 8 { return UInt64(bigEndian: bytes.unsafeLoadUnaligned(fromByteOffset: 0, as: UInt64.self)) }
        guard octets.count < 8 else { return 0 }
        if octets.count >= 4 {
            // Octets that belong to both stand in the same place in both.
            let others = octets.count &- 4
            let first = UInt32(bigEndian: bytes.unsafeLoadUnaligned(fromByteOffset: 0, as: UInt32.self))
            let last = UInt32(bigEndian: bytes.unsafeLoadUnaligned(fromByteOffset: others, as: UInt32.self))
            return UInt64(first) &<< UInt64(8 &* others) | UInt64(last)
        }
        guard octets.count >= 2 else { return octets.isEmpty ? 0 : UInt64(octets[0]) }
        let others = octets.count &- 2
        let first = UInt16(bigEndian: bytes.unsafeLoadUnaligned(fromByteOffset: 0, as: UInt16.self))
        let last = UInt16(bigEndian: bytes.unsafeLoadUnaligned(fromByteOffset: others, as: UInt16.self))
        return UInt64(first) &<< UInt64(8 &* others) | UInt64(last)
    }

    /// The number that one to eight decimal digits spell; nil for anything else.
    @inline(__always)
    static func number(_ octets: Span<UInt8>) -> Int? {
        guard !octets.isEmpty, octets.count <= 8 else { return nil }
        let unused = UInt64(64 &- 8 &* octets.count)
        let digits = packed(octets) ^ (0x3030_3030_3030_3030 &>> unused)
        guard (digits | (digits &+ 0x7676_7676_7676_7676)) & 0x8080_8080_8080_8080 == 0 else { return nil }
        // Two neighbours become one number, and then two of these, and of those.
        let pairs = (digits &>> 8 & 0x00FF_00FF_00FF_00FF) &* 10 &+ (digits & 0x00FF_00FF_00FF_00FF)
        let fours = (pairs &>> 16 & 0x0000_FFFF_0000_FFFF) &* 100 &+ (pairs & 0x0000_FFFF_0000_FFFF)
        return Int(truncatingIfNeeded: (fours &>> 32) &* 10_000 &+ (fours & 0xFFFF_FFFF))
    }

    /// Whether `range` spells `lowercase`, in either case of ASCII letters.
    static func equals(_ octets: Span<UInt8>, _ range: Range<Int>, ignoringCase lowercase: String) -> Bool {
        let other = lowercase.utf8.span
        return range.count == other.count && equalsIgnoringCase(octets, from: range.lowerBound, other)
    }

    /// Whether the octets from `start` spell `other`, in either case of ASCII letters; there are enough of them.
    @inline(__always)
    static func equalsIgnoringCase(_ octets: Span<UInt8>, from start: Int, _ other: Span<UInt8>) -> Bool {
        for index in other.indices {
            let (left, right) = (octets[start &+ index], other[index])
            if left == right { continue }
            // The token characters `^` and `~` differ in the same bit as the two cases of a letter.
            guard left ^ right == 0x20, (left | 0x20) &- 0x61 < 26 else { return false }
        }
        return true
    }

    @inline(__always)
    static func lowercased(_ octet: UInt8) -> UInt8 { octet &- 0x41 < 26 ? octet | 0x20 : octet }

    /// The octets as text: UTF-8 if they are that, else ISO-8859-1, in which every octet is a character.
    static func text(_ octets: Span<UInt8>) -> String {
        do {
            return String(copying: try UTF8Span(validating: octets))
        } catch {
            var scalars = String.UnicodeScalarView()
            for index in octets.indices { scalars.append(Unicode.Scalar(octets[index])) }
            return String(scalars)
        }
    }
}
