import Apus
import ApusTesting
import Foundation
import Testing

@testable import JWT

@Suite struct RenewalTests {
    @Test(arguments: TestTransport.all)
    func `a renewed token opens the door`(transport: TestTransport) async throws {
        try await SampleServer.test(over: transport) { client in
            let renewed = try await client.get("/token/renew", .bearer(client.issuedToken()))
            #expect(renewed.status == .ok)
            // RFC 6749 §5.1.
            #expect(renewed.headers.values(of: .cacheControl) == ["no-store"])
            #expect(try renewed.json["token_type"] == "Bearer" && renewed.json["expires_in"] == 3_600)
            let hello = try await client.get("/secure/jwt/hello", .bearer(renewed.json["access_token"]))
            #expect(hello.status == .ok && hello.text == "JWT Hello admin")
        }
    }

    @Test(arguments: TestTransport.all)
    func `a renewed token has the old claims and new times`(transport: TestTransport) async throws {
        try await SampleServer.test(over: transport) { client in
            let old = HandmadeToken().with("iat", secondsFromNow: -3_000).with("nbf", secondsFromNow: -3_000)
                .with("exp", secondsFromNow: 100).with("can_read", true).with("role", ["a", "b"])
                .with("auth_time", secondsFromNow: -9_000).with("nested", ["x": [1, 2.5, nil]])
            let before = Date.now.timeIntervalSince1970.rounded(.down)
            let renewed = try await client.get("/token/renew", .bearer(old.signed()))
            let after = Date.now.timeIntervalSince1970
            let token = try #require(try renewed.json["access_token"]?.string)
            var claims = try #require(try HandmadeToken.segment(1, of: token).object)
            let issuedAt = try #require(claims["iat"]?.int)
            #expect(before...after ~= Double(issuedAt))
            #expect(claims["nbf"]?.int == issuedAt && claims["exp"]?.int == issuedAt + 3_600)
            // What is left is as it was: the audience is not doubled, and auth_time is kept.
            for name in ["iat", "nbf", "exp"] { claims[name] = old.claims[name] }
            #expect(claims == old.claims)
        }
    }

    @Test(arguments: TestTransport.all)
    func `a renewed token has an identifier of its own if the old one had`(transport: TestTransport) async throws {
        try await SampleServer.test(over: transport) { client in
            let named = try await client.get("/token/renew", .bearer(HandmadeToken().with("jti", "one").signed()))
            let identifier = try HandmadeToken.segment(1, of: try #require(try named.json["access_token"]?.string))[
                "jti"]
            #expect(identifier?.string?.isEmpty == false && identifier != "one")
            let nameless = try await client.get("/token/renew", .bearer(HandmadeToken().signed()))
            let absent = try HandmadeToken.segment(1, of: try #require(try nameless.json["access_token"]?.string))[
                "jti"]
            #expect(absent == nil)
        }
    }

    @Test(arguments: TestTransport.all)
    func `several audiences stay as they are`(transport: TestTransport) async throws {
        try await SampleServer.test(over: transport) { client in
            let old = HandmadeToken().with("aud", ["KestrunClients", "Others"])
            let renewed = try await client.get("/token/renew", .bearer(old.signed()))
            let token = try #require(try renewed.json["access_token"]?.string)
            #expect(try HandmadeToken.segment(1, of: token)["aud"] == ["KestrunClients", "Others"])
        }
    }

    @Test func `renewals end when the total lifetime does`() async throws {
        let keys = try KeyStore(.hmac(hexadecimal: HandmadeToken.key, algorithm: .hs256))
        let start = Date(timeIntervalSince1970: 1_800_000_000)
        func tokens(after seconds: Double) -> JWTBuilder {
            JWTBuilder(keys: keys) { start + seconds }.lifetime(.seconds(3_600)).maximumTotalLifetime(.seconds(5_000))
        }
        let first = try await tokens(after: 0).build()
        let verified = try tokens(after: 3_000).validationParameters.verify(first.token)
        let second = try await tokens(after: 3_000).renew(verified)
        #expect(second.expires == start + 5_000)
        let again = try tokens(after: 4_999).validationParameters.verify(second.token)
        await #expect(throws: TokenError.lifetimeCapReached(at: start + 5_000)) {
            try await tokens(after: 5_000).renew(again)
        }
    }
}
