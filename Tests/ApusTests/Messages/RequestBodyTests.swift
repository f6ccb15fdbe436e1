import Apus
import ApusTesting
import Foundation
import Testing

@Suite struct RequestBodyTests {
    enum Kind: String, Codable { case small, large }

    struct Order: Codable {
        var number: Int
        var lines: [Line]
        var kind: Kind?
        struct Line: Codable { var article: String }
    }

    private static func server(_ log: CollectedLog = CollectedLog()) -> Server {
        .logging(log) {
            Post("/ten") { request in Response(octets: try await request.body.collect(upTo: 10)) }
            Post("/text") { request in try await request.body.text() }
            Post("/order") { request in
                let order = try await request.body.decode(Order.self)
                return "\(order.number) \(order.lines.map(\.article).joined(separator: ","))"
            }
            Post("/length") { request in request.body.declaredLength.map(String.init) ?? "unknown" }
            Post("/chunks") { request in
                var count = 0
                for try await chunk in request.body { count += chunk.isEmpty ? 1_000_000 : chunk.count }
                return "\(count)"
            }
            Post("/twice") { request in
                let first = try await request.body.collect()
                let second = try await request.body.collect()
                return "\(first.count) \(second.count)"
            }
        }
    }

    static let sizes: [(content: TestContent, isTaken: Bool)] = [
        ("0123456789", true), ("", true), ("0123456789A", false),
        (.chunked([Array("01234".utf8), Array("56789".utf8)]), true),
        (.chunked([Array("01234".utf8), Array("56789".utf8), Array("A".utf8)]), false),
        (.octets([UInt8](repeating: 7, count: 100_000)), false),
        (.chunked([[UInt8](repeating: 7, count: 100_000)]), false),
    ]

    @Test(arguments: TestTransport.all, sizes.indices)
    func `more than the limit is refused, and the limit is named`(transport: TestTransport, row: Int) async throws {
        let (content, isTaken) = Self.sizes[row]
        try await Self.server().test(over: transport) { client in
            let response = try await client.post("/ten", body: content)
            #expect(response.status == (isTaken ? .ok : .contentTooLarge))
            if !isTaken {
                #expect(response.headers[.contentType] == "application/problem+json")
                #expect(try response.json["detail"]?.string?.contains("limit of 10 octets") == true)
            }
        }
    }

    static let limits: [(path: String, size: Int, status: Int)] = [
        ("/server", 20, 200), ("/server", 21, 413), ("/route", 30, 200), ("/route", 31, 413), ("/group", 25, 200),
        ("/group", 26, 413), ("/group/own", 5, 200), ("/group/own", 6, 413), ("/call", 7, 200), ("/call", 8, 413),
    ]

    @Test(arguments: TestTransport.all, limits)
    func `the limit is the call's, or else the route's, or else the server's`(
        transport: TestTransport, row: (path: String, size: Int, status: Int)
    ) async throws {
        let answer: @Sendable (Request) async throws -> String = { "\(try await $0.body.collect().count)" }
        var server = Server.logging {
            Post("/server") { try await answer($0) }
            Post("/route") { try await answer($0) }.contentLimit(30)
            Post("/call") { "\(try await $0.body.collect(upTo: 7).count)" }.contentLimit(30)
            Group("/group") {
                Post { try await answer($0) }
                Post("own") { try await answer($0) }.contentLimit(5)
            }
            .contentLimit(25)
        }
        server.limits.content = 20
        try await server.test(over: transport) { client in
            for content in [
                TestContent.octets([UInt8](repeating: 7, count: row.size)),
                .chunked([[UInt8](repeating: 7, count: row.size)]),
            ] {
                let response = try await client.post(row.path, body: content)
                #expect(response.status.code == row.status)
            }
        }
    }

    @Test func `a mebibyte is taken unless told otherwise, and no more`() async throws {
        try await Self.server().test { client in
            let whole = try await client.post("/text", body: .octets([UInt8](repeating: 0x61, count: 1_048_576)))
            let more = try await client.post("/text", body: .octets([UInt8](repeating: 0x61, count: 1_048_577)))
            #expect(whole.status == .ok && whole.octets.count == 1_048_576 && more.status == .contentTooLarge)
        }
    }

    /// RFC 3629: overlong forms and surrogates are not UTF-8.
    @Test(arguments: [[0xFF], [0xC0, 0xAF], [0xED, 0xA0, 0x80], [0x61, 0xC3]] as [[UInt8]])
    func `text must be UTF-8`(octets: [UInt8]) async throws {
        try await Self.server().test { client in
            let response = try await client.post("/text", body: .octets(octets))
            #expect(response.status == .badRequest)
            #expect(try response.json["detail"]?.string?.contains("UTF-8") == true)
        }
    }

    @Test(arguments: TestTransport.all)
    func `JSON becomes a value`(transport: TestTransport) async throws {
        try await Self.server().test(over: transport) { client in
            let order: JSONValue = ["number": 7, "lines": [["article": "a"], ["article": "b"]]]
            let response = try await client.post("/order", body: .json(order))
            #expect(response.text == "7 a,b")
        }
    }

    static let malformed: [(json: String, named: String)] = [
        ("{", "malformed"), ("", "malformed"), ("[]", "expected"),
        (#"{"lines": []}"#, "'number' is missing"),
        (#"{"number": "x", "lines": []}"#, "at 'number'"),
        (#"{"number": null, "lines": []}"#, "at 'number'"),
        (#"{"number": 1, "lines": [{"article": "a"}, {"article": 5}]}"#, "at 'lines.[1].article'"),
        (#"{"number": 1, "lines": [], "kind": "hunter2"}"#, "at 'kind'"),
        (#"{"number": 1e400, "lines": []}"#, "malformed"),
    ]

    @Test(arguments: malformed)
    func `JSON of another shape is refused, and the member is named`(row: (json: String, named: String)) async throws {
        try await Self.server().test { client in
            let response = try await client.post("/order", body: .text(row.json, contentType: .json))
            #expect(response.status == .badRequest)
            let detail = try #require(try response.json["detail"]?.string)
            #expect(detail.contains(row.named) && !detail.contains("hunter2"))
        }
    }

    /// SECURITY: a body may hold a password, and a log is read by many.
    @Test func `what JSON holds is not logged`() async throws {
        let log = CollectedLog()
        try await Self.server(log).test { client in
            for (json, _) in Self.malformed {
                _ = try await client.post("/order", body: .text(json, contentType: .json))
            }
            _ = try await client.post("/order", body: .text(#"{"number": 31337.5, "lines": []}"#, contentType: .json))
            #expect(log.problems.count == Self.malformed.count + 1)
            #expect(!log.text.contains("hunter2") && !log.text.contains("31337"))
        }
    }

    @Test(arguments: TestTransport.all)
    func `an announced length is known`(transport: TestTransport) async throws {
        try await Self.server().test(over: transport) { client in
            let announced = try await client.post("/length", body: "12345")
            let nothing = try await client.post("/length")
            #expect(announced.text == "5" && nothing.text == "0")
        }
    }

    @Test(arguments: [TestTransport.socket, .tls])
    func `the length of chunks is not known`(transport: TestTransport) async throws {
        try await Self.server().test(over: transport) { client in
            let response = try await client.post("/length", body: .chunked([[1, 2]]))
            #expect(response.text == "unknown")
        }
    }

    @Test(arguments: TestTransport.all)
    func `chunks are never empty, and none is lost`(transport: TestTransport) async throws {
        try await Self.server().test(over: transport) { client in
            let whole = try await client.post("/chunks", body: .octets([UInt8](repeating: 1, count: 300_000)))
            let pieces = (1...200).map { [UInt8](repeating: 2, count: $0) }
            let chunked = try await client.post("/chunks", body: .chunked(pieces))
            #expect(whole.text == "300000" && chunked.text == "20100")
        }
    }

    @Test(arguments: [TestTransport.socket, .tls])
    func `content that was read is gone`(transport: TestTransport) async throws {
        try await Self.server().test(over: transport) { client in
            let chunked = try await client.post("/twice", body: .chunked([[1, 2, 3]]))
            let announced = try await client.post("/twice", body: .octets([1, 2, 3]))
            #expect(chunked.text == "3 0" && announced.text == "3 0")
        }
    }
}
