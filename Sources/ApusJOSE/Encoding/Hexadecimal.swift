/// Octets as pairs of hexadecimal digits of either case, with no prefix and no separators.
enum Hexadecimal {
    /// The number of octets in a text of `count` digits, or nil for an odd count.
    static func decodedCount(_ count: Int) -> Int? {
        count.isMultiple(of: 2) ? count / 2 : nil
    }

    /// Fills `output`, which must be half as long as `text`; false at the first character that is no digit.
    static func decode(_ text: Span<UInt8>, into output: inout MutableSpan<UInt8>) -> Bool {
        for index in output.indices {
            guard let high = value(text[index * 2]), let low = value(text[index * 2 + 1]) else { return false }
            output[index] = high << 4 | low
        }
        return true
    }

    static func value(_ digit: UInt8) -> UInt8? {
        switch digit {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
        case UInt8(ascii: "A")...UInt8(ascii: "F"): digit - UInt8(ascii: "A") + 10
        case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
        default: nil
        }
    }

    static func digit(_ value: UInt8) -> UInt8 {
        value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "A") + value - 10
    }
}
