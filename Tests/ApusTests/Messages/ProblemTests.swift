import Apus
import ApusTesting
import Testing

/// Errors as clients see them: problem+json (RFC 9457).
@Suite struct ProblemTests {
    struct Secret: Error, CustomStringConvertible {
        var description: String { "the database says hunter2" }
    }

    private static func server(_ mode: Server.Mode, _ log: CollectedLog = CollectedLog()) -> Server {
        var server = Server.logging(log) {
            Get("/problem") { _ -> String in
                var problem = Problem(.conflict, "Order 17 is being changed.", cause: Secret())
                try problem.headers.append(.retryAfter, "5")
                problem.diagnosis = Problem.Diagnosis(symptom: "a symptom", cause: "a cause", fix: "a fix")
                throw problem
            }
            Get("/error") { _ -> String in throw Secret() }
            Get("/bare") { _ -> String in throw Problem(.gone) }
        }
        server.mode = mode
        return server
    }

    @Test(arguments: TestTransport.all, [Server.Mode.production, .development])
    func `a problem is told with what the client may know`(transport: TestTransport, mode: Server.Mode) async throws {
        let log = CollectedLog()
        try await Self.server(mode, log).test(over: transport) { client in
            let response = try await client.get("/problem")
            #expect(response.status == .conflict && response.headers[.retryAfter] == "5")
            #expect(response.headers[.contentType] == "application/problem+json")
            let problem = try response.json
            #expect(problem["type"] == "about:blank" && problem["title"] == "Conflict" && problem["status"] == 409)
            #expect(problem["detail"] == "Order 17 is being changed.")
            #expect(!response.text.contains("hunter2"))
            #expect((problem["symptom"] == "a symptom") == (mode == .development))
            #expect((problem["fix"] == "a fix") == (mode == .development))
            let id = try #require(problem["id"]?.string)
            #expect(id.count == 16 && id.allSatisfy(\.isHexDigit))
            #expect(log.problems.map(\.fields["id"]) == [.string(id)])
            #expect(log.problems.first?.fields["cause"] == "the database says hunter2")
        }
    }

    @Test(arguments: TestTransport.all)
    func `an error of another kind is 500, and says nothing`(transport: TestTransport) async throws {
        let log = CollectedLog()
        try await Self.server(.production, log).test(over: transport) { client in
            let response = try await client.get("/error")
            #expect(response.status == .internalServerError)
            let problem = try response.json
            #expect(problem.object?.names == ["type", "title", "status", "id"])
            let record = try #require(log.problems.first)
            #expect(record.level == .error && record.fields["id"] == .string(problem["id"]?.string ?? ""))
            #expect(record.fields["cause"] == "the database says hunter2" && record.fields["route"] == "/error")
        }
    }

    @Test func `each error has an id of its own`() async throws {
        try await Self.server(.production).test { client in
            var ids: Set<String> = []
            for _ in 0..<50 { ids.insert(try await client.get("/bare").json["id"]?.string ?? "") }
            #expect(ids.count == 50)
        }
    }
}
