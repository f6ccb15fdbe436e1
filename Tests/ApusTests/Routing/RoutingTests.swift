import Apus
import ApusTesting
import Testing

/// Which route answers which path.
@Suite struct RoutingTests {
    /// Answers with the template that matched and the values of its segments.
    private static func echo(_ path: String, _ names: String...) -> Get {
        Get(path) { request in
            ([request.route ?? ""] + names.map { "\($0)=\(request.parameters[$0] ?? "nil")" }).joined(separator: " ")
        }
    }

    private static let server = Server.logging {
        Get("/") { _ in "root" }
        echo("/users/me")
        echo("/users/{id:int}", "id")
        echo("/users/{key:uuid}", "key")
        echo("/users/{name}", "name")
        echo("/users/{name}/posts", "name")
        echo("/users/me/likes")
        echo("/a/b/c")
        echo("/a/{x}/d", "x")
        echo("/a/{x}/{y}/e", "x", "y")
        echo("/n/{a}/{b}/{c}/{d}", "a", "b", "c", "d")
        echo("/n/{a:int}/{b:int}/{c:int}/{d:int}/end", "a", "b", "c", "d")
        echo("/n/{a}/{b}/{c}/{d}/other", "a", "b", "c", "d")
        echo("/files/special")
        echo("/files/{path...}", "path")
        echo("/files/{folder}/index", "folder")
        echo("/A")
    }

    static let matches: [(path: String, answer: String)] = [
        ("/", "root"),
        ("/users/me", "/users/me"),
        ("/users/me/", "/users/me"),
        ("/users/42", "/users/{id:int} id=42"),
        ("/users/-42", "/users/{id:int} id=-42"),
        ("/users/+42", "/users/{name} name=+42"),
        ("/users/99999999999999999999", "/users/{name} name=99999999999999999999"),
        ("/users/9223372036854775807", "/users/{id:int} id=9223372036854775807"),
        ("/users/9223372036854775808", "/users/{name} name=9223372036854775808"),
        ("/users/-9223372036854775808", "/users/{id:int} id=-9223372036854775808"),
        ("/users/-9223372036854775809", "/users/{name} name=-9223372036854775809"),
        ("/users/-", "/users/{name} name=-"), ("/users/--1", "/users/{name} name=--1"),
        ("/users/007", "/users/{id:int} id=007"), ("/users/4x", "/users/{name} name=4x"),
        ("/users/:", "/users/{name} name=:"),
        ("/users/0f8fad5b-d9cb-469f-a165-70867728950E", "/users/{key:uuid} key=0f8fad5b-d9cb-469f-a165-70867728950E"),
        ("/users/0f8fad5b-d9cb-469f-a165-70867728950g", "/users/{name} name=0f8fad5b-d9cb-469f-a165-70867728950g"),
        ("/users/Me", "/users/{name} name=Me"),
        ("/users/me/posts", "/users/{name}/posts name=me"),
        ("/users/42/posts", "/users/{name}/posts name=42"),
        ("/users/me/likes", "/users/me/likes"),
        ("/a/b/c", "/a/b/c"),
        ("/a/b/d", "/a/{x}/d x=b"),
        ("/a/b/c/e", "/a/{x}/{y}/e x=b y=c"),
        ("/n/1/22/333/4444", "/n/{a}/{b}/{c}/{d} a=1 b=22 c=333 d=4444"),
        ("/n/1/22/333/4444/end", "/n/{a:int}/{b:int}/{c:int}/{d:int}/end a=1 b=22 c=333 d=4444"),
        // The way of the numbers is tried first, and led to all four.
        ("/n/1/22/333/4444/other", "/n/{a}/{b}/{c}/{d}/other a=1 b=22 c=333 d=4444"),
        ("/files/special", "/files/special"),
        ("/files/special/a", "/files/{path...} path=special/a"),
        ("/files/a/index", "/files/{folder}/index folder=a"),
        ("/files/a/b/index", "/files/{path...} path=a/b/index"),
        ("/files/a", "/files/{path...} path=a"),
        ("/A", "/A"),
        // RFC 3986 §2.4: decoded once, and after the path was taken apart.
        ("/users/%6De", "/users/me"),
        ("/%75sers/m%65", "/users/me"),
        ("/users/a%2Fb", "/users/{name} name=a/b"),
        ("/users/a%2fb/posts", "/users/{name}/posts name=a/b"),
        ("/users/%2F", "/users/{name} name=/"),
        ("/files/a%2Fb", "/files/{path...} path=a/b"),
        ("/users/%2525", "/users/{name} name=%25"),
        ("/users/%C3%A9", "/users/{name} name=é"),
        ("/users/a+b", "/users/{name} name=a+b"),
        ("/users/a.b/posts", "/users/{name}/posts name=a.b"),
        ("/users/abcdefgh", "/users/{name} name=abcdefgh"),
        ("/users/abcdefg/posts", "/users/{name}/posts name=abcdefg"),
        ("/users/.0.0.0.0/posts", "/users/{name}/posts name=.0.0.0.0"),
        ("/users/%34%32", "/users/{id:int} id=42"),
        ("/users/a%5Cb", "/users/{name} name=a\\b"),
        ("/users/...", "/users/{name} name=..."),
        ("/users/.a", "/users/{name} name=.a"),
        ("/users/a..", "/users/{name} name=a.."),
        ("/users/x?a=/../b", "/users/{name} name=x"),
        ("http://example.org/users/x", "/users/{name} name=x"),
    ]

    @Test(arguments: matches)
    func `finds the route that fits best`(row: (path: String, answer: String)) async throws {
        try await Self.server.test { client in
            let response = try await client.get(row.path)
            #expect(response.status == .ok && response.text == row.answer)
        }
    }

    @Test(arguments: [
        "/users", "/users/", "/users//", "//users/me", "/users//me", "/Users/me", "/users/me/x", "/files", "/files/",
        "/a/b",
        "/users%2Fme", "/a/b/c/d/e",
    ])
    func `knows no other paths`(path: String) async throws {
        try await Self.server.test { client in
            let response = try await client.get(path)
            #expect(response.status == .notFound)
            #expect(response.headers[.contentType] == "application/problem+json")
        }
    }

    @Test(arguments: TestTransport.all)
    func `on one connection each request goes its own way`(transport: TestTransport) async throws {
        let rows = Self.matches + [("/nowhere", ""), ("/users/%FF", ""), ("/users/me/x", "")]
        try await Self.server.test(over: transport) { client in
            // In several orders, and each twice, so that it also follows itself.
            for step in [1, 7, 16, 40] {
                for place in rows.indices {
                    let row = rows[place * step % rows.count]
                    for _ in 0..<2 {
                        let response = try await client.get(row.path)
                        let answer = response.status == .ok ? response.text : ""
                        #expect(answer == row.answer, "\(row.path)")
                    }
                }
            }
        }
    }

    /// Notes the template of the route, before anything answers.
    private struct Watch: Middleware {
        let seen: Shared<[String?]>
        func respond(to request: Request, next: Handler) async throws -> Response {
            seen.change { $0.append(request.route) }
            return try await next(request)
        }
    }

    @Test(arguments: TestTransport.all)
    func `what no route answers does not have the route of the request before`(transport: TestTransport) async throws {
        let seen = Shared<[String?]>([])
        var server = Self.server
        server.middleware = [Watch(seen: seen)]
        try await server.test(over: transport) { client in
            for path in ["/users/me", "/nowhere", "/users/me", "/users/%FF", "/users/1", "/..", "/A", "/A"] {
                _ = try await client.get(path)
            }
        }
        #expect(
            seen.value == ["/users/me", nil, "/users/me", nil, "/users/{id:int}", nil, "/A", "/A"])
    }

    /// RFC 3986 §2.1 and §5.2.4, RFC 3629 §3 (no overlong forms, no surrogates).
    @Test(arguments: [
        "/users/..", "/users/../x", "/users/.", "/./users/me", "/users/%2e%2e", "/users/%2E", "/users/.%2e/x", "/..",
        "/users/%FF", "/users/%C3", "/users/%C0%AF", "/users/%ED%A0%80", "/users/%F4%90%80%80",
        "/files/..%2f..%2fetc", "/files/a%5C..%5Cb", "/files/%2e%2e%2fx", "/files/a\\..\\b", "/files/a%2F.",
        "/files/a/..%5Cb",
        "/users/%", "/users/%2", "/users/%zz", "/users/%-1", "/users/%00", "/users/a%00b", "/%00",
    ])
    func `refuses paths that no client should send`(path: String) async throws {
        try await Self.server.test { client in
            let response = try await client.get(path)
            #expect(response.status == .badRequest)
            #expect(response.headers[.contentType] == "application/problem+json")
        }
    }
}
