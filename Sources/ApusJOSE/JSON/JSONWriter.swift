/// Writes compact JSON in UTF-8.
enum JSONWriter {
    static func write(_ value: JSONValue, to bytes: inout [UInt8]) {
        switch value {
        case .null: bytes.append(contentsOf: "null".utf8)
        case .bool(true): bytes.append(contentsOf: "true".utf8)
        case .bool(false): bytes.append(contentsOf: "false".utf8)
        case .number(let number): write(number, to: &bytes)
        case .string(let string): write(string, to: &bytes)
        case .array(let elements): write(elements, to: &bytes)
        case .object(let object): write(object, to: &bytes)
        }
    }

    static func write(_ object: JSONObject, to bytes: inout [UInt8]) {
        if object.members.isEmpty { bytes.append(UInt8(ascii: "{")) }
        var opening = UInt8(ascii: "{")
        for member in object.members {
            write(member.name, between: opening, and: UInt8(ascii: ":"), to: &bytes)
            opening = UInt8(ascii: ",")
            write(member.value, to: &bytes)
        }
        bytes.append(UInt8(ascii: "}"))
    }

    private static func write(_ elements: [JSONValue], to bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "["))
        var isFirst = true
        for element in elements {
            if !isFirst { bytes.append(UInt8(ascii: ",")) }
            isFirst = false
            write(element, to: &bytes)
        }
        bytes.append(UInt8(ascii: "]"))
    }

    private static func write(_ number: JSONNumber, to bytes: inout [UInt8]) {
        guard let whole = number.int else { return bytes.append(contentsOf: number.description.utf8) }
        bytes.append(addingCapacity: longestWholeNumber) { output in
            if whole < 0 { output.append(UInt8(ascii: "-")) }
            output.append(decimal: whole.magnitude)
        }
    }

    /// The sign and the nineteen digits of the least `Int`.
    private static let longestWholeNumber = 20

    private static func write(_ string: String, to bytes: inout [UInt8]) {
        let utf8 = string.utf8
        let octets = utf8.span
        if octets.count > shortString || StringOctets.areSomeEscaped(in: octets) {
            bytes.append(UInt8(ascii: "\""))
            writeLetters(of: utf8, to: &bytes)
            bytes.append(UInt8(ascii: "\""))
        } else {
            bytes.append(addingCapacity: octets.count &+ 2) { output in output.append(quoting: octets) }
        }
    }

    /// Writes a name with what stands before and behind it, for which room is made together.
    private static func write(_ name: String, between opening: UInt8, and closing: UInt8, to bytes: inout [UInt8]) {
        let utf8 = name.utf8
        let octets = utf8.span
        if octets.count > shortString || StringOctets.areSomeEscaped(in: octets) {
            bytes.append(opening)
            write(name, to: &bytes)
            bytes.append(closing)
        } else {
            bytes.append(addingCapacity: octets.count &+ 4) { output in
                output.append(opening)
                output.append(quoting: octets)
                output.append(closing)
            }
        }
    }

    /// Up to so many octets it is cheaper to write one by one than to copy at once.
    private static let shortString = 32

    private static func writeLetters(of utf8: String.UTF8View, to bytes: inout [UInt8]) {
        guard StringOctets.areSomeEscaped(in: utf8.span) else { return bytes.append(contentsOf: utf8) }
        for octet in utf8 {
            if needsEscape(octet) { writeEscape(octet, to: &bytes) } else { bytes.append(octet) }
        }
    }

    // RFC 8259 §7: quotation mark, reverse solidus and the control characters; nothing else must be escaped.
    private static func needsEscape(_ octet: UInt8) -> Bool {
        octet < 0x20 || octet == UInt8(ascii: "\"") || octet == UInt8(ascii: "\\")
    }

    private static func writeEscape(_ octet: UInt8, to bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "\\"))
        switch octet {
        case 0x08: bytes.append(UInt8(ascii: "b"))
        case 0x09: bytes.append(UInt8(ascii: "t"))
        case 0x0A: bytes.append(UInt8(ascii: "n"))
        case 0x0C: bytes.append(UInt8(ascii: "f"))
        case 0x0D: bytes.append(UInt8(ascii: "r"))
        case 0x00..<0x20:
            bytes.append(contentsOf: "u00".utf8)
            bytes.append(Hexadecimal.digit(octet >> 4))
            bytes.append(Hexadecimal.digit(octet & 0x0F))
        default: bytes.append(octet)
        }
    }
}

extension OutputSpan<UInt8> {
    fileprivate mutating func append(quoting octets: Span<UInt8>) {
        append(UInt8(ascii: "\""))
        for index in 0..<octets.count { append(octets[unchecked: index]) }
        append(UInt8(ascii: "\""))
    }

    fileprivate mutating func append(decimal number: UInt) {
        if number >= 10 { append(decimal: number / 10) }
        append(UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: number % 10))
    }
}
