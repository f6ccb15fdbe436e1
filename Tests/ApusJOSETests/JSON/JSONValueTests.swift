import ApusJOSE
import FoundationEssentials
import Testing

@Suite struct JSONValueTests {
    private let value: JSONValue = ["s": "x", "i": 5, "d": 1.5, "b": true, "n": nil, "a": [1, "two"], "o": ["k": "v"]]

    @Test func `gives each value as its own type only`() {
        #expect(value["s"]?.string == "x")
        #expect(value["i"]?.int == 5)
        #expect(value["i"]?.double == 5)
        #expect(value["d"]?.double == 1.5)
        #expect(value["d"]?.int == nil)
        #expect(value["b"]?.bool == true)
        #expect(value["n"]?.isNull == true)
        #expect(value["n"] != nil)
        #expect(value["a"]?[1]?.string == "two")
        #expect(value["o"]?["k"]?.string == "v")
        #expect(value["i"]?.bool == nil)
        #expect(value["b"]?.int == nil)
        #expect(value["s"]?.int == nil)
        #expect(value["i"]?.string == nil)
        #expect(value["s"]?.array == nil)
        #expect(value["a"]?.object == nil)
    }

    @Test func `has nothing under an absent name or position`() {
        #expect(value["absent"] == nil)
        #expect(value["a"]?[2] == nil)
        #expect(value["a"]?[-1] == nil)
        #expect(value["s"]?["k"] == nil)
        #expect(value["s"]?[0] == nil)
    }

    @Test func `is written compactly with its members in order`() {
        #expect(
            value.description
                == #"{"s":"x","i":5,"d":1.5,"b":true,"n":null,"a":[1,"two"],"o":{"k":"v"}}"#
        )
        #expect(JSONValue.array([]).description == "[]")
        #expect(JSONValue.object([:]).description == "{}")
    }

    // RFC 8259 §7.
    @Test(arguments: [
        ("plain", #""plain""#), ("\"\\/", #""\"\\/""#), ("\u{8}\t\n\u{C}\r", #""\b\t\n\f\r""#),
        ("\0\u{1F}\u{B}", #""\u0000\u001F\u000B""#), ("\u{7F}é😀\u{2028}", "\"\u{7F}é😀\u{2028}\""),
    ])
    func `escapes what must be escaped and nothing else`(string: String, text: String) throws {
        #expect(JSONValue.string(string).description == text)
        #expect(try JSONValue.parse(text).string == string)
    }

    @Test func `reads back what it writes`() throws {
        #expect(try JSONValue.parse(value.serialized()) == value)
    }

    @Test func `agrees with Foundation's decoder and encoder`() throws {
        let text = #"{"s":"x\u00e9","i":-5,"d":1.5,"b":false,"n":null,"a":[1,[]],"o":{"big":9007199254740993}}"#
        let decoded = try JSONDecoder().decode(JSONValue.self, from: Data(text.utf8))
        #expect(try JSONValue.parse(text) == decoded)
        let encoded = try JSONEncoder().encode(decoded)
        #expect(try JSONValue.parse([UInt8](encoded)) == decoded)
    }

    @Test func `is made from Swift's own values`() throws {
        let date = Date(timeIntervalSince1970: 1_767_323_045)
        #expect("a".jsonValue == .string("a"))
        #expect(7.jsonValue.int == 7)
        #expect(true.jsonValue == .bool(true))
        #expect(1.5.jsonValue.double == 1.5)
        #expect(Double.nan.jsonValue == .null)
        #expect(["a", "b"].jsonValue.description == #"["a","b"]"#)
        #expect(["b": 1, "a": 2].jsonValue.description == #"{"a":2,"b":1}"#)
        #expect(String?.none.jsonValue == .null)
        #expect(String?.some("a").jsonValue == "a")
        #expect(date.jsonValue == "2026-01-02T03:04:05Z")
    }
}
