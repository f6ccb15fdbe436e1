import Apus
import ApusTesting
import Foundation
import Testing

/// What `JSON` makes of members, however it tells their names apart.
@Suite struct JSONMemberTests {
    @Test func `of members with one name the last value stays, in the place of the first`() async throws {
        try await Self.expect(#"{"a":"three","b":2}"#) { JSON(["a": 1, "b": 2, "a": "three"]) }
        try await Self.expect(#"{"longer-1":3,"longer-2":2}"#) { JSON(["longer-1": 1, "longer-2": 2, "longer-1": 3]) }
    }

    @Test func `names that begin alike are different names`() async throws {
        try await Self.expect(#"{"longer-1":1,"longer-2":2}"#) { JSON(["longer-1": 1, "longer-2": 2]) }
        try await Self.expect(#"{"":1,"\u0000":2,"\"":3}"#) { JSON(["": 1, "\u{0}": 2, "\"": 3]) }
    }

    /// Whatever says so: U+212A KELVIN SIGN is K, and U+00E9 is U+0065 U+0301.
    @Test func `names that are canonically equivalent are one name`() async throws {
        try await Self.expect("{\"\u{212A}\":2}") { JSON(["K": 1, "\u{212A}": 2]) }
        try await Self.expect("{\"e\u{301}\":2,\"e\":3}") { JSON(["\u{E9}": 1, "e\u{301}": 2, "e": 3]) }
    }

    @Test func `none and many are written whole`() async throws {
        try await Self.expect("{}") { JSON([:]) }
        let numbers = JSONValue.array((0..<1_000).map { .number(JSONNumber($0)) })
        let list = (0..<1_000).map(String.init).joined(separator: ",")
        try await Self.expect(#"{"a":[\#(list)],"b":"","c":{"d":[\#(list)]},"e":null}"#) {
            JSON(["a": numbers, "b": "", "c": JSONValue.object(["d": numbers]), "e": JSONValue.null])
        }
        let text =
            #"{"a":18,"b":2,"c":3,"d":4,"e":5,"f":6,"g":7,"h":8,"i":9,"j":10,"k":11,"l":12,"m":13,"n":14,"o":15,"#
            + #""p":16,"q":17}"#
        try await Self.expect(text) {
            JSON([
                "a": 1, "b": 2, "c": 3, "d": 4, "e": 5, "f": 6, "g": 7, "h": 8, "i": 9, "j": 10, "k": 11, "l": 12,
                "m": 13, "n": 14, "o": 15, "p": 16, "q": 17, "a": 18,
            ])
        }
    }

    @Test(arguments: [0, 400, 440, 480, 500, 510, 520, 2_000])
    func `long members are written whole`(count: Int) async throws {
        let (name, text) = (String(repeating: "n", count: count), String(repeating: "\"", count: count))
        let written = #"{"\#(name)":"\#(String(repeating: #"\""#, count: count))","x":"1970-01-01T00:00:00Z"}"#
        try await Self.expect(written) { JSON([name: text, "x": Date(timeIntervalSince1970: 0)]) }
    }

    /// As Foundation's encoder writes them.
    @Test(arguments: [0, 951_782_400.5, -1, 253_402_300_799, 253_402_300_800])
    func `dates are what an encoder makes of them`(seconds: Double) async throws {
        let date = Date(timeIntervalSince1970: seconds)
        let encoder = JSONEncoder()
        encoder.dateEncodingStrategy = .iso8601
        let text = String(decoding: try encoder.encode(["a name": date]), as: UTF8.self)
        try await Self.expect(text) { JSON(["a name": date]) }
    }

    private static func expect(_ text: String, of json: @escaping @Sendable () -> JSON) async throws {
        try await Server.logging { Get("/") { _ in json() } }.test { client in
            let response = try await client.get("/")
            #expect(response.text == text)
        }
    }
}
