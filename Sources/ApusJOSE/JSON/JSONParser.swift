/// Reads one JSON document strictly.
///
/// The document travels as a parameter because a structure cannot hold a span.
struct JSONParser {
    // Arrays and objects are read by recursion; this bounds the stack whatever a caller asks for.
    static let greatestDepth = 512

    var position = 0
    var remainingDepth: Int

    private init(maximumDepth: Int) {
        remainingDepth = min(maximumDepth, Self.greatestDepth)
    }

    static func parse(_ bytes: Span<UInt8>, maximumDepth: Int) throws(JSONParsingError) -> JSONValue {
        try checkEncoding(bytes)
        var parser = JSONParser(maximumDepth: maximumDepth)
        let value = try parser.value(bytes)
        try parser.finish(bytes)
        return value
    }

    /// Finds the members of a document that is one object.
    ///
    /// - Returns: how many there are; nil for what must be read in full to be checked.
    static func outline(
        _ bytes: Span<UInt8>, into places: inout JSONDocument.Places, maximumDepth: Int
    ) throws(JSONParsingError) -> Int? {
        try checkEncoding(bytes)
        var parser = JSONParser(maximumDepth: maximumDepth)
        guard let count = try parser.outline(bytes, into: &places) else { return nil }
        try parser.finish(bytes)
        return count
    }

    /// The value that begins at an offset of a document that was checked.
    static func value(_ bytes: Span<UInt8>, at offset: Int) throws(JSONParsingError) -> JSONValue {
        var parser = JSONParser(maximumDepth: greatestDepth)
        parser.position = offset
        return try parser.value(bytes)
    }

    private static func checkEncoding(_ bytes: Span<UInt8>) throws(JSONParsingError) {
        if bytes.count >= 3, bytes[0] == 0xEF, bytes[1] == 0xBB, bytes[2] == 0xBF {
            throw JSONParsingError(offset: 0, expected: .noByteOrderMark)
        }
        // Once for the whole document: a string within it ends at quotes, which never fall inside a sequence.
        do {
            _ = try UTF8Span(validating: bytes)
        } catch {
            throw JSONParsingError(offset: error.byteOffsets.lowerBound, expected: .validUTF8)
        }
    }

    private mutating func finish(_ bytes: Span<UInt8>) throws(JSONParsingError) {
        skipWhitespace(bytes)
        guard position == bytes.count else { throw expected(.end) }
    }

    func expected(_ expectation: JSONParsingError.Expectation) -> JSONParsingError {
        JSONParsingError(offset: position, expected: expectation)
    }

    /// The octet at the position; 0, which begins nothing in JSON, at the end.
    func peek(_ bytes: Span<UInt8>) -> UInt8 {
        position < bytes.count ? bytes[unchecked: position] : 0
    }

    mutating func consume(_ octet: UInt8, _ bytes: Span<UInt8>) -> Bool {
        guard peek(bytes) == octet else { return false }
        position &+= 1
        return true
    }

    /// Compact documents have no white space: one comparison tells.
    @inline(__always)
    mutating func skipWhitespace(_ bytes: Span<UInt8>) {
        if position < bytes.count, bytes[unchecked: position] > UInt8(ascii: " ") { return }
        skipRunOfWhitespace(bytes)
    }

    @inline(never)
    private mutating func skipRunOfWhitespace(_ bytes: Span<UInt8>) {
        while position < bytes.count {
            switch bytes[unchecked: position] {
            case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\n"), UInt8(ascii: "\r"): position &+= 1
            default: return
            }
        }
    }

    mutating func value(_ bytes: Span<UInt8>) throws(JSONParsingError) -> JSONValue {
        skipWhitespace(bytes)
        switch peek(bytes) {
        case UInt8(ascii: "\""): return .string(try string(bytes))
        case UInt8(ascii: "{"): return .object(try object(bytes))
        case UInt8(ascii: "["): return .array(try array(bytes))
        case UInt8(ascii: "t"): return try literal("true", .bool(true), bytes)
        case UInt8(ascii: "f"): return try literal("false", .bool(false), bytes)
        case UInt8(ascii: "n"): return try literal("null", .null, bytes)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return .number(try number(bytes))
        default: throw expected(.value)
        }
    }

    mutating func literal(
        _ text: StaticString,
        _ value: JSONValue,
        _ bytes: Span<UInt8>
    ) throws(JSONParsingError) -> JSONValue {
        let start = position
        let matches = text.withUTF8Buffer { letters in
            letters.allSatisfy { letter in consume(letter, bytes) }
        }
        guard matches else { throw JSONParsingError(offset: start, expected: .value) }
        return value
    }

    mutating func enter() throws(JSONParsingError) {
        guard remainingDepth > 0 else { throw expected(.lessDepth) }
        remainingDepth -= 1
        position &+= 1
    }

    private mutating func array(_ bytes: Span<UInt8>) throws(JSONParsingError) -> [JSONValue] {
        try enter()
        defer { remainingDepth += 1 }
        var elements: [JSONValue] = []
        skipWhitespace(bytes)
        if consume(UInt8(ascii: "]"), bytes) { return elements }
        while true {
            elements.append(try value(bytes))
            skipWhitespace(bytes)
            if consume(UInt8(ascii: ","), bytes) { continue }
            if consume(UInt8(ascii: "]"), bytes) { return elements }
            throw expected(.commaOrEnd)
        }
    }

    private mutating func object(_ bytes: Span<UInt8>) throws(JSONParsingError) -> JSONObject {
        try enter()
        defer { remainingDepth += 1 }
        var object = JSONObject()
        skipWhitespace(bytes)
        if consume(UInt8(ascii: "}"), bytes) { return object }
        while true {
            skipWhitespace(bytes)
            let start = position
            guard peek(bytes) == UInt8(ascii: "\"") else { throw expected(.name) }
            let name = try string(bytes)
            skipWhitespace(bytes)
            guard consume(UInt8(ascii: ":"), bytes) else { throw expected(.colon) }
            guard object.insert(name, try value(bytes)) else {
                throw JSONParsingError(offset: start, expected: .uniqueName)
            }
            skipWhitespace(bytes)
            if consume(UInt8(ascii: ","), bytes) { continue }
            if consume(UInt8(ascii: "}"), bytes) { return object }
            throw expected(.commaOrEnd)
        }
    }
}
