import Apus
import ApusTesting
import Testing

@Suite struct FormTests {
    private static let type: HTTP.ContentType = "application/x-www-form-urlencoded"

    private static var server: Server {
        .logging {
            Post("/form") { request in
                try await request.form(upTo: 64, maximumItems: 3).items.map { "[\($0.name)|\($0.value)]" }.joined()
            }
        }
    }

    /// WHATWG URL §5.1, the parser of application/x-www-form-urlencoded.
    static let forms = [
        ("username=admin&password=secret", "[username|admin][password|secret]"), ("", ""), ("a=1+2%2B3", "[a|1 2+3]"),
        ("n=J%C3%BCrgen", "[n|Jürgen]"), ("n=Jürgen", "[n|Jürgen]"), ("a&b=&=c", "[a|][b|][|c]"),
        ("a=1&a=2", "[a|1][a|2]"),
        ("a=%26%3D%25", "[a|&=%]"), ("a=%0D%0A", "[a|\r\n]"),
    ]

    @Test(arguments: TestTransport.all, forms)
    func `reads the fields of a form`(transport: TestTransport, row: (content: String, expected: String)) async throws {
        try await Self.server.test(over: transport) { client in
            let whole = try await client.post("/form", body: .text(row.content, contentType: Self.type))
            #expect(whole.status == .ok && whole.text == row.expected)
            let octets = row.content.utf8.map { [$0] }
            let chunked = try await client.post("/form", body: .chunked(octets, contentType: Self.type))
            #expect(chunked.status == .ok && chunked.text == row.expected)
        }
    }

    @Test(arguments: ["a=%", "a=%4", "a=%zz", "a=%00", "a=\0", "a=%FF", "%C0%AF=1", "a=%ED%A0%80", "a&b&c&d"])
    func `what is malformed or has too many fields is 400`(content: String) async throws {
        try await Self.server.test { client in
            let refused = try await client.post("/form", body: .text(content, contentType: Self.type))
            #expect(refused.status == .badRequest)
            #expect(refused.headers[.contentType] == "application/problem+json")
            #expect(try refused.json["detail"]?.string?.hasPrefix("The form is malformed: ") == true)
        }
    }

    @Test func `octets that are no UTF-8 are 400`() async throws {
        try await Self.server.test { client in
            let content = Array("a=".utf8) + [0xFF]
            let refused = try await client.post("/form", body: .octets(content, contentType: Self.type))
            #expect(refused.status == .badRequest)
        }
    }

    @Test(arguments: [
        "application/x-www-form-urlencoded; charset=utf-8", "application/x-www-form-urlencoded;charset=\"UTF-8\"",
        "Application/X-WWW-Form-URLEncoded", "application/x-www-form-urlencoded ; boundary=x",
    ])
    func `the type may have parameters, and is compared in either case`(type: String) async throws {
        try await Self.server.test { client in
            let response = try await client.post("/form", headers: ["Content-Type": type], body: "a=1")
            #expect(response.status == .ok && response.text == "[a|1]")
        }
    }

    @Test(arguments: [
        "text/plain", "application/json", "multipart/form-data; boundary=x", "application/x-www-form-urlencodedx",
        "application/x-www-form-urlencoded; charset=iso-8859-1", "application/x-www-form-urlencoded, text/plain",
    ])
    func `another type is 415`(type: String) async throws {
        try await Self.server.test { client in
            let refused = try await client.post("/form", headers: ["Content-Type": type], body: "a=1")
            #expect(refused.status == .unsupportedMediaType)
        }
    }

    @Test func `two types are 415, none is 400, and a large form is 413`() async throws {
        try await Self.server.test { client in
            let form = "application/x-www-form-urlencoded"
            let two = try await client.post(
                "/form", headers: ["Content-Type": form, "content-type": "text/plain"], body: "a=1")
            #expect(two.status == .unsupportedMediaType)
            let none = try await client.post("/form")
            #expect(none.status == .badRequest)
            let large = "a=" + String(repeating: "b", count: 63)
            let tooLarge = try await client.post("/form", body: .text(large, contentType: Self.type))
            #expect(tooLarge.status == .contentTooLarge)
        }
    }
}
