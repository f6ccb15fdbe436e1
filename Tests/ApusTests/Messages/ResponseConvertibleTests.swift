import Apus
import ApusTesting
import Foundation
import Testing

/// What handlers may return, and what becomes of it.
@Suite struct ResponseConvertibleTests {
    struct Bird: Codable, ResponseConvertible, Equatable {
        var site: String
        var name: String
        var seen: Date
    }

    static let swift = Bird(site: "a/b", name: "swift", seen: Date(timeIntervalSince1970: 0))

    private static let server = Server.logging {
        Get("/text") { _ in "Grüße" }
        Get("/status") { _ in Response.Status.accepted }
        Get("/response") { _ in Response(.created, html: "<p>") }
        Get("/octets") { _ in Response(octets: [0, 255]) }
        Get("/encodable") { _ in swift }
        Get("/array") { _ in [1, 2, 3] }
        Get("/birds") { _ in [swift] }
        Get("/some") { _ -> String? in "some" }
        Get("/none") { _ -> String? in nil }
        Get("/members") { _ in
            JSON([
                "z": 1, "a": "two", "flag": true, "when": Date(timeIntervalSince1970: 0), "bird": swift,
                "value": ["x": nil] as JSONValue,
            ])
        }
        Get("/value") { _ in JSON(swift, status: .created) }
        Get("/redirect") { _ in try Response.redirect(to: "/text") }
        Get("/permanently") { _ in try Response.redirect(to: "/text", .permanentRedirect) }
        Get("/problem") { _ in Problem(.conflict, "Taken.") }
        Get("/interim") { _ in Response.Status.continue }
        Get("/nothing") { _ in Response() }
    }

    static let json = "application/json; charset=utf-8"
    static let bird = #"{"name":"swift","seen":"1970-01-01T00:00:00Z","site":"a/b"}"#

    static let answers: [(path: String, status: Int, type: String?, text: String)] = [
        ("/text", 200, "text/plain; charset=utf-8", "Grüße"),
        ("/status", 202, nil, ""),
        ("/response", 201, "text/html; charset=utf-8", "<p>"),
        ("/array", 200, json, "[1,2,3]"),
        ("/some", 200, "text/plain; charset=utf-8", "some"),
        ("/nothing", 200, nil, ""),
    ]

    @Test(arguments: TestTransport.all, answers.indices)
    func `values become responses`(transport: TestTransport, row: Int) async throws {
        let (path, status, type, text) = Self.answers[row]
        try await Self.server.test(over: transport) { client in
            let response = try await client.get(path)
            #expect(response.status.code == status && response.headers[.contentType] == type && response.text == text)
            #expect(response.headers[.contentLength] == "\(text.utf8.count)")
        }
    }

    @Test func `octets go out as they are`() async throws {
        try await Self.server.test { client in
            let response = try await client.get("/octets")
            #expect(response.octets == [0, 255] && response.headers[.contentType] == "application/octet-stream")
        }
    }

    @Test func `encodable values become JSON, dates in ISO 8601, slashes as they are`() async throws {
        try await Self.server.test { client in
            for (path, status) in [("/encodable", 200), ("/value", 201)] {
                let response = try await client.get(path)
                #expect(response.status.code == status && response.headers[.contentType] == Self.json)
                let value = try response.json
                #expect(value == ["name": "swift", "seen": "1970-01-01T00:00:00Z", "site": "a/b"])
                #expect(response.text.contains("a/b"))
            }
            let birds = try await client.get("/birds")
            #expect(try birds.json.array?.count == 1)
        }
    }

    @Test func `the members of encodable values are in the order of their names`() async throws {
        try await Self.server.test { client in
            for _ in 0..<20 {
                let response = try await client.get("/encodable")
                #expect(response.text == Self.bird)
            }
        }
    }

    @Test func `members keep their order and their types`() async throws {
        try await Self.server.test { client in
            let value = try await client.get("/members").json
            #expect(value.object?.names == ["z", "a", "flag", "when", "bird", "value"])
            #expect(value["z"] == 1 && value["a"] == "two" && value["flag"] == true && value["value"] == ["x": nil])
            #expect(value["when"] == "1970-01-01T00:00:00Z" && value["bird"]?["site"] == "a/b")
        }
    }

    @Test func `nil is a resource that is not there`() async throws {
        try await Self.server.test { client in
            let response = try await client.get("/none")
            #expect(response.status == .notFound && response.headers[.contentType]?.contains("problem+json") == true)
        }
    }

    @Test func `a redirect says where to`() async throws {
        try await Self.server.test { client in
            let (found, permanent) = (try await client.get("/redirect"), try await client.get("/permanently"))
            #expect(found.status == .found && found.headers[.location] == "/text")
            #expect(permanent.status == .permanentRedirect)
        }
    }

    @Test func `a problem may be returned as well as thrown`() async throws {
        try await Self.server.test { client in
            let response = try await client.get("/problem")
            #expect(response.status == .conflict)
            #expect(try response.json["detail"] == "Taken.")
        }
    }

    /// RFC 9110 §15.2: a client waits for the final response behind an interim one.
    @Test(arguments: TestTransport.all)
    func `an interim status is no answer`(transport: TestTransport) async throws {
        try await Self.server.test(over: transport) { client in
            let response = try await client.get("/interim")
            #expect(response.status == .internalServerError)
        }
    }
}
