import ApusJOSE
import Testing

@Suite struct JSONNumberTests {
    @Test(arguments: [
        ("9007199254740992", 9_007_199_254_740_992), ("-9007199254740992", -9_007_199_254_740_992),
        ("9007199254740993", 9_007_199_254_740_993), ("999999999999999999", 999_999_999_999_999_999),
        ("1000000000000000000", 1_000_000_000_000_000_000), ("9223372036854775807", Int.max),
        ("-9223372036854775808", Int.min), ("1.0", 1), ("1e3", 1000), ("1E+3", 1000), ("1000e-3", 1), ("-0.0", 0),
    ])
    func `keeps whole numbers exact`(text: String, value: Int) throws {
        #expect(try JSONValue.parse(text).int == value)
    }

    @Test(arguments: [
        ("0.1", 0.1), ("-2.5e-3", -0.0025), ("1.7976931348623157e308", Double.greatestFiniteMagnitude),
        ("5e-324", Double.leastNonzeroMagnitude), ("9223372036854775808", 9_223_372_036_854_775_808.0),
        ("1e-400", 0), ("123456789012345678901234567890", 123_456_789_012_345_678_901_234_567_890.0),
    ])
    func `reads others as the nearest Double`(text: String, value: Double) throws {
        #expect(try JSONValue.parse(text).double == value)
    }

    @Test(arguments: ["0.5", "9223372036854775808", "1e300"])
    func `has no Int for a fraction or beyond Int`(text: String) throws {
        #expect(try JSONValue.parse(text).int == nil)
    }

    @Test(arguments: [
        "9223372036854775808", "-9223372036854775809", "12345678901234567890", "-12345678901234567890",
        "18446744073709551615", "123456789012345678901234567890", "1" + String(repeating: "0", count: 308),
    ])
    func `keeps the digits of a whole number beyond Int`(text: String) throws {
        let value = try JSONValue.parse(text)
        #expect(value.description == text && value.int == nil && value.double == Double(text))
        #expect(try JSONValue.parse(value.serialized()) == value)
        #expect(try JSONValue.parse(" [\(text),\(text)] ").description == "[\(text),\(text)]")
        let neighbour = text.dropLast() + (text.hasSuffix("0") ? "1" : "0")
        #expect(try JSONValue.parse(String(neighbour)) != value)
    }

    @Test func `reads numbers of every length as Int does, wherever they end`() throws {
        let source =
            "83140926535897932384626433832795028841971693993751058209749445923078164062862089986280348253421170679"
        var misread: [String] = []
        for length in 1...18 {
            for start in 0..<(source.count - length) {
                let text = String(source.dropFirst(start).prefix(length))
                guard !text.hasPrefix("0"), let number = Int(text) else { continue }
                let elements = try JSONValue.parse("[-\(text),\(text),1234567]").array?.compactMap(\.int)
                if try JSONValue.parse(text).int != number || elements != [-number, number, 1_234_567] {
                    misread.append(text)
                }
            }
        }
        #expect(misread.isEmpty)
    }

    @Test func `refuses what is no digit in every place of a long number`() throws {
        var accepted: [[UInt8]] = []
        for place in 1..<11 {
            for octet in UInt8.min...UInt8.max where !Self.mayStandInNumber(octet) {
                var text = [UInt8]("123456789012".utf8)
                text[place] = octet
                if (try? JSONValue.parse(text)) != nil { accepted.append(text) }
            }
        }
        #expect(accepted.isEmpty)
    }

    private static func mayStandInNumber(_ octet: UInt8) -> Bool {
        "0123456789.eE".utf8.contains(octet)
    }

    @Test(arguments: ["", "-"])
    func `refuses a whole number that is too large for a Double`(sign: String) throws {
        let text = sign + String(repeating: "9", count: 400)
        let error = try #require(throws: JSONParsingError.self) { try JSONValue.parse(text) }
        #expect(error.offset == 0 && error.expected == .finiteNumber)
    }

    @Test func `does not hold what JSON cannot express`() {
        #expect(JSONNumber(Double.nan) == nil)
        #expect(JSONNumber(Double.infinity) == nil)
        #expect(JSONNumber(-Double.infinity) == nil)
    }

    @Test func `is equal when the value is`() throws {
        let numbers = try ["1", "1.0", "1e0", "10e-1"].map { try JSONValue.parse($0) }
        #expect(Set(numbers).count == 1)
        #expect(JSONNumber(1.0) == JSONNumber(1))
        #expect(JSONNumber(1.5) != JSONNumber(1))
    }

    @Test(arguments: [
        (JSONNumber(0.1), "0.1"), (JSONNumber(1.0), "1"), (JSONNumber(-0.0), "0"), (JSONNumber(1e300), "1e+300"),
        (JSONNumber(Double.leastNonzeroMagnitude), "5e-324"), (JSONNumber(0.30000000000000004), "0.30000000000000004"),
    ])
    func `is written in the fewest digits`(number: JSONNumber?, text: String) {
        #expect(number?.description == text)
    }

    @Test func `reads back every number that it writes`() throws {
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<2000 {
            let double = Double(bitPattern: generator.next())
            guard let number = JSONNumber(double) else { continue }
            #expect(try JSONValue.parse(number.description).double == double)
            let int = Int(truncatingIfNeeded: generator.next() as UInt64)
            #expect(try JSONValue.parse(JSONNumber(int).description).int == int)
        }
    }
}
