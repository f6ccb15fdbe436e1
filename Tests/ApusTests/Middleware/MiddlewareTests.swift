import Apus
import ApusTesting
import Testing

@Suite struct MiddlewareTests {
    /// Adds its name on the way in and on the way out.
    struct Trace: Middleware {
        let name: String

        func respond(to request: Request, next: Handler) async throws -> Response {
            var request = request
            request.context[Key.self] = (request.context[Key.self] ?? "") + name + ">"
            let response = try await next(request)
            return try response.header("X-Trace", (response.headers["X-Trace"] ?? "") + "<" + name)
        }

        enum Key: RequestContextKey { typealias Value = String }
    }

    private static func server(_ log: CollectedLog = CollectedLog()) -> Server {
        var server = Server.logging(log) {
            Get("/plain") { request in request.context[Trace.Key.self] }
            Group("/group") {
                Get("a") { request in request.context[Trace.Key.self] }.middleware(Trace(name: "a1"), Trace(name: "a2"))
                Get("b") { request in request.context[Trace.Key.self] }
                Group("inner") { Get { request in request.context[Trace.Key.self] } }.middleware(Trace(name: "i"))
            }
            .middleware(Trace(name: "g1"), Trace(name: "g2"))
            .middleware(Trace(name: "o"))
        }
        server.middleware = [Trace(name: "s1"), Trace(name: "s2")]
        return server
    }

    static let orders: [(path: String, way: String)] = [
        ("/plain", "s1>s2>"), ("/group/a", "s1>s2>o>g1>g2>a1>a2>"), ("/group/b", "s1>s2>o>g1>g2>"),
        ("/group/inner", "s1>s2>o>g1>g2>i>"),
    ]

    @Test(arguments: TestTransport.all, orders)
    func `the first is outermost, and a group is outside of its routes`(
        transport: TestTransport, row: (path: String, way: String)
    ) async throws {
        try await Self.server().test(over: transport) { client in
            let response = try await client.get(row.path)
            #expect(response.text == row.way)
            let out = row.way.split(separator: ">").reversed().map { "<" + $0 }.joined()
            #expect(response.headers["X-Trace"] == out)
        }
    }

    /// An access log wants to see what no route answers as well.
    @Test(arguments: ["/nowhere", "/plain/%ff", "/.."])
    func `the server's own sees what no route answers`(path: String) async throws {
        let seen = Shared<[String]>([])
        struct Watch: Middleware {
            let seen: Shared<[String]>
            func respond(to request: Request, next: Handler) async throws -> Response {
                do {
                    return try await next(request)
                } catch {
                    seen.change { $0.append(request.path) }
                    throw error
                }
            }
        }
        var server = Self.server()
        server.middleware = [Watch(seen: seen)]
        try await server.test { client in
            _ = try await client.get(path)
            _ = try await client.post("/plain")
            #expect(seen.value == [path, "/plain"])
        }
    }

    @Test func `it may answer itself`() async throws {
        struct Shut: Middleware {
            func respond(to request: Request, next: Handler) async throws -> Response {
                Response(.serviceUnavailable, text: "closed")
            }
        }
        let called = Shared(false)
        try await Server.logging {
            Get("/") { _ in
                called.change { $0 = true }
                return "open"
            }
            .middleware(Shut())
        }
        .test { client in
            let response = try await client.get("/")
            #expect(response.status == .serviceUnavailable && response.text == "closed" && !called.value)
        }
    }

    @Test func `it may turn an error into an answer`() async throws {
        struct Rescue: Middleware {
            func respond(to request: Request, next: Handler) async throws -> Response {
                do { return try await next(request) } catch is CancellationError { return Response(text: "rescued") }
            }
        }
        try await Server.logging {
            Get("/rescued") { _ -> String in throw CancellationError() }.middleware(Rescue())
            Get("/lost") { _ -> String in throw Problem(.conflict) }.middleware(Rescue())
        }
        .test { client in
            let (rescued, lost) = (try await client.get("/rescued"), try await client.get("/lost"))
            #expect(rescued.text == "rescued" && lost.status == .conflict)
        }
    }

    /// Middleware stands before the guard: what it throws away costs no look at credentials.
    @Test func `it runs before authentication`() async throws {
        let looked = Shared(0)
        let basic = BasicAuthentication("Basic", realm: "Test", allowInsecureHTTP: true) { _ in
            looked.change { $0 += 1 }
            return true
        }
        struct Refuse: Middleware {
            func respond(to request: Request, next: Handler) async throws -> Response {
                throw Problem(.tooManyRequests)
            }
        }
        try await Server.logging {
            Get("/") { _ in "in" }.authenticated(by: basic).middleware(Refuse())
        }
        .test { client in
            let response = try await client.get("/", .basic("a", "b"))
            #expect(response.status == .tooManyRequests && looked.value == 0)
        }
    }
}
