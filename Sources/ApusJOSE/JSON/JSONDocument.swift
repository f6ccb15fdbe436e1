/// A JSON object in the text in which it came: checked as a whole, read member by member when one is asked for.
///
/// Of a token's claims most are never looked at, and to make values of them all costs more than to check the signature.
struct JSONDocument: Sendable {
    /// So many names are compared in pairs sooner than they are hashed.
    static let greatestCount = 16

    /// Where a member lies in the text.
    struct Place: Sendable {
        /// The octets between the name's quotes, all ASCII and none of them escaped.
        let name: Range<Int>
        /// Where the value begins.
        var value = 0
        /// The name's length and its first seven octets: enough to tell most names apart, and short ones for certain.
        private let abstract: UInt64

        init(name: Range<Int>, in bytes: Span<UInt8>) {
            self.name = name
            abstract = Self.abstract(name, in: bytes)
        }

        func hasSameName(as other: Place, in bytes: Span<UInt8>) -> Bool {
            abstract == other.abstract && (name.count < 8 || isNamed(bytes.extracting(other.name), in: bytes))
        }

        func isNamed(_ wanted: Span<UInt8>, in bytes: Span<UInt8>) -> Bool {
            guard name.count == wanted.count else { return false }
            for offset in 0..<wanted.count where wanted[offset] != bytes[name.lowerBound &+ offset] { return false }
            return true
        }

        private static func abstract(_ name: Range<Int>, in bytes: Span<UInt8>) -> UInt64 {
            let count = name.upperBound &- name.lowerBound
            let length = UInt64(truncatingIfNeeded: count & 0xFF)
            // A name is followed by a quote at least, so that eight octets are there behind all but the last names.
            if name.lowerBound &+ 8 <= bytes.count {
                let word = bytes.bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: name.lowerBound, as: UInt64.self)
                    .bigEndian
                let unwanted = UInt64(64 &- 8 &* min(7, count))
                return (unwanted == 64 ? 0 : (word &>> unwanted) &<< unwanted) | length
            }
            var abstract: UInt64 = 0
            for offset in 0..<min(7, count) {
                abstract |= UInt64(bytes[unchecked: name.lowerBound &+ offset]) &<< UInt64(56 &- 8 &* offset)
            }
            return abstract | length
        }
    }

    private let octets: [UInt8]
    private let places: [Place]

    /// Checks a document as `JSONValue.parse(_:maximumDepth:)` does.
    ///
    /// - Returns: nil for what is no object, and for objects that must be read in full to be checked.
    /// - Throws: `JSONParsingError` with the offset of the first octet that does not fit.
    init?(checking octets: [UInt8], maximumDepth: Int = 32) throws(JSONParsingError) {
        guard let places = try JSONParser.outline(octets.span, maximumDepth: maximumDepth) else { return nil }
        self.octets = octets
        self.places = places
    }

    /// The value under exactly this name, made anew with each call.
    subscript(name: String) -> JSONValue? {
        let utf8 = name.utf8
        let wanted = utf8.span
        let text = octets.span
        for place in places where place.isNamed(wanted, in: text) { return value(at: place) }
        return nil
    }

    /// All members, made anew with each call.
    var object: JSONObject {
        guard case .object(let object)? = try? JSONParser.value(octets.span, at: 0) else { return JSONObject() }
        return object
    }

    /// Hands out the octets of each name with a way to its value.
    func forEachName<Failure: Error>(
        _ body: (Span<UInt8>, () -> JSONValue?) throws(Failure) -> Void
    ) throws(Failure) {
        let text = octets.span
        for place in places { try body(text.extracting(place.name)) { value(at: place) } }
    }

    // The document was checked, so that reading a part of it again cannot fail.
    private func value(at place: Place) -> JSONValue? {
        try? JSONParser.value(octets.span, at: place.value)
    }
}
