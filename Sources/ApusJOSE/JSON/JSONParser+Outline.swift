extension JSONParser {
    /// Reads an object by its members' places; the position is before it.
    ///
    /// - Returns: nil when names would have to be compared as strings: when one has an escape or is not ASCII, or there are
    ///   more than are worth comparing in pairs.
    mutating func outline(_ bytes: Span<UInt8>) throws(JSONParsingError) -> [JSONDocument.Place]? {
        var places: [JSONDocument.Place] = []
        skipWhitespace(bytes)
        guard peek(bytes) == UInt8(ascii: "{") else { return nil }
        try enter()
        skipWhitespace(bytes)
        if consume(UInt8(ascii: "}"), bytes) { return places }
        places.reserveCapacity(JSONDocument.greatestCount)
        while true {
            skipWhitespace(bytes)
            guard peek(bytes) == UInt8(ascii: "\"") else { throw expected(.name) }
            position &+= 1
            let start = position
            let isASCII = try skipPlainCharacters(bytes)
            guard isASCII, bytes[position] == UInt8(ascii: "\""), places.count < JSONDocument.greatestCount else {
                return nil
            }
            var place = JSONDocument.Place(name: start..<position, in: bytes)
            position &+= 1
            guard places.allSatisfy({ !$0.hasSameName(as: place, in: bytes) }) else {
                throw JSONParsingError(offset: start - 1, expected: .uniqueName)
            }
            skipWhitespace(bytes)
            guard consume(UInt8(ascii: ":"), bytes) else { throw expected(.colon) }
            skipWhitespace(bytes)
            place.value = position
            try skipValue(bytes)
            places.append(place)
            skipWhitespace(bytes)
            if consume(UInt8(ascii: ","), bytes) { continue }
            if consume(UInt8(ascii: "}"), bytes) { return places }
            throw expected(.commaOrEnd)
        }
    }

    private mutating func skipValue(_ bytes: Span<UInt8>) throws(JSONParsingError) {
        if peek(bytes) == UInt8(ascii: "\"") {
            try skipString(bytes)
        } else {
            // Numbers and literals are read without an allocation; arrays and objects are few.
            _ = try value(bytes)
        }
    }
}
