import Apus
import ApusTesting
import Testing

@Suite struct RouteBuilderTests {
    private enum Edition { case small, large }

    @RouteBuilder private static func admin() -> Routes {
        Get("/admin") { _ in "admin" }
    }

    private static func server(isOpen: Bool, _ edition: Edition, languages: [String]) -> Server {
        .logging {
            if isOpen { Get("/open") { _ in "open" } }
            if isOpen {
                Get("/door") { _ in "stands open" }
            } else {
                Get("/door") { _ in "is shut" }
            }
            switch edition {
            case .small: Get("/edition") { _ in "small" }
            case .large: Get("/edition") { _ in "large" }
            }
            for language in languages {
                Get("/hello/\(language)") { _ in "hello in \(language)" }
            }
            admin()
            Group("/nothing") {}
        }
    }

    @Test(arguments: [true, false])
    func `takes if and else`(isOpen: Bool) async throws {
        try await Self.server(isOpen: isOpen, .small, languages: []).test { client in
            let open = try await client.get("/open")
            #expect(open.status == (isOpen ? .ok : .notFound))
            let door = try await client.get("/door")
            #expect(door.text == (isOpen ? "stands open" : "is shut"))
        }
    }

    @Test func `takes switch, for, functions and empty groups`() async throws {
        try await Self.server(isOpen: true, .large, languages: ["de", "fr"]).test { client in
            var texts: [String] = []
            for path in ["/edition", "/hello/de", "/hello/fr", "/admin"] {
                texts.append(try await client.get(path).text)
            }
            #expect(texts == ["large", "hello in de", "hello in fr", "admin"])
            let missing = [try await client.get("/hello/en").status, try await client.get("/nothing").status]
            #expect(missing == [.notFound, .notFound])
        }
    }

    @Test func `groups nest, and join their paths with one slash`() async throws {
        try await Server.logging {
            Group("/api/") {
                Group("v1") {
                    Get { request in request.route }
                    Get("/users/") { request in request.route }
                    Group("{tenant}") { Get("x") { request in request.parameters["tenant"] } }
                }
                Group("") { Get("plain") { request in request.route } }
            }
        }
        .test { client in
            var texts: [String] = []
            for path in ["/api/v1", "/api/v1/users", "/api/v1/acme/x", "/api/plain"] {
                texts.append(try await client.get(path).text)
            }
            #expect(texts == ["/api/v1", "/api/v1/users", "acme", "/api/plain"])
        }
    }
}
