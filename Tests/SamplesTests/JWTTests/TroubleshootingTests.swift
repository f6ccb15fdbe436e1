import Apus
import ApusTesting
import Testing

@testable import JWT

/// Each row of the tutorial's table of symptoms, causes and fixes is true of the running server, which says so itself.
@Suite struct TroubleshootingTests {
    @Test(arguments: TestTransport.all)
    func `401 Bearer: the token is missing or invalid`(transport: TestTransport) async throws {
        try await SampleServer.test(over: transport) { client in
            let missing = try await client.get("/secure/jwt/hello")
            #expect(missing.status == .unauthorized && missing.challenge == "Bearer")
            #expect(try missing.json["cause"]?.string?.contains("no credentials") == true)
            let invalid = try await client.get("/secure/jwt/hello", .bearer("nonsense"))
            #expect(invalid.challenge?.hasPrefix(#"Bearer error="invalid_token""#) == true)
            #expect(try invalid.json["symptom"]?.string?.contains("malformed") == true)
        }
    }

    @Test(arguments: TestTransport.all)
    func `token expired: re-issue it`(transport: TestTransport) async throws {
        try await SampleServer.test(over: transport) { client in
            let expired = try HandmadeToken().with("exp", secondsFromNow: -100).signed()
            let refused = try await client.get("/secure/jwt/hello", .bearer(expired))
            #expect(refused.status == .unauthorized && refused.challenge?.contains("The token expired at") == true)
            #expect(try refused.json["fix"]?.string?.contains("Re-issue") == true)
            let hello = try await client.get("/secure/jwt/hello", .bearer(client.issuedToken()))
            #expect(hello.status == .ok)
        }
    }

    @Test(arguments: TestTransport.all)
    func `signature invalid: wrong key or algorithm`(transport: TestTransport) async throws {
        try await SampleServer.test(over: transport) { client in
            let otherKey = try HandmadeToken().signed(with: String(repeating: "5a", count: 32))
            let refused = try await client.get("/secure/jwt/hello", .bearer(otherKey))
            #expect(refused.challenge?.contains("The signature is invalid") == true)
            #expect(try refused.json["cause"]?.string?.contains("another key or algorithm") == true)
            #expect(try refused.json["fix"]?.string?.contains("Compare the key") == true)
            let otherAlgorithm = try HandmadeToken().with(header: ["alg": "HS384"]).signed()
            let wrong = try await client.get("/secure/jwt/hello", .bearer(otherAlgorithm))
            #expect(wrong.challenge?.contains("The algorithm 'HS384' is not allowed") == true)
        }
    }

    /// The tutorial's original signs a forged token anew, as if it were genuine.
    @Test(arguments: TestTransport.all)
    func `401 on renew: no valid bearer`(transport: TestTransport) async throws {
        try await SampleServer.test(over: transport) { client in
            let forged = try HandmadeToken().signed(with: String(repeating: "11", count: 32))
            let unsigned = HandmadeToken().with(header: ["alg": "none"]).signingInput + "."
            let expired = try HandmadeToken().with("exp", secondsFromNow: -100).signed()
            for token in [forged, unsigned, expired] {
                let refused = try await client.get("/token/renew", .bearer(token))
                #expect(refused.status == .unauthorized)
                #expect(try refused.json["access_token"] == nil)
            }
            for credentials: TestCredentials? in [nil, .basic("admin", "password")] {
                let refused = try await client.get("/token/renew", credentials)
                #expect(refused.status == .unauthorized)
            }
        }
    }

    @Test(arguments: TestTransport.all)
    func `403: the token lacks the claim, and a new one is needed`(transport: TestTransport) async throws {
        try await SampleServer.test(over: transport) { client in
            let refused = try await client.put("/secure/jwt/policy", .bearer(client.issuedToken()))
            #expect(refused.status == .forbidden)
            #expect(try refused.json["cause"]?.string?.contains("can_write") == true)
            #expect(try refused.json["fix"]?.string?.contains("Issue the token") == true)
        }
    }

    /// In production the table stays in the log and the manual.
    @Test func `production does not explain itself to clients`() async throws {
        var server = try JWTSample.server
        server.mode = .production
        server.logger.level = .critical
        try await server.test { client in
            let refused = try await client.get("/secure/jwt/hello", .bearer("nonsense"))
            #expect(refused.status == .unauthorized)
            for name in ["symptom", "cause", "fix"] { #expect(try refused.json[name] == nil) }
        }
    }
}
