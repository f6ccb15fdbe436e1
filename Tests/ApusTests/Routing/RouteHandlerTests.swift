import Testing

@testable import Apus

@Suite struct RouteHandlerTests {
    private static func isSynchronous(_ routes: any RouteElement) -> [Bool] {
        routes.routes.definitions.map { if case .synchronous = $0.handler { true } else { false } }
    }

    @Test func `a closure without await is called as what it is`() {
        let routes = Routes {
            Get("/expression") { _ in "text" }
            Get("/statements") { request in
                let name = try request.query()["name"] ?? "nobody"
                return "Hello \(name)"
            }
            Post("/throwing") { _ -> Response in throw Problem(.conflict) }
            Route(.get, .put, path: "/several") { _ in HTTP.Status.noContent }
        }
        #expect(Self.isSynchronous(routes) == [true, true, true, true, true])
    }

    @Test func `a closure that waits is waited for`() {
        let routes = Routes {
            Put("/content") { request in String(decoding: try await request.body.collect(), as: UTF8.self) }
            Get("/statements") { _ in
                await Task.yield()
                return "text"
            }
            Route(path: "/all") { request in try await request.body.collect() }
        }
        #expect(Self.isSynchronous(routes) == [false, false, false])
    }

    private struct Passing: Middleware {
        func respond(to request: Request, next: Handler) async throws -> Response { try await next(request) }
    }

    private static let plain = Get("/") { _ in "" }
    private static let suspending = Get("/") { _ in
        await Task.yield()
        return ""
    }
    private static let taking = Route(path: "/") { (_, content: String) in content }
    private static let basic = BasicAuthentication("Basic", realm: "r", allowInsecureHTTP: true) { _ in false }
    private static let immediate = Policy("immediate") { _ in true }
    private static let waiting = Policy("waiting") { _ in
        await Task.yield()
        return true
    }

    static let surroundings: [(routes: Routes, kind: String)] = [
        (plain.routes, "synchronous"),
        (suspending.routes, "asynchronous"),
        (plain.middleware(Passing()), "asynchronous"),
        (plain.authenticated(by: basic), "immediate"),
        (taking.routes, "immediate"),
        (taking.authenticated(by: basic).requires(immediate), "immediate"),
        (taking.authenticated(by: basic).requires(waiting), "asynchronous"),
        (suspending.authenticated(by: basic), "immediate"),
        (plain.authenticated(by: basic).middleware(Passing()), "asynchronous"),
        (plain.authenticated(by: basic).requires(immediate, .role("a"), .claim("a", oneOf: "b")), "immediate"),
        (plain.authenticated(by: basic).requires(.all(.scope("a"), .any(immediate, .not(immediate)))), "immediate"),
        (plain.authenticated(by: basic).requires(immediate, waiting), "asynchronous"),
        (plain.authenticated(by: basic).requires(.any(immediate, .not(waiting))), "asynchronous"),
        (plain.authenticated(by: basic).requires(.all(immediate, waiting)), "asynchronous"),
    ]

    @Test(arguments: surroundings.indices)
    func `a handler is waited for when something around it may wait`(row: Int) throws {
        let (routes, kind) = Self.surroundings[row]
        var fields = HTTP.Fields()
        try fields.append(.host, "x")
        let head = try HTTP.RequestHead(method: .get, target: "/", fields: fields)
        var (found, segments): (CompiledRoute?, RouteSegments) = (nil, RouteSegments())
        _ = try RouteTable(routes.definitions, []).find(head, into: &found, &segments)
        switch try #require(found).handler {
        case .synchronous: #expect(kind == "synchronous")
        case .asynchronous: #expect(kind == "asynchronous")
        case .immediate: #expect(kind == "immediate")
        }
    }
}
