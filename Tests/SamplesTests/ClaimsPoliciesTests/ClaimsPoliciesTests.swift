import Apus
import ApusTesting
import Testing

@testable import ClaimsPolicies

/// The tutorial on claims and policies, row by row.
@Suite struct ClaimsPoliciesTests {
    static let rows: [(path: String, credentials: TestCredentials?, status: Int, text: String?)] = [
        ("/policy/read", nil, 401, nil),
        ("/policy/read", .basic("admin", "wrong"), 401, nil),
        ("/policy/read", .basic("root", "password"), 401, nil),
        ("/policy/read", .basic("admin", "password"), 200, "Read OK"),
        ("/policy/write", .basic("admin", "password"), 200, "Write OK"),
        ("/policy/write", nil, 401, nil),
        ("/policy/delete", .basic("admin", "password"), 403, nil),
        ("/policy/delete", nil, 401, nil),
        ("/policy/publish", .basic("admin", "password"), 200, "Publish OK"),
        ("/policy/about", nil, 200, "Log in to see more."),
        ("/policy/about", .basic("admin", "password"), 200, "You are admin."),
        ("/policy/about", .basic("admin", "wrong"), 200, "Log in to see more."),
    ]

    @Test(arguments: rows.indices)
    func `answers as the tutorial says`(row: Int) async throws {
        let (path, credentials, status, text) = Self.rows[row]
        try await ClaimsPolicies.server.test(over: .tls) { client in
            let response = try await client.get(path, credentials)
            #expect(response.status.code == status)
            if let text {
                #expect(response.text == text && response.headers[.contentType] == "text/plain; charset=utf-8")
            }
            if status == 401 {
                #expect(
                    response.headers.values(of: .wwwAuthenticate) == [#"Basic realm="Claims", charset="UTF-8""#])
            }
            if status == 403 { #expect(response.headers.values(of: .wwwAuthenticate).isEmpty) }
        }
    }

    @Test func `takes no password in clear text`() async throws {
        try await ClaimsPolicies.server.test(over: .socket) { client in
            let response = try await client.get("/policy/read", .basic("admin", "password"))
            #expect(response.status == .unauthorized)
        }
    }

    static let demands: [(claims: JSONObject, holds: Bool)] = [
        (["role": "editor", "can_write": true], true),
        (["role": "editor", "can_write": "true"], true),
        (["role": "editor"], false),
        (["can_write": true], false),
        (["roles": ["admin"]], true),
        (["roles": ["admin"], "status": "suspended"], false),
        ([:], false),
    ]

    @Test(arguments: demands)
    func `publishing is for editors who may write and for administrators`(
        demand: (claims: JSONObject, holds: Bool)
    ) async throws {
        let user = Principal(name: "u", scheme: "Test", claims: Claims(demand.claims))
        let isAllowed = try await Policy.canPublish.allows(user)
        #expect(isAllowed == demand.holds)
    }
}
