import Apus
import ApusTesting
import Testing

/// Which route answers which method.
@Suite struct MethodTests {
    private static let server = Server.logging {
        Get("/read") { _ in "read" }
        Get("/both") { _ in "get" }
        Post("/both") { _ in "post" }
        Head("/own") { _ in try Response(.noContent).header("X-Head", "own") }
        Get("/own") { _ in "get" }
        Options("/own") { _ in "options" }
        Route(path: "/any") { request in request.method.token }
        Put("/any") { _ in "put itself" }
        Route(.other("LINK"), .other("UNLINK"), path: "/linked") { request in request.method.token }
        Get("/x/{id:int}") { _ in "number" }
        Post("/x/{name}") { _ in "name" }
        Get("/x/whole") { _ in "whole" }
        Put("/change") { _ in "put" }
        Patch("/change") { _ in "patch" }
        Delete("/change") { _ in "delete" }
    }

    static let answers: [(HTTP.Method, path: String, text: String)] = [
        (.get, "/read", "read"), (.post, "/both", "post"), (.get, "/both", "get"), (.options, "/own", "options"),
        (.get, "/any", "GET"), (.other("REPORT"), "/any", "REPORT"), (.options, "/any", "OPTIONS"),
        (.put, "/any", "put itself"), (.other("LINK"), "/linked", "LINK"), (.other("UNLINK"), "/linked", "UNLINK"),
        (.put, "/change", "put"), (.patch, "/change", "patch"), (.delete, "/change", "delete"),
        // The better template has no such method, the other has.
        (.get, "/x/1", "number"), (.post, "/x/1", "name"), (.get, "/x/whole", "whole"), (.post, "/x/whole", "name"),
        (.post, "/x/whole/", "name"), (.post, "/x/%77hole", "name"),
    ]

    @Test(arguments: answers)
    func `each method has its route`(method: HTTP.Method, path: String, text: String) async throws {
        try await Self.server.test { client in
            let response = try await client.send(method, path)
            #expect(response.status == .ok && response.text == text)
        }
    }

    static let refusals: [(HTTP.Method, path: String, allowed: Set<String>)] = [
        (.post, "/read", ["GET", "HEAD", "OPTIONS"]),
        (.delete, "/both", ["GET", "HEAD", "POST", "OPTIONS"]),
        (.other("FROB"), "/own", ["GET", "HEAD", "OPTIONS"]),
        (.get, "/linked", ["LINK", "UNLINK", "OPTIONS"]),
        (.head, "/linked", ["LINK", "UNLINK", "OPTIONS"]),
        // Methods are case-sensitive (RFC 9110 §9.1).
        (.other("get"), "/read", ["GET", "HEAD", "OPTIONS"]),
        (.delete, "/x/1", ["GET", "HEAD", "POST", "OPTIONS"]),
        (.delete, "/x/whole", ["GET", "HEAD", "POST", "OPTIONS"]),
        (.get, "/change", ["PUT", "PATCH", "DELETE", "OPTIONS"]),
    ]

    private static func methods(_ response: TestResponse) throws -> [String] {
        try #require(response.headers[.allow]).split(separator: ",").map { String($0.drop { $0 == " " }) }
    }

    /// RFC 9110 §15.5.6: 405 must say which methods there are.
    @Test(arguments: refusals)
    func `other methods are refused, with those that there are`(
        method: HTTP.Method, path: String, allowed: Set<String>
    ) async throws {
        try await Self.server.test { client in
            let response = try await client.send(method, path)
            #expect(response.status == .methodNotAllowed)
            let methods = try Self.methods(response)
            #expect(Set(methods) == allowed && methods.count == allowed.count)
            #expect(response.headers[.contentType] == "application/problem+json")
        }
    }

    /// RFC 9110 §9.3.7.
    @Test(arguments: ["/read": ["GET", "HEAD", "OPTIONS"], "/change": ["PUT", "PATCH", "DELETE", "OPTIONS"]])
    func `OPTIONS lists the methods of a path`(path: String, allowed: Set<String>) async throws {
        try await Self.server.test { client in
            let response = try await client.options(path)
            #expect(response.status == .noContent && response.octets.isEmpty)
            let methods = try Self.methods(response)
            #expect(Set(methods) == allowed)
        }
    }

    @Test(arguments: TestTransport.all)
    func `OPTIONS * asks about the server as a whole`(transport: TestTransport) async throws {
        try await Self.server.test(over: transport) { client in
            let response = try await client.options("*")
            #expect(response.status == .noContent && response.headers[.allow]?.contains("GET") == true)
            let other = try await client.get("*")
            #expect(other.status == .badRequest)
        }
    }

    @Test func `OPTIONS of a path that is not there is 404`() async throws {
        try await Self.server.test { client in
            let response = try await client.options("/nowhere")
            #expect(response.status == .notFound)
        }
    }

    /// RFC 9110 §9.3.2.
    @Test(arguments: TestTransport.all)
    func `HEAD is GET without the content`(transport: TestTransport) async throws {
        try await Self.server.test(over: transport) { client in
            let get = try await client.get("/read")
            let head = try await client.head("/read")
            #expect(head.status == get.status && head.octets.isEmpty)
            for name: HTTP.FieldName in [.contentLength, .contentType] {
                #expect(head.headers[name] == get.headers[name] && get.headers[name] != nil)
            }
            let own = try await client.head("/own")
            #expect(own.status == .noContent && own.headers["X-Head"] == "own")
        }
    }

    @Test func `HEAD of a POST resource is refused, and of a missing one is 404, both without content`() async throws {
        try await Self.server.test { client in
            let refused = try await client.head("/linked")
            #expect(refused.status == .methodNotAllowed && refused.octets.isEmpty)
            let missing = try await client.head("/nowhere")
            #expect(missing.status == .notFound && missing.octets.isEmpty)
        }
    }
}
