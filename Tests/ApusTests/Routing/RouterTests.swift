import Apus
import ApusTesting
import Testing

/// Routes that change while the server runs.
@Suite struct RouterTests {
    private static var server: Server {
        .logging {
            Get("/first") { _ in "first" }
            Post("/first") { _ in "posted" }
        }
    }

    @Test func `routes come and go while a connection stays`() async throws {
        try await Self.server.test(over: .socket) { client in
            let router = try #require(client.server?.router)
            try await client.connect { connection in
                func status(_ path: String) async throws -> HTTP.Status {
                    try await connection.send("GET \(path) HTTP/1.1\r\nHost: x\r\n\r\n")
                    return try await connection.receiveResponse().status
                }
                let before = try await status("/second")
                try await router.add { Get("/second") { _ in "second" } }
                let after = try await status("/second")
                let wasRemoved = try await router.remove(.get, "/second/")
                let atLast = try await status("/second")
                #expect(before == .notFound && after == .ok && wasRemoved && atLast == .notFound)
            }
        }
    }

    @Test func `a route that is there already is not added, nor anything beside it`() async throws {
        try await Self.server.test(over: .socket) { client in
            let router = try #require(client.server?.router)
            let error = await #expect(throws: (any Error).self) {
                try await router.add {
                    Get("/new") { _ in "new" }
                    Get("/first") { _ in "again" }
                }
            }
            #expect(error.map { "\($0)" }?.contains("/first") == true)
            let new = try await client.get("/new")
            let first = try await client.get("/first")
            #expect(new.status == .notFound && first.text == "first")
        }
    }

    @Test func `only the route of that method and template is removed`() async throws {
        try await Self.server.test(over: .socket) { client in
            let router = try #require(client.server?.router)
            let unknown = [try await router.remove(.put, "/first"), try await router.remove(.get, "/{first}")]
            #expect(unknown == [false, false])
            let known = try await router.remove(.get, "/first")
            #expect(known)
            let statuses = [try await client.get("/first").status, try await client.post("/first").status]
            #expect(statuses == [.methodNotAllowed, .ok])
        }
    }

    @Test func `a request under way is finished by a route that was removed`() async throws {
        let (arrived, released) = (Gate(), Gate())
        let server = Server.logging {
            Get("/slow") { _ in
                arrived.open()
                await released.wait()
                return "done"
            }
        }
        try await server.test(over: .socket) { client in
            let router = try #require(client.server?.router)
            let answer = try await withThrowingTaskGroup(of: TestResponse.self) { tasks in
                tasks.addTask { try await client.get("/slow") }
                await arrived.wait()
                try await router.remove(.get, "/slow")
                released.open()
                return try #require(try await tasks.next())
            }
            #expect(answer.text == "done")
        }
    }

    @Test func `the summary names routes and what guards them`() async throws {
        let basic = BasicAuthentication("Basic", realm: "Test") { _ in true }
        let server = Server.logging {
            Get("/open") { _ in "" }
            Group("/shut") {
                Route(path: "{id}") { _ in "" }.requires(.role("b"))
            }
            .authenticated(by: basic).requires(.role("a"))
        }
        try await server.test(over: .socket) { client in
            let summary = try await #require(client.server?.router).summary
            #expect(summary.map(\.path) == ["/open", "/shut/{id}"] && summary.map(\.method) == [.get, nil])
            #expect(
                summary.map(\.schemes) == [[], ["Basic"]] && summary.map(\.policies) == [[], ["role a", "role b"]])
        }
    }
}
