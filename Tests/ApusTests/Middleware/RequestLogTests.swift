import Apus
import ApusTesting
import Testing

/// A record for each request, whatever becomes of it.
@Suite struct RequestLogTests {
    private struct Broken: Error {}

    private static func server(_ requests: CollectedLog, level: Logger.Level = .info) -> Server {
        let scheme = GuardTests.HeaderScheme(name: "First")
        var server = Server.logging {
            Get("/users/{id}") { _ in "one" }
            Get("/broken") { _ -> String in throw Broken() }
            Get("/shut") { _ in "in" }.authenticated(by: scheme)
            Get("/page") { _ in "in" }.authenticated(by: DenialTests.PageScheme(name: "Page"))
        }
        server.middleware = [RequestLog(Logger(label: "requests", level: level, destination: requests))]
        return server
    }

    static let rows: [(path: String, route: String, status: Int)] = [
        ("/users/7?key=secret", "/users/{id}", 200), ("/broken", "/broken", 500), ("/shut", "/shut", 401),
        ("/page", "/page", 302), ("/nowhere", "none", 404), ("/users/%ff", "none", 400),
    ]

    @Test(arguments: TestTransport.all, rows)
    func `says what was asked and answered, and leaves out the query`(
        transport: TestTransport, row: (path: String, route: String, status: Int)
    ) async throws {
        let requests = CollectedLog()
        try await Self.server(requests).test(over: transport) { client in
            let response = try await client.get(row.path)
            #expect(response.status.code == row.status)
        }
        let record = try #require(requests.records.first)
        #expect(requests.records.count == 1 && record.message == "Request" && record.level == .info)
        #expect(record.fields["method"] == "GET" && record.fields["status"] == .integer(row.status))
        #expect(record.fields["route"] == .string(row.route))
        #expect(record.fields["path"] == .string(String(row.path.prefix { $0 != "?" })))
        #expect(record.fields.keys.sorted() == ["method", "ms", "path", "peer", "route", "status"])
    }

    @Test func `a level that nobody listens to costs no record`() async throws {
        let requests = CollectedLog()
        try await Self.server(requests, level: .notice).test { client in
            let response = try await client.get("/users/7")
            #expect(response.text == "one")
        }
        #expect(requests.records.isEmpty)
    }
}
