extension JSONParser {
    /// Reads a number (RFC 8259 §6); the position is at its sign or first digit.
    mutating func number(_ bytes: Span<UInt8>) throws(JSONParsingError) -> JSONNumber {
        let start = position
        let isNegative = bytes[position] == UInt8(ascii: "-")
        if isNegative { position &+= 1 }
        // A leading zero stands alone; a digit after it is then no comma and no end.
        let first = position
        var magnitude = 0
        if position < bytes.count, bytes[position] == UInt8(ascii: "0") {
            position &+= 1
        } else {
            magnitude = try digits(bytes)
        }
        let wholeDigits = position - first
        var isWhole = true
        if position < bytes.count, bytes[position] == UInt8(ascii: ".") {
            isWhole = false
            position &+= 1
            _ = try digits(bytes)
        }
        if position < bytes.count, bytes[position] | 0x20 == UInt8(ascii: "e") {
            isWhole = false
            position &+= 1
            if position < bytes.count, bytes[position] == UInt8(ascii: "+") || bytes[position] == UInt8(ascii: "-") {
                position &+= 1
            }
            _ = try digits(bytes)
        }
        // Eighteen digits always fit; a longer number takes the slow way.
        if isWhole, wholeDigits <= 18 { return JSONNumber(isNegative ? -magnitude : magnitude) }

        let text = String(copying: UTF8Span(unchecked: bytes.extracting(start..<position), isKnownASCII: true))
        if isWhole, let exact = Int(text) { return JSONNumber(exact) }
        guard let nearest = Double(text), let number = JSONNumber(nearest) else {
            throw JSONParsingError(offset: start, expected: .finiteNumber)
        }
        return isWhole ? JSONNumber(wholeDigits: text) : number
    }

    /// Reads one digit or more; the value wraps beyond eighteen of them.
    private mutating func digits(_ bytes: Span<UInt8>) throws(JSONParsingError) -> Int {
        var (index, value) = (position, 0)
        // Of instants, which are most of a token's numbers, all but two digits at once.
        if index &+ 8 <= bytes.count {
            let word = UInt64(
                littleEndian: bytes.bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: index, as: UInt64.self))
            if let eight = EightDigits.value(word) {
                value = eight
                index &+= 8
            }
        }
        while index < bytes.count {
            let digit = bytes[unchecked: index] &- UInt8(ascii: "0")
            guard digit < 10 else { break }
            value = value &* 10 &+ Int(digit)
            index &+= 1
        }
        guard index > position else { throw expected(.digit) }
        position = index
        return value
    }
}
