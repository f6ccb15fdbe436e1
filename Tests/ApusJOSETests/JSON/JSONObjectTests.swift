import ApusJOSE
import Testing

@Suite struct JSONObjectTests {
    @Test func `keeps its order through changes`() {
        var object: JSONObject = ["z": 1, "a": 2, "m": 3]
        object["a"] = 9
        object["b"] = 4
        #expect(object.names == ["z", "a", "m", "b"])
        #expect(object["a"] == 9)
        object["z"] = nil
        #expect(object.names == ["a", "m", "b"])
        #expect(object["z"] == nil)
        object["absent"] = nil
        #expect(object.names == ["a", "m", "b"])
    }

    @Test func `finds, changes and removes among many members`() {
        var object = JSONObject()
        for number in 0..<100 { object["\(number)"] = .number(JSONNumber(number)) }
        for number in 0..<100 { #expect(object[String(number)]?.int == number) }
        object["50"] = "fifty"
        object["0"] = nil
        #expect(object["50"] == "fifty")
        #expect(object["0"] == nil)
        for number in 51..<100 { #expect(object[String(number)]?.int == number) }
        for number in 1..<95 { object["\(number)"] = nil }
        #expect(object.names == ["95", "96", "97", "98", "99"])
        #expect(object["97"] == 97)
    }

    @Test func `is equal whatever the order`() {
        let first: JSONObject = ["a": 1, "b": [2]]
        let second: JSONObject = ["b": [2], "a": 1]
        #expect(first == second)
        #expect(first.hashValue == second.hashValue)
        #expect(first != ["a": 1, "b": [3]])
        #expect(first != ["a": 1])
        #expect(first != ["a": 1, "b": [2], "c": 3])
        #expect(first != ["a": 1, "c": [2]])
    }

    // RFC 8259 §8.3: names are compared code unit by code unit. U+212A KELVIN SIGN equals "K" to Swift.
    @Test func `finds a name by its octets and not by an equivalent`() throws {
        let value = try JSONValue.parse("{\"\u{212A}\":1}")
        #expect(value["K"] == nil)
        #expect(value["\u{212A}"] == 1)
    }

    @Test func `takes the later of two values under one name`() {
        let object: JSONObject = ["a": 1, "b": 2, "a": 3]
        #expect(object.names == ["a", "b"])
        #expect(object["a"] == 3)
    }
}
