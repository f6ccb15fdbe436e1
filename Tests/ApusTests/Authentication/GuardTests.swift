import Apus
import ApusTesting
import Synchronization
import Testing

/// Schemes are alternatives, policies are demands, and an error is neither.
@Suite struct GuardTests {
    /// Takes a header of its own name: `good` is a principal, `bad` a refusal, `error` an error.
    struct HeaderScheme: AuthenticationScheme {
        let name: String
        var claims = Claims()
        var manner = Manner.waiting

        enum Manner: CaseIterable {
            /// Answers whoever waits.
            case waiting
            /// Answers at once whoever asks it to.
            case immediate
            /// The same, and must not be waited for.
            case onlyImmediate
        }

        struct DatabaseDown: Error {}

        func authenticate(_ request: Request) async throws -> AuthenticationAnswer {
            if manner == .onlyImmediate { Issue.record("was waited for, although it would have answered at once") }
            return try answer(to: request)
        }

        func authenticateImmediately(_ request: Request) throws -> AuthenticationAnswer? {
            manner == .waiting ? nil : try answer(to: request)
        }

        private func answer(to request: Request) throws -> AuthenticationAnswer {
            switch request.headers[try HTTP.FieldName(validating: name)] {
            case nil: return .noCredentials
            case "good": return .principal(Principal(name: "user of \(name)", scheme: name, claims: claims))
            case "error": throw DatabaseDown()
            case "malformed":
                return .refused(AuthenticationRefusal("malformed", status: .badRequest, code: "malformed"))
            default: return .refused(AuthenticationRefusal("reason of \(name)", code: "bad"))
            }
        }

        func challenge(after refusal: AuthenticationRefusal?) -> Challenge? {
            Challenge(name, ["realm": "Test", "error": refusal?.code])
        }

        func challenge(lacking policy: Policy) -> Challenge? { Challenge(name, ["lacking": policy.name]) }

        func complete(_ response: consuming Response, to request: Request) throws -> Response {
            try response.header("Found-By", name)
        }
    }

    private static func server(
        _ log: CollectedLog = CollectedLog(), _ manners: [HeaderScheme.Manner] = [.waiting, .waiting]
    ) -> Server {
        let first = HeaderScheme(name: "First", manner: manners[0])
        let second = HeaderScheme(name: "Second", manner: manners[1])
        return .logging(log) {
            Get("/open") { request in request.user.isAuthenticated ? "somebody" : "anybody" }
            Group("/shut") {
                Get { request in request.user.name }
                Get("late") { request in
                    await Task.yield()
                    return request.user.name
                }
                Get("own") { request in request.user.name }.authenticated(by: HeaderScheme(name: "Third"))
            }
            .authenticated(by: first, second)
        }
    }

    static let answers: [(headers: KeyValuePairs<String, String>, status: Int, challenges: [String], text: String)] = [
        ([:], 401, [#"First realm="Test""#, #"Second realm="Test""#], ""),
        (["First": "good"], 200, [], "user of First"),
        (["Second": "good"], 200, [], "user of Second"),
        (["Second": "good", "First": "good"], 200, [], "user of First"),
        (["First": "bad", "Second": "good"], 200, [], "user of Second"),
        (["First": "bad"], 401, [#"First realm="Test", error="bad""#, #"Second realm="Test""#], ""),
        (["Second": "bad"], 401, [#"First realm="Test""#, #"Second realm="Test", error="bad""#], ""),
        (
            ["First": "bad", "Second": "malformed"], 400,
            [#"First realm="Test", error="bad""#, #"Second realm="Test", error="malformed""#], ""
        ),
        (["First": "error", "Second": "good"], 500, [], ""),
        (["First": "bad", "Second": "error"], 500, [], ""),
    ]

    @Test(arguments: TestTransport.all, answers.indices)
    func `any scheme will do, and none is 401 with a challenge of each in order`(
        transport: TestTransport, row: Int
    ) async throws {
        let (headers, status, challenges, text) = Self.answers[row]
        try await Self.server().test(over: transport) { client in
            let response = try await client.get("/shut", headers: headers)
            #expect(response.status.code == status)
            #expect(response.headers.values(of: .wwwAuthenticate) == challenges)
            if status == 200 { #expect(response.text == text) }
        }
    }

    static let manners = HeaderScheme.Manner.allCases.flatMap { first in
        // One that answers at once is asked again when another has to be waited for.
        HeaderScheme.Manner.allCases.filter { ($0 == .onlyImmediate) == (first == .onlyImmediate) }.map { [first, $0] }
    }

    @Test(arguments: [TestTransport.inProcess, .socket], manners)
    func `how schemes and handlers answer makes no difference to what is answered`(
        transport: TestTransport, manners: [HeaderScheme.Manner]
    ) async throws {
        try await Self.server(CollectedLog(), manners).test(over: transport) { client in
            for path in ["/shut", "/shut/late"] {
                for (headers, status, challenges, text) in Self.answers {
                    let response = try await client.get(path, headers: headers)
                    #expect(response.status.code == status)
                    #expect(response.headers.values(of: .wwwAuthenticate) == challenges)
                    guard status == 200 else { continue }
                    #expect(response.text == text)
                    let finder = try #require(text.split(separator: " ").last)
                    #expect(response.headers.values(of: try HTTP.FieldName(validating: "Found-By")) == [String(finder)])
                }
            }
        }
    }

    /// A closure of the service may count, lock out or log: however the schemes around it answer, and whenever the content comes.
    @Test(arguments: TestTransport.wires, HeaderScheme.Manner.allCases)
    func `nobody is asked twice about one request`(transport: TestTransport, manner: HeaderScheme.Manner) async throws {
        let logins = Mutex(0)
        let decisions = Mutex(0)
        let basic = BasicAuthentication("Basic", realm: "r", allowInsecureHTTP: true) { login in
            logins.withLock { $0 += 1 }
            return login.matches(username: "admin", password: "password")
        }
        let policy = Policy("counting") { _ in
            decisions.withLock { $0 += 1 }
            return true
        }
        try await Server.logging {
            Post("/") { (request, content: String) in "\(request.user.name): \(content)" }
                .authenticated(by: basic, HeaderScheme(name: "Second", manner: manner)).requires(policy)
        }
        .test(over: transport) { client in
            try await client.connect { connection in
                let lines = "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n"
                let wrong = "Authorization: Basic YWRtaW46d3Jvbmc=\r\n"
                let right = "Authorization: Basic YWRtaW46cGFzc3dvcmQ=\r\n"
                // With the content beside the head, and with content that comes when the handler waits for it.
                for (head, text) in [(wrong + "Second: good\r\n", "user of Second: Hi"), (right, "admin: Hi")] {
                    try await connection.send(lines + head + "\r\nHi")
                    let together = try await connection.receiveResponse()
                    #expect(together.text == text)
                    try await connection.send(lines + head + "Expect: 100-continue\r\n\r\n")
                    _ = try await connection.receive(through: "\r\n\r\n")
                    try await connection.send("Hi")
                    let apart = try await connection.receiveResponse()
                    #expect(apart.text == text)
                    let foundBy = try HTTP.FieldName(validating: "Found-By")
                    #expect(together.headers[foundBy] == apart.headers[foundBy])
                    #expect(apart.headers[foundBy] == (head == right ? nil : "Second"))
                }
            }
        }
        #expect(logins.withLock { $0 } == 4 && decisions.withLock { $0 } == 4)
    }

    @Test func `a route's own schemes are not added to`() async throws {
        try await Self.server().test { client in
            let first = try await client.get("/shut/own", headers: ["First": "good"])
            let third = try await client.get("/shut/own", headers: ["Third": "good"])
            #expect(first.headers.values(of: .wwwAuthenticate) == [#"Third realm="Test""#])
            #expect(third.text == "user of Third")
        }
    }

    @Test func `a route without a scheme asks nobody`() async throws {
        try await Self.server().test { client in
            let response = try await client.get("/open", headers: ["First": "good"])
            #expect(response.text == "anybody")
        }
    }

    @Test func `refusals are logged, all of them`() async throws {
        let log = CollectedLog()
        try await Self.server(log).test { client in
            let response = try await client.get("/shut", headers: ["First": "bad", "Second": "bad"])
            #expect(log.text.contains("reason of First; reason of Second") && !response.text.contains("reason of"))
        }
    }

    @Test(arguments: [HeaderScheme.Manner.waiting, .immediate])
    func `every policy must hold, and the one that does not is named`(manner: HeaderScheme.Manner) async throws {
        let claims = Claims(["role": "editor", "scope": "read write", "level": 3, "groups": ["a", "b"], "flag": true])
        let scheme = HeaderScheme(name: "First", claims: claims, manner: manner)
        struct Down: Error {}
        let policies: [(path: String, policies: [Policy], status: Int, lacking: String?)] = [
            ("/1", [.role("editor")], 200, nil),
            ("/2", [.role("admin")], 403, "role admin"),
            (
                "/3",
                [.role("editor"), .scope("write"), .claim("level", oneOf: "3"), .claim("groups", oneOf: "x", "b")], 200,
                nil
            ),
            ("/4", [.role("editor"), .scope("delete")], 403, "scope delete"),
            ("/5", [.claim("flag", oneOf: "true")], 200, nil),
            ("/6", [.claim("absent", oneOf: "true")], 403, "absent"),
            ("/7", [.claim("role", oneOf: "Editor", named: "exact")], 403, "exact"),
            ("/8", [Policy("named") { $0.name == "user of First" }], 200, nil),
            ("/9", [Policy("broken") { _ in throw Down() }], 500, nil),
            ("/10", [.scope("rea")], 403, "scope rea"),
        ]
        try await Server.logging {
            for row in policies {
                Group(row.path) {
                    Get { _ in "in" }.requires(Policy("always") { _ in true })
                }
                .authenticated(by: scheme).requires(
                    Policy("all of them") { principal in
                        for policy in row.policies where try await !policy.allows(principal) { return false }
                        return true
                    })
                Get("/each\(row.path)") { _ in "in" }.authenticated(by: scheme)
                    .requires(row.policies[0]).requires(row.policies.last ?? row.policies[0])
            }
        }
        .test(over: .socket) { client in
            for row in policies {
                let together = try await client.get(row.path, headers: ["First": "good"])
                #expect(together.status.code == row.status)
                let each = try await client.get("/each" + row.path, headers: ["First": "good"])
                #expect(each.status.code == row.status)
                if let lacking = row.lacking {
                    #expect(each.headers.values(of: .wwwAuthenticate) == ["First lacking=\"\(lacking)\""])
                    #expect(try each.json["detail"]?.string?.contains("'\(lacking)'") == true)
                }
            }
        }
    }

    /// RFC 9110 §5.6.4: quotes and backslashes in a quoted string are escaped; controls cannot be sent at all.
    @Test func `a challenge is well-formed whatever is in it`() {
        let challenge = Challenge("Basic", ["realm": #"a "b" \c"#, "absent": nil, "empty": ""])
        #expect(challenge.description == #"Basic realm="a \"b\" \\c", empty="""#)
        let hostile = Challenge("Bearer", ["error_description": "a\r\nX-Injected: b\u{0}"])
        #expect(!hostile.description.contains { $0.isNewline || $0 == "\u{0}" })
    }
}
