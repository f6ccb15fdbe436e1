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

    @Test func `whole numbers of each length are their digits`() {
        for digits in 1...18 {
            let power = (0..<digits).reduce(1) { power, _ in power * 10 }
            for number in [power - 1, power, power + 1, power / 10 * 9, power / 7, power / 3 * 2] {
                for signed in [number, -number] {
                    #expect(JSONValue.number(JSONNumber(signed)).description == "\(signed)")
                }
            }
        }
        for number in 0...9_999 {
            #expect(JSONValue.number(JSONNumber(number)).description == "\(number)")
            #expect(JSONValue.number(JSONNumber(number * 10_000)).description == "\(number * 10_000)")
        }
    }

    @Test(arguments: ["\"", "\\", "\u{1F}", "\u{0}", "\u{20}", "!", "#", "[", "]", "\u{7F}", "é", "\u{10FFFF}"])
    func `Foundation reads long strings with a letter in any place`(letter: String) throws {
        for count in [62, 63, 64, 97] {
            let strings = (0...count).map { place in
                String(repeating: "a", count: place) + letter + String(repeating: "~", count: count - place)
            }
            let value = JSONValue.array(strings.map(JSONValue.string))
            #expect(try JSONDecoder().decode([String].self, from: Data(value.serialized())) == strings)
        }
    }

    /// The room that is made at first ends somewhere in each of the parts.
    @Test func `is the same behind whatever stands before it, and however long it becomes`() {
        for count in 400...600 {
            let filling = String(repeating: "x", count: count)
            let value: JSONValue = [
                .string(filling), ["a\n": -1_234_567_890, "b": [true, false, nil, 0.5, [:]]], "\u{1}\"é", 18, "",
            ]
            let rest = #"",{"a\n":-1234567890,"b":[true,false,null,0.5,{}]},"\u0001\"é",18,""]"#
            var octets = Array("before".utf8)
            value.serialize(into: &octets)
            #expect(octets == Array((#"before[""# + filling + rest).utf8))
        }
    }

    @Test func `much more than the first room is written`() throws {
        let strings = (0..<1_000).map { "\($0)\n" + String(repeating: "é", count: $0 % 50) }
        let value = JSONValue.object(["strings": .array(strings.map(JSONValue.string))])
        let read = try JSONDecoder().decode([String: [String]].self, from: Data(value.serialized()))
        #expect(read == ["strings": strings])
    }

    @Test func `empty values and nested ones are separated as they must be`() {
        let value: JSONValue = [[:], [], [[:], ["a": [:]]], ["a": [], "b": ["c": 1, "d": nil]], ""]
        #expect(value.description == #"[{},[],[{},{"a":{}}],{"a":[],"b":{"c":1,"d":null}},""]"#)
    }
}
