import Apus
import ApusTesting
import Testing

/// Routes that cannot be served as they are written are found when the server starts, with the place where they stand.
@Suite struct RouteConfigurationTests {
    private static let basic = BasicAuthentication("Basic", realm: "Test") { _ in true }

    private func failure(@RouteBuilder of routes: () -> Routes) async throws -> String {
        let server = Server.logging(routes: routes)
        let error = try await #require(throws: StartError.self) {
            try await server.test { _ in Issue.record("the server has started") }
        }
        return error.description
    }

    private static let file = "ApusTests/RouteConfigurationTests.swift"

    static let templates: [(first: String, second: String)] = [
        ("/a", "/a"), ("/a", "/a/"), ("/a", "a"), ("/{x}", "/{y}"), ("/{x:int}/b", "/{y:int}/b"),
        ("/{x...}", "/{y...}"),
        ("/", ""),
    ]

    @Test(arguments: templates)
    func `two routes for the same requests are named with both places`(row: (first: String, second: String))
        async throws
    {
        let line = #line
        let text = try await failure {
            Get(row.first) { _ in "" }
            Get("/other") { _ in "" }
            Get(row.second) { _ in "" }
        }
        #expect(text.contains("\(Self.file):\(line + 2)") && text.contains("\(Self.file):\(line + 4)"))
        #expect(text.contains("GET"))
    }

    @Test func `two routes for every method are the same`() async throws {
        let text = try await failure {
            Route(path: "/a") { _ in "" }
            Route(path: "/a") { _ in "" }
        }
        #expect(text.contains("'/a'"))
    }

    @Test func `the same path of groups is the same`() async throws {
        let text = try await failure {
            Group("/a") { Get("b") { _ in "" } }
            Group("/a/b") { Get { _ in "" } }
        }
        #expect(text.contains("'/a/b'"))
    }

    @Test(arguments: [
        "/{}", "/{a", "/a}", "/x{a}", "/{a}x", "/{a b}", "/{a}/{a}", "/{a...}/b", "/{a:int...}", "/{a:float}", "/{a:}",
        "/{:int}",
        "/{a:text}", "/{...}", "/{{a}}",
    ])
    func `a malformed template is named with its place`(template: String) async throws {
        let line = #line
        let text = try await failure {
            Get(template) { _ in "" }
        }
        #expect(text.contains("'\(template)'") && text.contains("\(Self.file):\(line + 2)"))
    }

    @Test func `a policy without a scheme is named with what to do`() async throws {
        let line = #line
        let text = try await failure {
            Get("/a") { _ in "" }.requires(.role("admin"))
        }
        #expect(text.contains("\(Self.file):\(line + 2)") && text.contains("role admin"))
        #expect(text.contains(".authenticated(by:)"))
    }

    @Test func `two schemes of one name are named`() async throws {
        let text = try await failure {
            Get("/a") { _ in "" }.authenticated(by: Self.basic, Self.basic)
        }
        #expect(text.contains("'Basic'") && text.contains("/a"))
    }

    @Test func `the same path may have several methods`() async throws {
        try await Server.logging {
            Get("/a") { _ in "get" }
            Post("/a") { _ in "post" }
            Route(path: "/a") { _ in "any" }
        }
        .test { client in
            let answers = [
                try await client.get("/a").text, try await client.post("/a").text, try await client.put("/a").text,
            ]
            #expect(answers == ["get", "post", "any"])
        }
    }
}
