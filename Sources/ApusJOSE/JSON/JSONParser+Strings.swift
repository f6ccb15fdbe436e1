extension JSONParser {
    /// Reads a string; the position is at its opening quote.
    mutating func string(_ bytes: Span<UInt8>) throws(JSONParsingError) -> String {
        position &+= 1
        let start = position
        let isASCII = try skipPlainCharacters(bytes)
        if bytes[position] == UInt8(ascii: "\"") {
            defer { position &+= 1 }
            return text(bytes.extracting(start..<position), isASCII: isASCII)
        }
        return try escapedString(bytes, from: start)
    }

    /// Moves to the next quote or backslash; true when all before it is ASCII.
    mutating func skipPlainCharacters(_ bytes: Span<UInt8>) throws(JSONParsingError) -> Bool {
        var (index, union) = (position, UInt8(0))
        // Eight octets at a time, up to the first word with an octet that is a quote, a backslash, a control character or not ASCII.
        while index &+ 8 <= bytes.count {
            let word = UInt64(
                littleEndian: bytes.bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: index, as: UInt64.self))
            let marks = StringOctets.marks(word)
            guard marks == 0 else {
                index &+= marks.trailingZeroBitCount / 8
                break
            }
            index &+= 8
        }
        while index < bytes.count {
            let octet = bytes[unchecked: index]
            if octet == UInt8(ascii: "\"") || octet == UInt8(ascii: "\\") {
                position = index
                return union < 0x80
            }
            guard octet >= 0x20 else {
                position = index
                throw expected(.escapedControlCharacter)
            }
            union |= octet
            index &+= 1
        }
        position = index
        throw expected(.closingQuote)
    }

    private mutating func escapedString(_ bytes: Span<UInt8>, from start: Int) throws(JSONParsingError) -> String {
        var octets: [UInt8] = []
        var plain = start
        var isASCII = true
        while true {
            // Nothing appended to nothing would write to the array that all empty ones are, from any thread.
            if position > plain {
                octets.append(addingCapacity: position - plain) { output in
                    for index in plain..<position { output.append(bytes[index]) }
                }
            }
            if bytes[position] == UInt8(ascii: "\"") {
                position &+= 1
                return text(octets.span, isASCII: false)
            }
            octets.append(contentsOf: String(Character(try escape(bytes))).utf8)
            plain = position
            isASCII = try skipPlainCharacters(bytes) && isASCII
        }
    }

    /// Reads an escape; the position is at its backslash.
    private mutating func escape(_ bytes: Span<UInt8>) throws(JSONParsingError) -> Unicode.Scalar {
        let start = position
        position &+= 2
        guard start + 1 < bytes.count else { throw JSONParsingError(offset: start, expected: .escape) }
        switch bytes[start + 1] {
        case UInt8(ascii: "\""): return "\""
        case UInt8(ascii: "\\"): return "\\"
        case UInt8(ascii: "/"): return "/"
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{C}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"): return try unicodeEscape(bytes, from: start)
        default: throw JSONParsingError(offset: start, expected: .escape)
        }
    }

    private mutating func unicodeEscape(
        _ bytes: Span<UInt8>,
        from start: Int
    ) throws(JSONParsingError) -> Unicode.Scalar {
        let first = try codeUnit(bytes, from: start)
        if let scalar = Unicode.Scalar(first) { return scalar }
        // RFC 8259 §7: beyond the basic plane a scalar is written as two escapes, a high surrogate and a low one.
        guard
            first < 0xDC00, position + 1 < bytes.count, bytes[position] == UInt8(ascii: "\\"),
            bytes[position + 1] == UInt8(ascii: "u")
        else { throw JSONParsingError(offset: start, expected: .pairedSurrogate) }
        let next = position
        position &+= 2
        let second = try codeUnit(bytes, from: next)
        guard
            (0xDC00...0xDFFF).contains(second),
            let scalar = Unicode.Scalar(0x10000 + ((UInt32(first) - 0xD800) << 10) + (UInt32(second) - 0xDC00))
        else { throw JSONParsingError(offset: start, expected: .pairedSurrogate) }
        return scalar
    }

    private mutating func codeUnit(_ bytes: Span<UInt8>, from start: Int) throws(JSONParsingError) -> UInt16 {
        guard position + 4 <= bytes.count else { throw JSONParsingError(offset: start, expected: .escape) }
        var unit: UInt16 = 0
        for index in position..<position + 4 {
            guard let digit = Hexadecimal.value(bytes[index]) else {
                throw JSONParsingError(offset: start, expected: .escape)
            }
            unit = unit << 4 | UInt16(digit)
        }
        position &+= 4
        return unit
    }

    private func text(_ octets: Span<UInt8>, isASCII: Bool) -> String {
        // `parse` has validated the whole document, and escapes add whole scalars only.
        String(copying: UTF8Span(unchecked: octets, isKnownASCII: isASCII))
    }
}
