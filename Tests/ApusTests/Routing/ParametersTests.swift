import Apus
import ApusTesting
import Foundation
import Testing

@Suite struct ParametersTests {
    enum Suit: String, LosslessStringConvertible {
        case hearts, spades
        init?(_ description: String) { self.init(rawValue: description) }
        var description: String { rawValue }
    }

    @Test func `a segment becomes the type that is asked for, or there is no such resource`() async throws {
        try await Server.logging {
            Get("/int/{x}") { request in "\(try request.parameters.require("x", as: Int.self) + 1)" }
            Get("/suit/{x}") { request in
                let suit: Suit = try request.parameters.require("x")
                return suit == .hearts ? "red" : "black"
            }
        }
        .test { client in
            let good = [try await client.get("/int/41").text, try await client.get("/suit/hearts").text]
            #expect(good == ["42", "red"])
            for path in ["/int/x", "/int/1.5", "/suit/clubs"] {
                let missing = try await client.get(path)
                #expect(missing.status == .notFound)
                #expect(try missing.json["detail"]?.string?.contains("'x'") == true)
            }
        }
    }

    @Test func `a segment that the route does not have is the service's mistake, named in the log`() async throws {
        let log = CollectedLog()
        try await Server.logging(log) {
            Get("/a/{id}/{kind}") { request in try request.parameters.require("name", as: String.self) }
        }
        .test { client in
            let response = try await client.get("/a/1/2")
            #expect(response.status == .internalServerError && !response.text.contains("kind"))
            let cause = try #require(log.problems.first?.fields["cause"])
            guard case .string(let text) = cause else { throw TestFailure() }
            #expect(text.contains("{name}") && text.contains("id, kind"))
        }
    }

    @Test func `a segment that the route does not have is nil`() async throws {
        try await Server.logging { Get("/a/{id}") { request in request.parameters["name"] } }.test { client in
            let response = try await client.get("/a/1")
            #expect(response.status == .notFound)
        }
    }

    private struct TestFailure: Error {}
}
