import FoundationEssentials

/// Writes compact JSON in UTF-8.
///
/// What is written travels as a parameter because a structure cannot hold a span.
struct JSONWriter {
    /// Enough for what a token says, and for most responses.
    static let usualRoom = 512

    struct OutOfRoom: Error {}

    private var position = 0

    private init() {}

    static func write(_ value: JSONValue, to bytes: inout [UInt8]) {
        let isWritten = write(to: &bytes, within: usualRoom) { (writer, text) throws(OutOfRoom) in
            try writer.write(value, &text)
        }
        if !isWritten { writeParts(of: value, to: &bytes) }
    }

    static func write(_ object: JSONObject, to bytes: inout [UInt8]) {
        write(.object(object), to: &bytes)
    }

    /// Writes what needs more than the usual room part by part, so that no more than that room is ever filled in vain.
    private static func writeParts(of value: JSONValue, to bytes: inout [UInt8]) {
        switch value {
        case .array(let elements):
            var opening = UInt8(ascii: "[")
            for element in elements {
                bytes.append(opening)
                opening = UInt8(ascii: ",")
                write(element, to: &bytes)
            }
            bytes.append(UInt8(ascii: "]"))
        case .object(let object):
            var opening = UInt8(ascii: "{")
            for member in object.members {
                bytes.append(opening)
                opening = UInt8(ascii: ",")
                write(.string(member.name), to: &bytes)
                bytes.append(UInt8(ascii: ":"))
                write(member.value, to: &bytes)
            }
            bytes.append(UInt8(ascii: "}"))
        case .string(let string):
            write(to: &bytes, room: usualRoom + string.utf8.count) { (writer, text) throws(OutOfRoom) in
                try writer.write(string, &text)
            }
        case .null, .bool, .number:
            write(to: &bytes, room: 2 * usualRoom) { (writer, text) throws(OutOfRoom) in
                try writer.write(value, &text)
            }
        }
    }

    /// Has all of it written into room that is made before, since to let an array grow with each string costs much more.
    ///
    /// What does not fit is written anew into twice the room.
    @inline(__always)
    static func write(
        to bytes: inout [UInt8], room: Int = usualRoom,
        _ body: (inout JSONWriter, inout MutableSpan<UInt8>) throws(OutOfRoom) -> Void
    ) {
        var room = room
        while !write(to: &bytes, within: room, body) { room *= 2 }
    }

    /// - Returns: false, with nothing written, when there is not enough room.
    @inline(__always)
    private static func write(
        to bytes: inout [UInt8], within room: Int,
        _ body: (inout JSONWriter, inout MutableSpan<UInt8>) throws(OutOfRoom) -> Void
    ) -> Bool {
        var count: Int?
        bytes.append(addingCapacity: room) { output in
            output.append(repeating: 0, count: room)
            var text = output.mutableSpan
            count = write(into: &text, body)
            output.removeLast(room &- (count ?? 0))
        }
        return count != nil
    }

    /// - Returns: how many octets were written, or nil when there is not enough room.
    @inline(__always)
    static func write(
        into text: inout MutableSpan<UInt8>,
        _ body: (inout JSONWriter, inout MutableSpan<UInt8>) throws(OutOfRoom) -> Void
    ) -> Int? {
        var writer = JSONWriter()
        do throws(OutOfRoom) {
            try body(&writer, &text)
            return writer.position
        } catch {
            return nil
        }
    }

    mutating func write(_ value: JSONValue, _ text: inout MutableSpan<UInt8>) throws(OutOfRoom) {
        switch value {
        case .null: try write(ascii: "null", &text)
        case .bool(true): try write(ascii: "true", &text)
        case .bool(false): try write(ascii: "false", &text)
        case .number(let number): try write(number, &text)
        case .string(let string): try write(string, &text)
        case .array(let elements): try write(elements, &text)
        case .object(let object): try write(object, &text)
        }
    }

    private mutating func write(_ object: JSONObject, _ text: inout MutableSpan<UInt8>) throws(OutOfRoom) {
        let opening = try write(membersOf: object, &text)
        if opening == UInt8(ascii: "{") { try write(opening, &text) }
        try write(UInt8(ascii: "}"), &text)
    }

    /// Writes an object as far as its last member.
    ///
    /// - Returns: what has to stand before another member.
    mutating func write(
        membersOf object: JSONObject, _ text: inout MutableSpan<UInt8>
    ) throws(OutOfRoom) -> UInt8 {
        let members = object.members.span
        var opening = UInt8(ascii: "{")
        for position in members.indices {
            try write(name: members[position].name, behind: opening, &text)
            opening = UInt8(ascii: ",")
            try write(members[position].value, &text)
        }
        return opening
    }

    mutating func write(
        name: String, behind opening: UInt8, _ text: inout MutableSpan<UInt8>
    ) throws(OutOfRoom) {
        try write(opening, &text)
        try write(name, &text)
        try write(UInt8(ascii: ":"), &text)
    }

    private mutating func write(_ elements: [JSONValue], _ text: inout MutableSpan<UInt8>) throws(OutOfRoom) {
        try write(UInt8(ascii: "["), &text)
        let elements = elements.span
        for position in elements.indices {
            if position > 0 { try write(UInt8(ascii: ","), &text) }
            try write(elements[position], &text)
        }
        try write(UInt8(ascii: "]"), &text)
    }

    private mutating func write(_ number: JSONNumber, _ text: inout MutableSpan<UInt8>) throws(OutOfRoom) {
        if let whole = number.int {
            try write(whole, &text)
        } else {
            for octet in number.description.utf8 { try write(octet, &text) }
        }
    }

    mutating func write(_ whole: Int, _ text: inout MutableSpan<UInt8>) throws(OutOfRoom) {
        // A sign, twenty digits, and what a word is longer than the last of them.
        guard text.count &- position >= 29 else { throw OutOfRoom() }
        if whole < 0 { put(UInt8(ascii: "-"), &text) }
        put(decimal: whole.magnitude, &text)
    }

    mutating func write(_ octet: UInt8, _ text: inout MutableSpan<UInt8>) throws(OutOfRoom) {
        guard position < text.count else { throw OutOfRoom() }
        put(octet, &text)
    }

    private mutating func write(ascii letters: StaticString, _ text: inout MutableSpan<UInt8>) throws(OutOfRoom) {
        guard text.count &- position >= letters.utf8CodeUnitCount else { throw OutOfRoom() }
        letters.withUTF8Buffer { letters in
            for letter in letters { put(letter, &text) }
        }
    }
}

extension JSONWriter {
    mutating func write(_ string: String, _ text: inout MutableSpan<UInt8>) throws(OutOfRoom) {
        let octets = string.utf8.span
        let count = octets.count
        // The quotes, and what a word is longer than a text.
        guard text.count &- position >= count &+ 10 else { throw OutOfRoom() }
        put(UInt8(ascii: "\""), &text)
        let start = position
        let isPlain =
            switch count {
            case ..<8: putShort(octets, &text)
            case ..<Self.longString: putWords(of: octets, &text)
            default: putLong(octets, &text)
            }
        if !isPlain {
            position = start
            try write(escaping: octets, &text)
        }
        try write(UInt8(ascii: "\""), &text)
    }

    /// Writes an instant as the text that it is as a value.
    mutating func write(_ instant: Date, _ text: inout MutableSpan<UInt8>) throws(OutOfRoom) {
        guard let octets = UTCTimestamp.octets(instant) else { return try write(UTCTimestamp.text(instant), &text) }
        guard text.count &- position >= octets.count &+ 2 else { throw OutOfRoom() }
        put(UInt8(ascii: "\""), &text)
        for index in octets.indices { put(octets[index], &text) }
        put(UInt8(ascii: "\""), &text)
    }

    /// From so many octets on, vectors are faster than words.
    private static let longString = 64

    // The following three write a string as it is, and return whether that was right: whether nothing in it is escaped.

    private mutating func putShort(_ octets: Span<UInt8>, _ text: inout MutableSpan<UInt8>) -> Bool {
        let word = StringOctets.shortWord(octets)
        put(word: word, count: octets.count, &text)
        return StringOctets.escapes(word, count: octets.count) == 0
    }

    private mutating func putWords(of octets: Span<UInt8>, _ text: inout MutableSpan<UInt8>) -> Bool {
        var (offset, escapes) = (0, UInt64(0))
        // The last word begins within the one before.
        let last = octets.count &- 8
        var output = text.mutableBytes
        while true {
            let word = octets.bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: offset, as: UInt64.self)
            output.storeBytes(of: word, toUncheckedByteOffset: position &+ offset, as: UInt64.self)
            escapes |= StringOctets.escapes(word)
            if offset == last { break }
            offset = min(offset &+ 8, last)
        }
        position &+= octets.count
        return escapes == 0
    }

    private mutating func putLong(_ octets: Span<UInt8>, _ text: inout MutableSpan<UInt8>) -> Bool {
        let start = position
        for index in 0..<octets.count { text[unchecked: start &+ index] = octets[unchecked: index] }
        position &+= octets.count
        return !StringOctets.areSomeEscaped(in: octets)
    }

    private mutating func write(escaping octets: Span<UInt8>, _ text: inout MutableSpan<UInt8>) throws(OutOfRoom) {
        for index in octets.indices {
            let octet = octets[index]
            // The longest escape.
            guard text.count &- position >= 6 else { throw OutOfRoom() }
            if Self.needsEscape(octet) { putEscape(of: octet, &text) } else { put(octet, &text) }
        }
    }

    // RFC 8259 §7: quotation mark, reverse solidus and the control characters; nothing else must be escaped.
    private static func needsEscape(_ octet: UInt8) -> Bool {
        octet < 0x20 || octet == UInt8(ascii: "\"") || octet == UInt8(ascii: "\\")
    }

    private mutating func putEscape(of octet: UInt8, _ text: inout MutableSpan<UInt8>) {
        put(UInt8(ascii: "\\"), &text)
        switch octet {
        case 0x08: put(UInt8(ascii: "b"), &text)
        case 0x09: put(UInt8(ascii: "t"), &text)
        case 0x0A: put(UInt8(ascii: "n"), &text)
        case 0x0C: put(UInt8(ascii: "f"), &text)
        case 0x0D: put(UInt8(ascii: "r"), &text)
        case 0x00..<0x20:
            put(UInt8(ascii: "u"), &text)
            put(UInt8(ascii: "0"), &text)
            put(UInt8(ascii: "0"), &text)
            put(Hexadecimal.digit(octet >> 4), &text)
            put(Hexadecimal.digit(octet & 0x0F), &text)
        default: put(octet, &text)
        }
    }

    private mutating func put(decimal number: UInt, _ text: inout MutableSpan<UInt8>) {
        guard number < EightDigits.limit else {
            let (upper, lower) = number.quotientAndRemainder(dividingBy: EightDigits.limit)
            put(decimal: upper, &text)
            return put(word: EightDigits.word(of: lower), count: 8, &text)
        }
        let digits = EightDigits.word(of: number)
        // No zeros in front, but one digit at least.
        let zeros = min(7, (digits ^ EightDigits.zeros).trailingZeroBitCount / 8)
        put(word: digits &>> UInt64(truncatingIfNeeded: zeros &* 8), count: 8 &- zeros, &text)
    }

    // For the following two there must be room, which those above have looked for: for one octet, and for all eight of a word.

    private mutating func put(_ octet: UInt8, _ text: inout MutableSpan<UInt8>) {
        text[unchecked: position] = octet
        position &+= 1
    }

    /// Writes the first octets of a word, the lowest first; what is behind them is written over by what follows.
    private mutating func put(word: UInt64, count: Int, _ text: inout MutableSpan<UInt8>) {
        var octets = text.mutableBytes
        octets.storeBytes(of: word.littleEndian, toUncheckedByteOffset: position, as: UInt64.self)
        position &+= count
    }
}
