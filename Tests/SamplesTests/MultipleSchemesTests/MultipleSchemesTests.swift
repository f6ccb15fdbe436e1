import Apus
import ApusTesting
import Testing

@testable import MultipleSchemes

/// The tutorial on several schemes, row by row.
@Suite struct MultipleSchemesTests {
    private static let basic = #"Basic realm="Multi", charset="UTF-8""#
    private static let key = #"ApiKey header="X-Api-Key""#
    private static let admin = TestCredentials.basic("admin", "password")
    private static let goodKey = TestCredentials.header("X-Api-Key", "my-secret-api-key")

    /// A request, and its answer: a text, or challenges in their order.
    private struct Row: Sendable {
        let path: String
        let credentials: TestCredentials?
        var text: String?
        var challenges: [String] = []
    }

    private static let rows = [
        Row(path: "/secure/basic", credentials: nil, challenges: [basic]),
        Row(path: "/secure/basic", credentials: admin, text: "Basic OK"),
        Row(path: "/secure/basic", credentials: goodKey, challenges: [basic]),
        Row(path: "/secure/basic", credentials: .basic("admin", "wrong"), challenges: [basic]),
        Row(path: "/secure/key", credentials: nil, challenges: [key, basic]),
        Row(path: "/secure/key", credentials: goodKey, text: "Key OK"),
        Row(path: "/secure/key", credentials: admin, text: "Key OK"),
        Row(path: "/secure/key", credentials: .header("X-Api-Key", "wrong"), challenges: [key, basic]),
        Row(path: "/secure/token/new", credentials: nil, challenges: [basic]),
        Row(path: "/secure/jwt", credentials: nil, challenges: ["Bearer", basic]),
        Row(path: "/secure/jwt", credentials: admin, text: "JWT OK"),
        Row(
            path: "/secure/jwt", credentials: .bearer("x"),
            challenges: [#"Bearer error="invalid_token", error_description="The token is malformed""#, basic]),
        Row(path: "/secure/jwt", credentials: .basic("admin", "wrong"), challenges: ["Bearer", basic]),
    ]

    @Test(arguments: rows.indices)
    func `any scheme of the route will do, and a 401 lists each of them in order`(row: Int) async throws {
        let row = Self.rows[row]
        try await MultipleSchemes.server.test(over: .tls) { client in
            let response = try await client.get(row.path, row.credentials)
            if let text = row.text {
                #expect(response.status == .ok && response.text == text)
                #expect(response.headers[.contentType] == "text/plain; charset=utf-8")
            } else {
                #expect(response.status == .unauthorized)
                #expect(response.headers.values(of: .wwwAuthenticate) == row.challenges)
                #expect(response.headers[.contentType] == "application/problem+json")
            }
        }
    }

    @Test func `a token that Basic has brought is as good as Basic`() async throws {
        try await MultipleSchemes.server.test(over: .tls) { client in
            let issued = try await client.get("/secure/token/new", Self.admin)
            #expect(try issued.json["expires"]?.string?.hasSuffix("Z") == true)
            let response = try await client.get("/secure/jwt", .bearer(issued.json["access_token"]))
            #expect(response.status == .ok && response.text == "JWT OK")
            let basic = try await client.get("/secure/basic", .bearer(issued.json["access_token"]))
            #expect(basic.status == .unauthorized)
        }
    }

    @Test func `bad credentials of one scheme do not shut out good ones of another`() async throws {
        try await MultipleSchemes.server.test(over: .tls) { client in
            let response = try await client.get("/secure/key", Self.admin, headers: ["X-Api-Key": "wrong"])
            #expect(response.status == .ok && response.text == "Key OK")
        }
    }
}
