import Apus
import ApusTesting
import Testing

@Suite struct APIKeyAuthenticationTests {
    private static let key = "my-secret-api-key"
    private static let challenge = #"ApiKey header="X-Api-Key""#

    private static func server(_ scheme: APIKeyAuthentication, _ log: CollectedLog = CollectedLog()) -> Server {
        .logging(log) {
            Get("/") { request in "\(request.user.name) by \(request.user.scheme)" }.authenticated(by: scheme)
        }
    }

    private static func fixed(
        _ keys: String = key, in places: APIKeyPlaces = APIKeyPlaces()
    ) throws -> APIKeyAuthentication {
        try APIKeyAuthentication("Key", keys: keys, in: places, allowInsecureHTTP: true)
    }

    @Test(arguments: TestTransport.all)
    func `the right key gets in`(transport: TestTransport) async throws {
        try await Self.server(try Self.fixed()).test(over: transport) { client in
            for name in ["X-Api-Key", "x-api-key", "X-API-KEY"] {
                let response = try await client.get("/", .header(name, Self.key))
                #expect(response.status == .ok && response.text == "ApiKeyClient by Key")
            }
            let padded = try await client.get("/", .header("X-Api-Key", " \t \(Self.key)\t "))
            #expect(padded.status == .ok)
        }
    }

    struct Wrong: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let headers: KeyValuePairs<String, String>
        var status = 401

        init(_ name: String, _ headers: KeyValuePairs<String, String>, _ status: Int = 401) {
            (testDescription, self.headers, self.status) = (name, headers, status)
        }
    }

    static let wrong = [
        Wrong("none", [:]),
        Wrong("empty", ["X-Api-Key": ""]),
        Wrong("spaces", ["X-Api-Key": "   "]),
        Wrong("wrong", ["X-Api-Key": "my-secret-api-kez"]),
        Wrong("shorter", ["X-Api-Key": "my-secret-api-ke"]),
        Wrong("longer", ["X-Api-Key": "my-secret-api-keyy"]),
        Wrong("in capitals", ["X-Api-Key": "MY-SECRET-API-KEY"]),
        Wrong("as the password of Basic", ["Authorization": "Basic OiBteS1zZWNyZXQtYXBpLWtleQ=="]),
        Wrong("as a token", ["Authorization": "Bearer my-secret-api-key"]),
        Wrong("in another field", ["X-Key": "my-secret-api-key"]),
        Wrong("in a cookie that nobody asked for", ["Cookie": "X-Api-Key=my-secret-api-key"]),
        Wrong("of 8,193 octets", ["X-Api-Key": String(repeating: "x", count: 8_193)]),
        Wrong("twice", ["X-Api-Key": "my-secret-api-key", "x-api-key": "my-secret-api-key"], 400),
        Wrong("twice, once wrong", ["X-Api-Key": "my-secret-api-key", "X-Api-Key": "x"], 400),
    ]

    /// RFC 9110 §15.5.2: each 401 has a challenge.
    @Test(arguments: [TestTransport.inProcess, .socket], wrong)
    func `any other is refused`(transport: TestTransport, row: Wrong) async throws {
        let log = CollectedLog()
        try await Self.server(try Self.fixed(), log).test(over: transport) { client in
            let response = try await client.get("/?X-Api-Key=my-secret-api-key", headers: row.headers)
            #expect(response.status.code == row.status)
            #expect(response.headers.values(of: .wwwAuthenticate) == [Self.challenge])
            #expect(!response.text.contains("my-secret") && !log.text.contains("my-secret"))
        }
    }

    @Test func `a key that is not UTF-8 or has control characters is refused`() async throws {
        try await Self.server(try Self.fixed()).test(over: .socket) { client in
            for octets: [UInt8] in [[0xFF], [0xC3, 0x28], [0xED, 0xA0, 0x80]] {
                try await client.connect { connection in
                    try await connection.send(
                        [UInt8]("GET / HTTP/1.1\r\nHost: x\r\nX-Api-Key: ".utf8) + octets + [UInt8]("\r\n\r\n".utf8))
                    let response = try await connection.receiveResponse()
                    #expect(response.status == .unauthorized)
                }
            }
        }
    }

    @Test func `any of several keys gets in, also one of 8,192 octets`() async throws {
        let long = String(repeating: "x", count: 8_192)
        let scheme = try APIKeyAuthentication("Key", keys: "one", long, "zwölf", allowInsecureHTTP: true)
        try await Self.server(scheme).test { client in
            for (key, status) in [("one", 200), (long, 200), ("zwölf", 200), ("two", 401), ("one,zwölf", 401)] {
                let response = try await client.get("/", .header("X-Api-Key", key))
                #expect(response.status.code == status)
            }
        }
    }

    @Test(arguments: [
        "", " ", "\t", " hunter2", "hunter2 ", "hunter\n2", "hunter\u{0}2", "hunter2\u{7F}",
        String(repeating: "x", count: 8_193),
    ])
    func `a key that no request can bring does not start`(key: String) throws {
        let error = #expect(throws: StartError.self) { try Self.fixed(key) }
        #expect(error.map { !$0.description.contains("hunter") && !$0.description.contains("xx") } == true)
    }

    @Test func `a key over plain HTTP is refused, and the log says why`() async throws {
        let log = CollectedLog()
        let server = Self.server(try APIKeyAuthentication("Key", keys: Self.key), log)
        try await server.test(over: .socket) { client in
            let response = try await client.get("/", .header("X-Api-Key", Self.key))
            #expect(response.status == .unauthorized && !response.text.contains("HTTP"))
            #expect(log.text.contains("plain HTTP") && !log.text.contains(Self.key))
        }
        try await server.test(over: .tls) { client in
            let response = try await client.get("/", .header("X-Api-Key", Self.key))
            #expect(response.status == .ok)
        }
    }

    /// A key that describes itself, as the author of a service might log it.
    @Test func `no description of a key shows it`() async throws {
        let seen = Shared<[String]>([])
        let scheme = APIKeyAuthentication("Key", allowInsecureHTTP: true) { key in
            seen.change {
                $0 = ["\(key)", String(reflecting: key), "\([key])", "\(String(describing: Optional(key)))"]
            }
            return key.matches(Self.key)
        }
        try await Self.server(scheme).test { client in
            let response = try await client.get("/", .header("X-Api-Key", Self.key))
            #expect(response.status == .ok)
        }
        #expect(seen.value == ["[redacted]", "[redacted]", "[[redacted]]", "Optional([redacted])"])
    }
}
