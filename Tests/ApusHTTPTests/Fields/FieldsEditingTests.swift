import ApusHTTP
import Testing

@Suite struct FieldsEditingTests {
    @Test(arguments: [
        "a\r\nSet-Cookie: x=y", "a\rb", "a\nb", "\r\n", "\n", "a\0", "\0", "a\u{01}", "12345678\u{1F}", "\u{7F}",
        "a\u{0B}",
        "a\u{0C}b",
    ])
    func `refuses a value that holds a control`(_ value: String) throws {
        var fields = HTTP.Fields()
        try fields.append(.location, "/")
        let before = fields
        #expect(throws: HTTP.FieldError.invalidValue(.location)) { try fields.append(.location, value) }
        #expect(throws: HTTP.FieldError.invalidValue(.location)) { try fields.set(.location, value) }
        #expect(throws: HTTP.FieldError.invalidValue(.server)) { try fields.set(.server, value) }
        #expect(fields == before)
    }

    @Test func `never shows the value that it refuses`() {
        var fields = HTTP.Fields()
        let error = #expect(throws: HTTP.FieldError.self) { try fields.append(.authorization, "s3cret\n") }
        #expect(error.map { "\($0)" }?.contains("Authorization") == true)
        #expect(error.map { "\($0)\(String(reflecting: $0))" }?.contains("s3cret") == false)
    }

    @Test(arguments: [(" a", "a"), ("a\t ", "a"), ("\t a\tb  c ", "a\tb  c"), ("  ", ""), ("", ""), ("ü€", "ü€")])
    func `drops whitespace at the ends of a value and keeps it inside`(_ value: String, _ expected: String) throws {
        var fields = HTTP.Fields()
        try fields.append("X", value)
        #expect(fields["X"] == expected)
    }

    @Test func `replaces all lines of a name by one at the end`() throws {
        var fields = HTTP.Fields()
        try fields.append("A", "1")
        try fields.append("B", "2")
        try fields.append("a", "3")
        try fields.set("A", "4")
        #expect(fields.map(\.name) == ["B", "A"] && fields.map(\.value) == ["2", "4"])
        try fields.set("C", "5")
        #expect(fields.map(\.value) == ["2", "4", "5"])
    }

    @Test func `removes all lines of a name`() throws {
        var fields = HTTP.Fields()
        try fields.append("A", "1")
        try fields.append("B", "2")
        try fields.append("a", "3")
        fields.remove("X")
        #expect(fields.count == 3)
        fields.remove("a")
        #expect(fields.map(\.name) == ["B"] && !fields.contains("A"))
        fields.remove("B")
        #expect(fields.isEmpty && fields == HTTP.Fields())
    }

    @Test func `edits the fields of a request, and no copy of them`() throws {
        var head = try #require(try head(of: "GET /path HTTP/1.1\r\nHost: a\r\nX: 1\r\nY: 2\r\n\r\n"))
        let original = head
        head.fields.remove("X")
        try head.fields.set(.host, "b")
        try head.fields.append("Z", "3")
        #expect(head.fields.map(\.value) == ["2", "b", "3"] && head.path == "/path" && head.host == "b")
        #expect(original.fields.map(\.value) == ["a", "1", "2"])
        head.fields = HTTP.Fields()
        #expect(head.target == "/path")
    }

    @Test func `forgets Content-Type with its line`() throws {
        var fields = HTTP.Fields()
        try fields.append(.contentType, "text/html")
        fields.remove(.contentType)
        var out: [UInt8] = []
        ResponseEncoder.encodeHead(
            status: .ok, contentType: "text/plain", fields: fields, framing: .none, version: .http11, closes: false,
            date: Span(), into: &out)
        #expect(String(decoding: out, as: UTF8.self) == "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n")
    }
}
