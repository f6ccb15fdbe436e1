extension JSONParser {
    /// Reads an object by its members' places; the position is before it.
    ///
    /// - Returns: how many members there are; nil when names would have to be compared as strings: when one has an escape or is not ASCII, or
    ///   there are more than are worth comparing in pairs.
    mutating func outline(
        _ bytes: Span<UInt8>, into places: inout JSONDocument.Places
    ) throws(JSONParsingError) -> Int? {
        skipWhitespace(bytes)
        guard peek(bytes) == UInt8(ascii: "{") else { return nil }
        try enter()
        skipWhitespace(bytes)
        if consume(UInt8(ascii: "}"), bytes) { return 0 }
        var count = 0
        while true {
            skipWhitespace(bytes)
            guard peek(bytes) == UInt8(ascii: "\"") else { throw expected(.name) }
            let start = position &+ 1
            position = StringOctets.plainEnd(bytes, from: start)
            guard position < bytes.count, bytes[unchecked: position] == UInt8(ascii: "\""),
                count < JSONDocument.greatestCount
            else {
                // What is wrong with it, if anything, is found where it is read as a string.
                return nil
            }
            var place = JSONDocument.Place(name: start..<position, in: bytes)
            position &+= 1
            for earlier in 0..<count where places[earlier].hasSameName(as: place, in: bytes) {
                throw JSONParsingError(offset: start - 1, expected: .uniqueName)
            }
            skipWhitespace(bytes)
            guard consume(UInt8(ascii: ":"), bytes) else { throw expected(.colon) }
            skipWhitespace(bytes)
            place.value = Int32(truncatingIfNeeded: position)
            place.content = try skipValue(bytes)
            places[count] = place
            count &+= 1
            skipWhitespace(bytes)
            if consume(UInt8(ascii: ","), bytes) { continue }
            if consume(UInt8(ascii: "}"), bytes) { return count }
            throw expected(.commaOrEnd)
        }
    }

    private mutating func skipValue(_ bytes: Span<UInt8>) throws(JSONParsingError) -> JSONDocument.Place.Content {
        switch peek(bytes) {
        case UInt8(ascii: "\""):
            let end = StringOctets.plainEnd(bytes, from: position &+ 1)
            if end < bytes.count, bytes[unchecked: end] == UInt8(ascii: "\"") {
                position = end &+ 1
                return .text(end: Int32(truncatingIfNeeded: end))
            }
            _ = try string(bytes)
            return .other
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
            return try number(bytes).int.map(JSONDocument.Place.Content.wholeNumber) ?? .other
        default:
            _ = try value(bytes)
            return .other
        }
    }
}
