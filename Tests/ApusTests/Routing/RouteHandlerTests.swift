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

    /// Guards and middleware may wait, whatever the handler does.
    @Test func `what stands around a handler makes it one that is waited for`() throws {
        struct Passing: Middleware {
            func respond(to request: Request, next: Handler) async throws -> Response { try await next(request) }
        }
        let plain = Get("/") { _ in "" }
        let guarded = plain.authenticated(
            by: BasicAuthentication("Basic", realm: "r", allowInsecureHTTP: true) { _ in nil })
        for (routes, isSynchronous) in [(plain.routes, true), (guarded, false), (plain.middleware(Passing()), false)] {
            let table = try RouteTable(routes.definitions, [])
            var fields = HTTP.Fields()
            try fields.append(.host, "x")
            let head = try HTTP.RequestHead(method: .get, target: "/", fields: fields)
            let match = try table.match(head)
            guard case .route(let match) = match, case .synchronous = match.route.handler else {
                #expect(!isSynchronous)
                continue
            }
            #expect(isSynchronous)
        }
    }
}
