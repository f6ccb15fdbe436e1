import Apus
import ApusTesting
import Testing

@Suite struct TestClientTests {
    /// What the server has made of a request, as JSON.
    private static var mirror: Server {
        var server = Server("Mirror") {
            Endpoint(port: 8_443, tls: .selfSigned)
        } routes: {
            Route(path: "/mirror/{rest...}") { request in
                JSON([
                    "method": request.method.token, "target": request.head.target,
                    "fields": request.headers.map { "\($0.name): \($0.value)" },
                    "content": try await request.body.text(), "secure": request.connection.isSecure,
                    "host": request.head.host ?? "",
                ])
            }
            Get("/stream") { _ in
                Response(contentType: .text) { writer in
                    for word in ["one ", "two ", "", "three"] { try await writer.write(word) }
                }
            }
            Get("/broken") { _ in
                Response(contentType: .text) { writer in
                    try await writer.write("one")
                    throw Problem(.conflict)
                }
            }
            Get("/fields") { _ in
                var response = Response(text: "x")
                response.contentType = "text/csv"
                for value in ["a", "b"] { try response.headers.append("X-Many", value) }
                try response.headers.set(.contentLength, "17")
                try response.headers.set(.contentType, "text/markdown")
                return response
            }
            Get("/none") { _ in Response(.noContent, text: "dropped") }
            Get("/unchanged") { _ in Response(.notModified, text: "left out") }
            Get("/failure") { _ -> String in throw Problem(.conflict, "Somebody was first.") }
        }
        server.logger.level = .critical
        return server
    }

    @Test(arguments: TestTransport.all, [HTTP.Method.get, .post, .put, .patch, .delete, .options, .other("REPORT")])
    func `sends every method as it is told to`(transport: TestTransport, method: HTTP.Method) async throws {
        try await Self.mirror.test(over: transport) { client in
            let response = try await client.send(
                method, "/mirror/a%20b?c=d", .bearer("token"), headers: ["X-A": "1", "X-A": "2"], body: "Grüße")
            let seen = try response.json
            #expect(seen["method"] == .string(method.token) && seen["target"] == "/mirror/a%20b?c=d")
            let fields = try #require(seen["fields"]?.array).compactMap(\.string)
            #expect(fields.prefix(3) == ["Authorization: Bearer token", "X-A: 1", "X-A: 2"])
            #expect(fields.contains("Content-Type: text/plain; charset=utf-8") && fields.contains("Content-Length: 7"))
            #expect(seen["content"] == "Grüße")
        }
    }

    @Test(arguments: TestTransport.all)
    func `has a method for each verb`(transport: TestTransport) async throws {
        try await Self.mirror.test(over: transport) { client in
            let path = "/mirror/x"
            let responses = [
                try await client.get(path), try await client.post(path), try await client.put(path),
                try await client.patch(path), try await client.delete(path), try await client.options(path),
            ]
            let methods = try responses.map { try $0.json["method"]?.string }
            #expect(methods == ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"])
            let head = try await client.head(path)
            #expect(head.status == .ok && head.octets.isEmpty && head.headers[.contentLength] != nil)
        }
    }

    static let contents: [(TestContent, type: String, text: String)] = [
        (.text("a,b", contentType: "text/csv"), "text/csv", "a,b"),
        (.json(["a": [1, nil]]), "application/json; charset=utf-8", #"{"a":[1,null]}"#),
        (.octets(Array("abc".utf8)), "application/octet-stream", "abc"),
        (
            .chunked([Array("abc".utf8), [], Array("de".utf8)], contentType: .text), "text/plain; charset=utf-8",
            "abcde"
        ),
        (.chunked([]), "application/octet-stream", ""),
        ("", "text/plain; charset=utf-8", ""),
    ]

    @Test(arguments: TestTransport.all, contents.indices)
    func `sends content of every form`(transport: TestTransport, row: Int) async throws {
        let (content, type, text) = Self.contents[row]
        try await Self.mirror.test(over: transport) { client in
            let response = try await client.post("/mirror/x", body: content)
            let seen = try response.json
            #expect(seen["content"] == .string(text))
            #expect(seen["fields"]?.array?.contains(.string("Content-Type: \(type)")) == true)
        }
    }

    @Test(arguments: TestTransport.all)
    func `a stream is collected`(transport: TestTransport) async throws {
        try await Self.mirror.test(over: transport) { client in
            let response = try await client.get("/stream")
            #expect(response.text == "one two three" && response.headers[.transferEncoding] == "chunked")
            #expect(response.headers[.contentLength] == nil)
            let head = try await client.head("/stream")
            #expect(head.status == .ok && head.octets.isEmpty)
        }
    }

    @Test(arguments: TestTransport.all)
    func `a stream that breaks off is no response`(transport: TestTransport) async throws {
        try await Self.mirror.test(over: transport) { client in
            await #expect(throws: TestClientError.self) { try await client.get("/broken") }
        }
    }

    @Test(arguments: TestTransport.all)
    func `the server alone says how long content is`(transport: TestTransport) async throws {
        try await Self.mirror.test(over: transport) { client in
            let response = try await client.get("/fields")
            #expect(response.headers.values(of: .contentLength) == ["1"])
            #expect(response.headers.values(of: "X-Many") == ["a", "b"])
            #expect(response.headers.values(of: .contentType) == ["text/markdown"])
        }
    }

    /// RFC 9110 §6.4.1.
    @Test(arguments: TestTransport.all, ["/none", "/unchanged"])
    func `some statuses have no content`(transport: TestTransport, path: String) async throws {
        try await Self.mirror.test(over: transport) { client in
            let response = try await client.get(path)
            #expect(response.octets.isEmpty)
        }
    }

    @Test(arguments: TestTransport.all)
    func `an error is a response`(transport: TestTransport) async throws {
        try await Self.mirror.test(over: transport) { client in
            let response = try await client.get("/failure")
            #expect(response.status == .conflict)
            #expect(response.headers[.contentType] == "application/problem+json")
            #expect(try response.json["detail"] == "Somebody was first.")
        }
    }

    @Test(arguments: TestTransport.all, ["no-slash", "/a b", "/a#b", "/\u{7F}"])
    func `a target that no request has is answered 400`(transport: TestTransport, target: String) async throws {
        try await Self.mirror.test(over: transport) { client in
            let response = try await client.get(target)
            #expect(response.status == .badRequest && response.headers[.connection] == "close")
        }
    }

    @Test func `handlers see the transport that was asked for`() async throws {
        for (transport, isSecure) in [
            (TestTransport.inProcess, true), (.inProcess(isSecure: false), false), (.inProcess(isSecure: true), true),
            (.socket, false), (.tls, true),
        ] {
            try await Self.mirror.test(over: transport) { client in
                let response = try await client.get("/mirror/x")
                #expect(try response.json["secure"] == .bool(isSecure))
            }
        }
    }

    @Test(arguments: TestTransport.all)
    func `a header that cannot be sent is not sent`(transport: TestTransport) async throws {
        try await Self.mirror.test(over: transport) { client in
            await #expect(throws: HTTP.FieldError.self) {
                try await client.get("/mirror/x", headers: ["X": "a\r\nInjected: b"])
            }
            await #expect(throws: HTTP.FieldError.self) { try await client.get("/mirror/x", headers: ["a b": "c"]) }
            await #expect(throws: TestClientError.self) { try await client.get("/mirror/x HTTP/1.1\r\nA: b") }
        }
    }

    @Test func `a missing token is an error of the test`() async throws {
        try await Self.mirror.test { client in
            let response = try await client.get("/failure")
            await #expect(throws: TestClientError.self) {
                try await client.get("/mirror/x", .bearer(response.json["access_token"]))
            }
        }
    }

    @Test func `content that is no JSON says what it is`() async throws {
        try await Self.mirror.test { client in
            let response = try await client.get("/stream")
            let error = try #require(throws: TestClientError.self) { try response.json }
            #expect(error.description.contains("text/plain") && error.description.contains("one two three"))
        }
    }

    @Test func `there is no connection in process`() async throws {
        try await Self.mirror.test { client in
            #expect(client.server == nil)
            await #expect(throws: TestClientError.self) { try await client.connect { _ in } }
        }
    }

    @Test(arguments: [TestTransport.socket, .tls])
    func `many tasks may use one client`(transport: TestTransport) async throws {
        try await Self.mirror.test(over: transport) { client in
            let answers = try await withThrowingTaskGroup(of: String.self) { tasks in
                for number in 0..<32 {
                    tasks.addTask {
                        let response = try await client.get("/mirror/\(number)")
                        return try response.json["target"]?.string ?? ""
                    }
                }
                return try await tasks.reduce(into: Set()) { $0.insert($1) }
            }
            #expect(answers == Set((0..<32).map { "/mirror/\($0)" }))
        }
    }

    @Test(arguments: TestTransport.all)
    func `what the body throws comes out`(transport: TestTransport) async throws {
        struct Mine: Error {}
        await #expect(throws: Mine.self) { try await Self.mirror.test(over: transport) { _ in throw Mine() } }
    }

    @Test(arguments: TestTransport.all)
    func `what the body returns comes out`(transport: TestTransport) async throws {
        let status = try await Self.mirror.test(over: transport) { client in try await client.get("/none").status }
        #expect(status == .noContent)
    }

    @Test(arguments: TestTransport.all)
    func `a server that cannot start does not start`(transport: TestTransport) async throws {
        let broken = Server("Broken") {
            Get("/a") { _ in "first" }
            Get("/a") { _ in "second" }
        }
        await #expect(throws: StartError.self) {
            try await broken.test(over: transport) { _ in Issue.record("the server was started") }
        }
    }

    @Test(arguments: [TestTransport.socket, .tls])
    func `a wait ends with the time limit`(transport: TestTransport) async throws {
        try await Self.mirror.test(over: transport) { client in
            var client = client
            client.timeLimit = .seconds(2)
            try await client.connect { connection in
                let error = await #expect(throws: TestClientError.self) { try await connection.receiveResponse() }
                #expect(error?.description.contains("time limit") == true)
            }
        }
    }
}
