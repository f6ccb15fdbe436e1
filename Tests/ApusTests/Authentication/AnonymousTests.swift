import Apus
import ApusTesting
import Testing

/// Routes that need a principal unless they say otherwise, and those that say otherwise.
@Suite struct AnonymousTests {
    private static let scheme = GuardTests.HeaderScheme(name: "First")

    private static func greet(_ request: Request) -> String {
        request.user.isAuthenticated ? request.user.name : "anybody"
    }

    private static func server() -> Server {
        Server.logging {
            Get("/shut") { greet($0) }
            Get("/open") { greet($0) }.allowAnonymous()
            Get("/own") { greet($0) }.authenticated(by: GuardTests.HeaderScheme(name: "Second"))
            Group("/staff") {
                Get { greet($0) }
                Get("help") { greet($0) }.allowAnonymous()
            }
            .requires(Policy("never") { _ in false })
        }
        .authenticated(by: scheme)
    }

    static let answers: [(path: String, headers: KeyValuePairs<String, String>, status: Int, text: String?)] = [
        ("/shut", [:], 401, nil),
        ("/shut", ["First": "bad"], 401, nil),
        ("/shut", ["First": "good"], 200, "user of First"),
        ("/open", [:], 200, "anybody"),
        ("/open", ["First": "bad"], 200, "anybody"),
        ("/open", ["First": "malformed"], 200, "anybody"),
        ("/open", ["First": "good"], 200, "user of First"),
        ("/open", ["First": "error"], 500, nil),
        ("/own", ["First": "good"], 401, nil),
        ("/own", ["Second": "good"], 200, "user of Second"),
        ("/staff", ["First": "good"], 403, nil),
        ("/staff/help", [:], 200, "anybody"),
        ("/staff/help", ["First": "good"], 200, "user of First"),
        ("/nowhere", [:], 404, nil),
    ]

    @Test(arguments: answers.indices)
    func `a server's schemes guard every route that does not say otherwise`(row: Int) async throws {
        let (path, headers, status, text) = Self.answers[row]
        try await Self.server().test { client in
            let response = try await client.get(path, headers: headers)
            #expect(response.status.code == status)
            if let text { #expect(response.text == text) }
        }
    }

    @Test func `a route that is added later is guarded as well`() async throws {
        try await Self.server().test(over: .socket) { client in
            let router = try #require(client.server?.router)
            try await router.add { Get("/late") { Self.greet($0) } }
            let without = try await client.get("/late")
            let with = try await client.get("/late", headers: ["First": "good"])
            #expect(without.status == .unauthorized && with.text == "user of First")
        }
    }

    @Test func `a policy for nobody stops the start`() async {
        let broken = Server.logging {
            Get("/both") { _ in "" }.requires(.role("admin")).allowAnonymous()
        }
        .authenticated(by: Self.scheme)
        let error = await #expect(throws: StartError.self) { try await broken.test { _ in } }
        #expect(error?.description.contains("/both") == true && error?.description.contains("role admin") == true)
    }

    @Test func `the table of routes says who may pass, as data and in the log`() async throws {
        let log = CollectedLog()
        var server = Self.server()
        server.logger = Logger(label: "test", level: .debug, destination: log)
        let words = [
            "GET /shut: authenticated by First",
            "GET /open: open to everyone, authenticated by First where there are credentials",
            "GET /own: authenticated by Second",
            "GET /staff: authenticated by First; requires never",
            "GET /staff/help: open to everyone, authenticated by First where there are credentials",
        ]
        try await server.test(over: .socket) { client in
            let router = try #require(client.server?.router)
            let summary = await router.summary
            #expect(summary.map(\.description) == words)
            #expect(summary.map(\.admitsAnonymous) == [false, true, false, false, true])
        }
        #expect(log.records.filter { $0.level == .debug }.map(\.message).starts(with: words))
        #expect(try await Self.words { Get("/free") { _ in "" } } == ["GET /free: open to everyone"])
        let several = try await Self.words {
            Route(path: "/any") { _ in "" }.requires(.role("a"), .scope("b"))
                .authenticated(by: Self.scheme, GuardTests.HeaderScheme(name: "Second"))
        }
        #expect(several == ["* /any: authenticated by First or Second; requires role a and scope b"])
    }

    private static func words(@RouteBuilder _ routes: () -> Routes) async throws -> [String] {
        let routes = routes()
        return try await Server.logging { routes }.test(over: .socket) { client in
            await client.server?.router.summary.map(\.description) ?? []
        }
    }
}
