import Apus
import ApusTesting
import Testing

@Suite struct ResponseTests {
    /// RFC 9110 §5.5: CR, LF and NUL would end the field and begin another.
    @Test(arguments: ["a\r\nSet-Cookie: b", "a\nb", "a\rb", "a\u{0}b", "a\u{7F}"])
    func `a header that would split the response is an error, and is not sent`(value: String) async throws {
        try await Server.logging {
            Get("/field") { _ in try Response(text: "x").header("X-A", value) }
            Get("/location") { _ in try Response.redirect(to: value) }
        }
        .test(over: .socket) { client in
            for path in ["/field", "/location"] {
                let response = try await client.get(path)
                #expect(response.status == .internalServerError)
                #expect(response.headers["X-A"] == nil && response.headers[.setCookie] == nil)
                #expect(response.headers[.location] == nil)
            }
        }
    }

    @Test func `headers are changed in place, each copy for itself, and a change that fails changes nothing`() throws {
        var response = Response(text: "x")
        let bare = response
        try response.headers.set("X-A", "1")
        try response.headers.append("X-B", "2")
        let earlier = response
        #expect(throws: HTTP.FieldError.self) { try response.headers.set("X-A", "a\r\nb") }
        #expect(response.headers["X-A"] == "1" && response.headers["X-B"] == "2" && response.headers.count == 2)
        response.headers.remove("X-A")
        #expect(response.headers.count == 1)
        response.headers = HTTP.Fields()
        #expect(response.headers.isEmpty && bare.headers.isEmpty)
        #expect(earlier.headers["X-A"] == "1" && earlier.headers["X-B"] == "2" && earlier.headers.count == 2)
    }

    @Test func `a content type is checked`() async {
        #expect(Response.ContentType(validating: "text/csv")?.value == "text/csv")
        for bad in ["", "text", "/csv", "text/csv\r\nX: y", "text/cs\u{0}v", "täxt/csv"] {
            #expect(Response.ContentType(validating: bad) == nil)
        }
        await #expect(processExitsWith: .failure) { _ = "no type" as Response.ContentType }
    }

    @Test(arguments: TestTransport.all)
    func `a header replaces others of its name`(transport: TestTransport) async throws {
        try await Server.logging {
            Get("/") { _ in
                try Response(text: "x").header("X-A", "1").header("x-a", "2").header(.cacheControl, "no-store")
            }
        }
        .test(over: transport) { client in
            let response = try await client.get("/")
            #expect(response.headers.values(of: "X-A") == ["2"] && response.headers[.cacheControl] == "no-store")
        }
    }

    @Test(arguments: TestTransport.all)
    func `a sequence of chunks is a stream`(transport: TestTransport) async throws {
        let chunks = AsyncStream<[UInt8]> { continuation in
            for text in ["a", "bc", "", "d"] { continuation.yield(Array(text.utf8)) }
            continuation.finish()
        }
        try await Server.logging { Get("/") { _ in Response(contentType: .text, stream: chunks) } }
            .test(over: transport) { client in
                let response = try await client.get("/")
                #expect(response.text == "abcd" && response.headers[.transferEncoding] == "chunked")
            }
    }
}
