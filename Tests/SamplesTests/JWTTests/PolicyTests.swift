import Apus
import ApusTesting
import Testing

@testable import JWT

@Suite struct PolicyTests {
    static let permissions: [(method: HTTP.Method, claim: String)] = [
        (.get, "can_read"), (.put, "can_write"), (.post, "can_create"), (.delete, "can_delete"),
    ]

    static func welcome(_ name: String, _ claim: String) -> String {
        "Welcome, \(name)! You are authenticated by Native JWT checker because you have the '\(claim)' permission."
    }

    @Test(arguments: TestTransport.all, permissions)
    func `the claim opens the method, and no other claim does`(
        transport: TestTransport, permission: (method: HTTP.Method, claim: String)
    ) async throws {
        try await SampleServer.test(over: transport) { client in
            for value: JSONValue in ["true", true, ["false", "true"]] {
                let token = try HandmadeToken().with(permission.claim, value).signed()
                let allowed = try await client.send(permission.method, "/secure/jwt/policy", .bearer(token))
                #expect(allowed.status == .ok && allowed.text == Self.welcome("Ada", permission.claim))
                #expect(allowed.headers[.contentType] == "text/plain; charset=utf-8")
            }
            var others = HandmadeToken().with(permission.claim, "false")
            for other in Self.permissions where other.claim != permission.claim {
                others = others.with(other.claim, "true")
            }
            let refused = try await client.send(permission.method, "/secure/jwt/policy", .bearer(others.signed()))
            #expect(refused.status == .forbidden)
            #expect(refused.challenge == #"Bearer error="insufficient_scope""#)
            #expect(refused.headers[.contentType]?.hasPrefix("application/problem+json") == true)
        }
    }

    @Test(arguments: TestTransport.all)
    func `the token that the sample issues can read only`(transport: TestTransport) async throws {
        try await SampleServer.test(over: transport) { client in
            let token = try await client.issuedToken()
            let read = try await client.get("/secure/jwt/policy", .bearer(token))
            #expect(read.status == .ok && read.text == Self.welcome("admin", "can_read"))
            for permission in Self.permissions.dropFirst() {
                let refused = try await client.send(permission.method, "/secure/jwt/policy", .bearer(token))
                #expect(refused.status == .forbidden)
                #expect(refused.challenge == #"Bearer error="insufficient_scope""#)
            }
        }
    }

    @Test(arguments: TestTransport.all)
    func `a bad token is refused before its claims are looked at`(transport: TestTransport) async throws {
        try await SampleServer.test(over: transport) { client in
            let forged = try HandmadeToken().with("can_read", "true").signed(with: String(repeating: "00", count: 32))
            let refused = try await client.get("/secure/jwt/policy", .bearer(forged))
            #expect(refused.status == .unauthorized)
        }
    }

    @Test(arguments: TestTransport.all)
    func `a method that has no route is told before anyone is asked who they are`(transport: TestTransport) async throws
    {
        try await SampleServer.test(over: transport) { client in
            let refused = try await client.patch("/secure/jwt/policy")
            #expect(refused.status == .methodNotAllowed)
            let allowed = Set(try #require(refused.headers[.allow]).split(separator: ",").map { $0.trimming(" ") })
            #expect(allowed == ["GET", "HEAD", "PUT", "POST", "DELETE", "OPTIONS"])
        }
    }
}

extension Substring {
    fileprivate func trimming(_ character: Character) -> String {
        String(drop { $0 == character }.reversed().drop { $0 == character }.reversed())
    }
}
