import Apus
import ApusTesting
import Testing

/// Claims that are added after a scheme has succeeded, and claims under other names.
@Suite struct ClaimsTransformationTests {
    private static let scheme = GuardTests.HeaderScheme(
        name: "First", claims: Claims(["role": "reader", "upn": "u@example.com", "cognito:groups": ["a", "b"]]))

    private static func answer(_ scheme: some AuthenticationScheme, _ value: String) async throws -> TestResponse {
        try await Server.logging {
            Get("/") { request in JSON(JSONValue.object(request.user.claims.members)) }.authenticated(by: scheme)
        }
        .test { client in try await client.get("/", headers: ["First": value]) }
    }

    @Test func `issued claims come to those that the scheme has found`() async throws {
        let staff = Self.scheme.issuingClaims { user in
            #expect(user.name == "user of First")
            return Claims(["role": ["editor", "reader"], "department": "press"])
        }
        let response = try await Self.answer(staff, "good")
        #expect(try response.json["role"] == ["reader", "editor"])
        #expect(try response.json["department"] == "press")
        #expect(try response.json["upn"] == "u@example.com")
    }

    @Test(arguments: [("absent", 401), ("bad", 401), ("malformed", 400), ("error", 500)])
    func `nobody is asked for the claims of a request that is refused`(value: String, status: Int) async throws {
        let staff = Self.scheme.issuingClaims { _ in
            Issue.record("claims were issued to nobody")
            return Claims()
        }
        let response = try await Self.answer(staff, value)
        #expect(response.status.code == status)
        if status != 500 { #expect(response.headers[.wwwAuthenticate]?.hasPrefix("First realm=\"Test\"") == true) }
    }

    @Test func `claims that cannot be found are an error, not a pass`() async throws {
        struct Down: Error {}
        let staff = Self.scheme.issuingClaims { _ in throw Down() }
        let response = try await Self.answer(staff, "good")
        #expect(response.status == .internalServerError)
    }

    @Test func `a claim is found under the name that it is mapped to`() async throws {
        let mapped = Self.scheme.mappingClaims(["upn": .preferredUsername, "cognito:groups": .role, "none": "nothing"])
        let response = try await Self.answer(mapped, "good")
        #expect(try response.json["preferred_username"] == "u@example.com")
        #expect(try response.json["role"] == ["reader", "a", "b"])
        #expect(try response.json["upn"] == "u@example.com")
        #expect(try response.json["nothing"] == nil)
    }
}
