/// A JSON object in the text in which it came: checked as a whole, read member by member when one is asked for.
///
/// Of a token's claims most are never looked at, and to make values of them all costs more than to check the signature. A class, since
/// claims travel with their request.
final class JSONDocument: Sendable {
    /// So many names are compared in pairs sooner than they are hashed.
    static let greatestCount = 16

    /// The first of these are the document's.
    typealias Places = InlineArray<16, Place>

    /// Where a member lies in the text, and as much of its value as checks ask for.
    struct Place: Sendable {
        enum Content {
            /// A string without escapes, which ends at this quote.
            case text(end: Int32)
            case wholeNumber(Int)
            case other
        }

        let abstract: NameAbstract
        var content = Content.other
        /// Where the value begins.
        var value: Int32 = 0
        private let nameStart: Int32
        private let nameCount: Int32

        /// - Parameter name: the octets between the name's quotes, all ASCII and none of them escaped.
        init(name: Range<Int>, in bytes: Span<UInt8>) {
            abstract = NameAbstract(name, in: bytes)
            nameStart = Int32(truncatingIfNeeded: name.lowerBound)
            nameCount = Int32(truncatingIfNeeded: name.count)
        }

        /// None.
        init() { self.init(name: 0..<0, in: Span()) }

        var name: Range<Int> { Int(nameStart)..<Int(nameStart) &+ Int(nameCount) }

        func hasSameName(as other: Place, in bytes: Span<UInt8>) -> Bool {
            abstract == other.abstract
                && (nameCount < 8 || bytes.extracting(name).hasSameOctets(as: bytes.extracting(other.name)))
        }
    }

    private let octets: [UInt8]
    private let places: Places
    private let count: Int

    /// Checks a document as `JSONValue.parse(_:maximumDepth:)` does.
    ///
    /// - Returns: nil for what is no object, and for objects that must be read in full to be checked.
    /// - Throws: `JSONParsingError` with the offset of the first octet that does not fit.
    init?(checking octets: [UInt8], maximumDepth: Int = 32) throws(JSONParsingError) {
        var places = Places(repeating: Place())
        guard octets.count <= Int32.max,
            let count = try JSONParser.outline(octets.span, into: &places, maximumDepth: maximumDepth)
        else { return nil }
        self.octets = octets
        self.places = places
        self.count = count
    }

    /// The value under exactly this name, made anew with each call.
    subscript(name: String) -> JSONValue? { position(of: name).flatMap { value(at: $0) } }

    /// The value under exactly this name if it is a string, made anew with each call.
    func string(_ name: String) -> String? {
        guard let position = position(of: name) else { return nil }
        guard case .text(let end) = places[position].content else { return value(at: position)?.string }
        let octets = octets
        // The document was checked, its encoding as well.
        let text = octets.span.extracting(Int(places[position].value) + 1..<Int(end))
        return String(copying: UTF8Span(unchecked: text))
    }

    private func position(of name: String) -> Int? {
        let utf8 = name.utf8
        let wanted = utf8.span
        let abstract = NameAbstract(0..<wanted.count, in: wanted)
        let octets = octets
        let text = octets.span
        for position in 0..<count where places[position].abstract == abstract {
            if wanted.count < 8 || text.extracting(places[position].name).hasSameOctets(as: wanted) {
                return position
            }
        }
        return nil
    }

    /// All members, made anew with each call.
    var object: JSONObject {
        let octets = octets
        guard case .object(let object)? = try? JSONParser.value(octets.span, at: 0) else { return JSONObject() }
        return object
    }
}

extension JSONDocument: JSONMembers {
    var memberCount: Int { count }

    func abstract(at position: Int) -> NameAbstract { places[position].abstract }

    // The document was checked, so that reading a part of it again cannot fail.
    func value(at position: Int) -> JSONValue? {
        let octets = octets
        return try? JSONParser.value(octets.span, at: Int(places[position].value))
    }

    func isString(at position: Int) -> Bool { octets[Int(places[position].value)] == UInt8(ascii: "\"") }

    func isString(at position: Int, oneOf texts: [String]) -> Bool {
        guard case .text(let end) = places[position].content else {
            guard case .string(let text)? = value(at: position) else { return false }
            return texts.contains(where: text.hasSameOctets)
        }
        let start = Int(places[position].value) + 1
        for index in texts.indices {
            let utf8 = texts[index].utf8
            let other = utf8.span
            // Letter by letter: to borrow the array of a class as a span, it must be retained.
            guard other.count == Int(end) - start else { continue }
            var offset = 0
            while offset < other.count, octets[start &+ offset] == other[unchecked: offset] { offset &+= 1 }
            if offset == other.count { return true }
        }
        return false
    }

    func wholeNumber(at position: Int) -> Int? {
        if case .wholeNumber(let number) = places[position].content { number } else { nil }
    }
}
