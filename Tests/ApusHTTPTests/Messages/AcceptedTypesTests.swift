import Testing

@testable import ApusHTTP

@Suite struct AcceptedTypesTests {
    private static func types(_ lines: String...) throws -> AcceptedTypes {
        var fields = HTTP.Fields()
        for line in lines { try fields.append(.accept, line) }
        return AcceptedTypes(fields)
    }

    /// The field, and the qualities of text/html, application/json and image/png in thousandths; RFC 9110 §12.5.1.
    @Test(arguments: [
        ("text/html", 1_000, 0, 0), ("*/*", 1_000, 1_000, 1_000), ("text/*", 1_000, 0, 0),
        ("text/html;q=0.5, */*;q=0.1", 500, 100, 100), ("*/*;q=0.8, text/*;q=0.3, text/html;q=0", 0, 800, 800),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", 1_000, 800, 800),
        ("application/json , text/html ; q=0.999", 999, 1_000, 0), ("TEXT/HTML;Q=1.000", 1_000, 0, 0),
        ("text/html;q=1.001", 0, 0, 0), ("text/html;q=2", 0, 0, 0), ("text/html;q=0.1234", 0, 0, 0),
        ("text/html;q=-1", 0, 0, 0), ("text/html;q=", 0, 0, 0), ("text/html;q=.5", 0, 0, 0),
        ("text/html;q=0x1", 0, 0, 0),
        ("text/html;q=1.", 1_000, 0, 0), ("text/html;level=1, text/html;q=0.4", 400, 0, 0), ("text", 0, 0, 0),
        ("", 0, 0, 0), (",,", 0, 0, 0), ("/html, text/, */png", 0, 0, 0), ("text/html/x", 0, 0, 0),
    ])
    func `gives the quality of the closest range`(field: String, html: Int, json: Int, png: Int) throws {
        let types = try Self.types(field)
        #expect(types.quality(of: "text/html") == html)
        #expect(types.quality(of: "application/json") == json)
        #expect(types.quality(of: "image/png") == png)
    }

    @Test func `without the field every type is welcome, and several lines are one`() throws {
        #expect(AcceptedTypes(HTTP.Fields()).quality(of: "text/html") == 1_000)
        let types = try Self.types("text/html;q=0.2", "application/json;q=0.3")
        #expect(types.quality(of: "text/html") == 200 && types.quality(of: "application/json") == 300)
    }

    @Test func `looks at no more than 100 ranges`() throws {
        let many = String(repeating: "a/b,", count: 100)
        #expect(try Self.types(many + "text/html").quality(of: "text/html") == 0)
        #expect(try Self.types(many.dropFirst(4) + "text/html").quality(of: "text/html") == 1_000)
    }
}
