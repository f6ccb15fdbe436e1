@testable import ApusJOSE

extension Fuzzer {
    /// JSON: what is read and written again is the same, and a document read member by member agrees with it.
    static let json = Fuzzer(name: "json") { (octets) throws(Violation) in
        let value: JSONValue
        do throws(JSONParsingError) {
            value = try JSONValue.parse(octets)
        } catch {
            try require((0...octets.count).contains(error.offset), "The fault lies in the document or at its end")
            let document = try? JSONDocument(checking: octets)
            try require(document == nil, "What is no value is no document")
            return
        }
        try checkRoundTrip(value)
        try checkDepth(value, octets)
        try checkDocument(value, octets)
    }

    private static func checkRoundTrip(_ value: JSONValue) throws(Violation) {
        let text = value.serialized()
        let again = try succeed("What was written can be read") { try JSONValue.parse(text) }
        try require(again == value, "What was written reads as an equal value")
        try require(again.hashValue == value.hashValue, "Equal values hash alike")
        // `==` takes canonically equivalent strings for equal, and objects in any order.
        try require(again.isIdentical(to: value), "What was written reads as the same value, octet for octet")
        try require(again.serialized() == text, "What was read is written in the same way again")
    }

    private static func checkDepth(_ value: JSONValue, _ octets: [UInt8]) throws(Violation) {
        let depth = value.depth
        try require(depth <= 32, "The default limit of depth holds")
        let again = try succeed("A limit that is just enough is enough") {
            try JSONValue.parse(octets, maximumDepth: depth)
        }
        try require(again.isIdentical(to: value), "The limit changes no value")
        guard depth > 0 else { return }
        let shallow = try? JSONValue.parse(octets, maximumDepth: depth - 1)
        try require(shallow == nil, "A limit that is one less refuses")
    }

    private static func checkDocument(_ value: JSONValue, _ octets: [UInt8]) throws(Violation) {
        let document = try succeed("A document is valid when its value is") { try JSONDocument(checking: octets) }
        guard let document else { return }
        guard case .object(let object) = value else { throw Violation("A document is an object") }
        try require(JSONValue.object(document.object).isIdentical(to: value), "A document reads as its value")
        for member in object.members {
            let found = document[member.name]
            try require(found?.isIdentical(to: member.value) == true, "A member reads as in the whole value")
        }
        try require(document.memberCount == object.memberCount, "A document has as many members as its value")
        for (position, member) in object.members.enumerated() {
            let abstract = document.abstract(at: position)
            try require(abstract == object.abstract(at: position), "Names look alike in a document and in its value")
            let value = document.value(at: position)
            try require(value?.isIdentical(to: member.value) == true, "The members are in the order of the value")
            try require(document.wholeNumber(at: position) == member.value.int, "Whole numbers are the value's")
            try require(document.isString(at: position) == (member.value.string != nil), "Strings are the value's")
            let texts = ["\u{0}", member.value.string ?? "\u{1}"]
            let isOneOf = document.isString(at: position, oneOf: texts)
            try require(isOneOf == object.isString(at: position, oneOf: texts), "Strings are found as in the value")
            try require(!document.isString(at: position, oneOf: [member.name + "\u{2}"]), "Other strings are not")
        }
        try require(document["absent\u{0}"] == nil || object["absent\u{0}"] != nil, "An absent member is not found")
    }
}

extension JSONValue {
    /// Whether both are the same, with strings compared octet by octet and members in order.
    func isIdentical(to other: JSONValue) -> Bool {
        switch (self, other) {
        case (.string(let first), .string(let second)):
            return Array(first.utf8) == Array(second.utf8)
        case (.array(let first), .array(let second)):
            return first.count == second.count && zip(first, second).allSatisfy { $0.isIdentical(to: $1) }
        case (.object(let first), .object(let second)):
            let members = zip(first.members, second.members)
            return first.members.count == second.members.count
                && members.allSatisfy { first, second in
                    Array(first.name.utf8) == Array(second.name.utf8) && first.value.isIdentical(to: second.value)
                }
        default:
            return self == other
        }
    }

    /// How deeply arrays and objects are nested.
    var depth: Int {
        switch self {
        case .null, .bool, .number, .string: 0
        case .array(let elements): 1 + (elements.map(\.depth).max() ?? 0)
        case .object(let object): 1 + (object.members.map(\.value.depth).max() ?? 0)
        }
    }
}
