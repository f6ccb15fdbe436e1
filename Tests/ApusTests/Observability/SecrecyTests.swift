import Apus
import ApusTesting
import Testing

/// Whatever goes wrong, what a client keeps secret is in no line of the log.
@Suite struct SecrecyTests {
    private static let secret = "hunter2"

    private static func server(_ log: CollectedLog) throws -> Server {
        struct Failure: Error {}
        let basic = BasicAuthentication("Basic", realm: "R", allowInsecureHTTP: true) { login in
            if login.username == "boom" { throw Failure() }
            return false
        }
        let keys = try KeyStore(.hmac(passphrase: "a passphrase of more than thirty-two octets"))
        let bearer = BearerAuthentication("Bearer", validating: JWTBuilder(keys: keys).validationParameters)
        struct Login: Codable { var user: Int }
        var server = Server.logging(log) {
            Get("/shut") { _ in "" }.authenticated(by: basic, bearer)
            Get("/boom") { _ -> String in throw Failure() }
            Post("/login") { request in "\(try await request.body.decode(Login.self).user)" }
            Post("/tiny") { request in try await request.body.text(upTo: 3) }
            Get("/query") { request in try request.query()["x"] }
            Get("/head") { request -> String in throw Problem(.conflict, cause: Shown(value: request)) }
        }
        server.limits.decoding.requestLine = 200
        server.limits.decoding.fieldCount = 8
        return server
    }

    /// An error that describes a whole request, as a service's author might.
    struct Shown: Error, CustomStringConvertible {
        let value: Request
        var description: String { "\(value.head) \(value.headers) \(String(reflecting: value.headers))" }
    }

    private static let headers: KeyValuePairs<String, String> = [
        "Authorization": "Bearer \(secret)", "Cookie": "session=\(secret)", "X-Api-Key": secret,
        "Proxy-Authorization": "Basic \(secret)",
    ]

    @Test(arguments: TestTransport.all)
    func `no answer that is an error logs a secret`(transport: TestTransport) async throws {
        let log = CollectedLog()
        try await Self.server(log).test(over: transport) { client in
            let statuses = [
                try await client.get("/shut", headers: Self.headers),
                try await client.get("/shut", .basic("boom", Self.secret)),
                try await client.get("/shut", .basic("somebody", Self.secret)),
                try await client.get("/shut?access_token=\(Self.secret)", .bearer(Self.secret)),
                try await client.get("/boom", headers: Self.headers),
                try await client.get("/head?token=\(Self.secret)", headers: Self.headers),
                try await client.get("/nowhere/\(Self.secret)?token=\(Self.secret)", headers: Self.headers),
                try await client.put("/boom?token=\(Self.secret)", headers: Self.headers),
                try await client.get("/query?x=\(Self.secret)%zz", headers: Self.headers),
                try await client.post("/login", body: .json(["user": .string(Self.secret)])),
                try await client.post("/login", body: .json(["password": .string(Self.secret)])),
                try await client.post("/login", body: "{\"user\": \(Self.secret)}"),
                try await client.post("/tiny", body: .text(Self.secret)),
                try await client.get("/" + String(repeating: Self.secret, count: 40)),
                try await client.get("/%ff/\(Self.secret)"),
                try await client.get("/\(Self.secret) x"),
                try await client.get("/boom", headers: ["Host": Self.secret + "/", "Cookie": Self.secret]),
                try await client.get(
                    "/boom",
                    headers: ["A": Self.secret, "B": "", "C": "", "D": "", "E": "", "F": "", "G": "", "H": "", "I": ""]),
            ]
            .map(\.status.code)
            #expect(
                statuses == [401, 500, 401, 400, 500, 409, 404, 405, 400, 400, 400, 400, 413, 414, 400, 400, 400, 431])
            #expect(log.problems.count == statuses.count)
            #expect(!log.text.contains(Self.secret))
            // The base64 of "somebody:hunter2" and "boom:hunter2".
            #expect(!log.text.contains("c29tZWJvZHk6aHVudGVyMg") && !log.text.contains("Ym9vbTpodW50ZXIy"))
        }
    }

    @Test(arguments: [TestTransport.socket, .tls])
    func `no malformed request logs a secret`(transport: TestTransport) async throws {
        let log = CollectedLog()
        let heads = [
            "GET / HTTP/1.1\r\nHost: x\r\nAuthorization : \(Self.secret)\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: x\r\nAuthorization: \(Self.secret)\n\r\n",
            "GET / HTTP/1.1\r\nHost: x\r\nX-\(Self.secret)\r\n\r\n",
            "\(Self.secret)\u{0} / HTTP/1.1\r\n\r\n",
            "GET /\(Self.secret)#x HTTP/1.1\r\nHost: x\r\n\r\n",
            "GET / \(Self.secret)\r\nHost: x\r\n\r\n",
            "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: \(Self.secret)\r\n\r\n",
            "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: \(Self.secret)\r\n\r\n",
            "POST / HTTP/1.1\r\nHost: \(Self.secret)/\r\n\r\n",
            "POST / HTTP/1.1\r\nHost: x\r\nExpect: \(Self.secret)\r\n\r\n",
        ]
        try await Self.server(log).test(over: transport) { client in
            for head in heads {
                try await client.connect { connection in
                    try await connection.send(head)
                    let response = try await connection.receiveResponse()
                    #expect(response.status.code >= 400 && !response.text.contains(Self.secret))
                }
            }
            #expect(log.problems.count == heads.count)
            #expect(!log.text.contains(Self.secret))
        }
    }
}
