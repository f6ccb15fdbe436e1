import Foundation
import Testing

@testable import ApusJOSE

/// What is written is JSON as others read it (RFC 8259).
@Suite struct JSONWritingTests {
    /// Strings of each length around that of a word, with a letter of each kind in each place.
    private static let strings = (0...40).flatMap { count in
        ["\"", "\\", "\u{0}", "\u{1F}", "\n", "é", "\u{7F}", "/"].flatMap { letter in
            (0...count).map { place in
                String(repeating: "a", count: place) + letter + String(repeating: "z", count: count - place)
            }
        }
    }

    @Test func `Foundation reads strings and names as they were`() throws {
        var object = JSONObject()
        for (index, string) in Self.strings.enumerated() {
            object["\(index) \(string)"] = .string(string)
        }
        let read = try JSONDecoder().decode([String: String].self, from: Data(JSONValue.object(object).serialized()))
        #expect(read.count == Self.strings.count)
        for (index, string) in Self.strings.enumerated() { #expect(read["\(index) \(string)"] == string) }
    }

    @Test(arguments: [0, 1, 9, 10, 99, 100, 1_700_000_000, -1, -10, .max, .min])
    func `whole numbers are their digits`(number: Int) {
        #expect(JSONValue.number(JSONNumber(number)).description == "\(number)")
    }

    @Test func `empty values and nested ones are separated as they must be`() {
        let value: JSONValue = [[:], [], [[:], ["a": [:]]], ["a": [], "b": ["c": 1, "d": nil]], ""]
        #expect(value.description == #"[{},[],[{},{"a":{}}],{"a":[],"b":{"c":1,"d":null}},""]"#)
    }
}
