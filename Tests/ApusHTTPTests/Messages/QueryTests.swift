import ApusHTTP
import Testing

@Suite struct QueryTests {
    @Test func `gives items in order and by name`() throws {
        let query = try HTTP.Query("a=1&b=2&a=3")
        #expect(query.items.map(\.name) == ["a", "b", "a"] && query.items.map(\.value) == ["1", "2", "3"])
        #expect(query["a"] == "1" && query["A"] == nil && query.values(of: "a") == ["1", "3"])
        #expect(query.values(of: "x").isEmpty)
    }

    /// The parser of application/x-www-form-urlencoded (WHATWG URL §5.1).
    @Test(arguments: [
        ("a", ["a", ""]), ("a=", ["a", ""]), ("=b", ["", "b"]), ("a=b=c", ["a", "b=c"]), ("a+b=c+d", ["a b", "c d"]),
        ("%61=%26%3D", ["a", "&="]), ("a=%2B", ["a", "+"]), ("n=J%C3%BCrgen", ["n", "Jürgen"]), ("&&a=1&", ["a", "1"]),
        ("a=%252F", ["a", "%2F"]), ("", []), ("&", []),
    ])
    func `decodes an item once`(_ encoded: String, _ expected: [String]) throws {
        #expect(try HTTP.Query(encoded).items.flatMap { [$0.name, $0.value] } == expected)
    }

    @Test(arguments: ["a=%", "a=%4", "a=%zz", "%00=a", "a=%00", "a=%FF", "a=%C0%AF", "a=%ED%A0%80", "%=1"])
    func `refuses what is not percent-encoded text`(_ encoded: String) {
        #expect(throws: HTTP.QueryError.malformedEncoding) { try HTTP.Query(encoded) }
    }

    @Test func `refuses more items than the limit`() throws {
        #expect(try HTTP.Query("a&b&c", limit: 3).items.count == 3)
        #expect(throws: HTTP.QueryError.tooManyItems(limit: 2)) { try HTTP.Query("a&b&c", limit: 2) }
        let many = String(repeating: "a&", count: 1_001)
        #expect(throws: HTTP.QueryError.tooManyItems(limit: 1_000)) { try HTTP.Query(many) }
    }

    // RFC 3986 §2.3 has what is never encoded.
    @Test(
        arguments: [
            ([:], ""),
            (["a": "1", "b": "2", "a": "3"], "a=1&b=2&a=3"),
            (["q": "fish & chips = 1 + 1?"], "q=fish%20%26%20chips%20%3D%201%20%2B%201%3F"),
            (["ä&": "AZaz09-._~"], "%C3%A4%26=AZaz09-._~"),
            (["crlf": "\r\n\u{0}"], "crlf=%0D%0A%00"),
        ] as [(KeyValuePairs<String, String>, String)])
    func `encodes what it is made of`(items: KeyValuePairs<String, String>, encoded: String) throws {
        let query = HTTP.Query(items)
        #expect(query.encoded == encoded && "\(query)" == encoded)
        #expect(query.adding("x", "/").encoded == (encoded.isEmpty ? "" : encoded + "&") + "x=%2F")
    }

    @Test func `reads what it has encoded`() throws {
        let query = HTTP.Query(["a b": "c&d=e+f", "ü": "", "": "x"])
        #expect(try HTTP.Query(query.encoded) == query)
    }
}
