import Apus
import ApusTesting
import Foundation
import Testing

@testable import OpenIDConnect

/// A provider whose token endpoint has gone wrong, or over to somebody else.
@Suite(.timeLimit(.minutes(2))) struct IDTokenTests {
    /// What stands where an ID token should be, and why it proves nothing.
    struct Row: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let reason: String
        let token: @Sendable (Provider, _ nonce: String) async throws -> String

        init(
            _ name: String, _ reason: String,
            _ token: @escaping @Sendable (Provider, _ nonce: String) async throws -> String
        ) {
            testDescription = name
            self.reason = reason
            self.token = token
        }

        init(
            _ name: String, _ reason: String, changing change: @escaping @Sendable (JWTBuilder) -> JWTBuilder
        ) {
            self.init(name, reason) { provider, nonce in
                try await change(IDTokenTests.good(provider, nonce)).build().token
            }
        }
    }

    static func good(_ provider: Provider, _ nonce: String, keys: KeyStore? = nil) -> JWTBuilder {
        JWTBuilder(keys: keys ?? provider.keys).issuer(provider.issuer).audience("shop").subject("admin")
            .claim("nonce", nonce)
    }

    private static let otherKey = Result { try JWK.generate(.rsa(bits: 2_048)) }

    /// A key that is not the provider's, under any name.
    private static func otherKey(_ kid: String?) throws -> SigningKey {
        try SigningKey(otherKey.get(), algorithm: .rs256, kid: kid)
    }

    static let rows: [Row] = [
        Row("expired", "The token expired at") { provider, nonce in
            try await JWTBuilder(keys: provider.keys, clock: { Date.now - 4_000 }).issuer(provider.issuer)
                .audience("shop").subject("admin").claim("nonce", nonce).build().token
        },
        Row("of the future", "issued later than now") { provider, nonce in
            try await JWTBuilder(keys: provider.keys, clock: { Date.now + 1_000 }).issuer(provider.issuer)
                .audience("shop").subject("admin").claim("nonce", nonce).notBefore(.now).build().token
        },
        Row("made before the sign-in", "issued before the sign-in began") { provider, nonce in
            try await JWTBuilder(keys: provider.keys, clock: { Date.now - 600 }).issuer(provider.issuer)
                .audience("shop").subject("admin").claim("nonce", nonce).build().token
        },
        Row("forged under another key", "The signature key was not found") { provider, nonce in
            try await IDTokenTests.good(provider, nonce, keys: KeyStore(IDTokenTests.otherKey("other"))).build().token
        },
        Row("forged under another key of the same name", "The signature is invalid") { provider, nonce in
            let kid = try await provider.idTokens.build().header.kid
            let keys = try KeyStore(IDTokenTests.otherKey(kid))
            return try await IDTokenTests.good(provider, nonce, keys: keys).build().token
        },
        Row("signed with the client's secret", "The algorithm 'HS256' is not allowed") { provider, nonce in
            let keys = try KeyStore(.hmac(passphrase: "a secret of the shop and the provider"))
            return try await IDTokenTests.good(provider, nonce, keys: keys).build().token
        },
        Row("not signed", "The algorithm 'none' is not allowed") { provider, nonce in
            let parts = try await IDTokenTests.good(provider, nonce).build().token.split(separator: ".")
            // {"alg":"none"}
            return "eyJhbGciOiJub25lIn0.\(parts[1])."
        },
        Row("changed", "The signature is invalid") { provider, nonce in
            let (one, other) = (
                try await IDTokenTests.good(provider, nonce).build().token.split(separator: "."),
                try await IDTokenTests.good(provider, nonce).subject("root").build().token.split(separator: ".")
            )
            return "\(one[0]).\(other[1]).\(one[2])"
        },
        Row("no token", "The token is malformed") { _, _ in "admin" },
        Row("of another issuer", "The issuer 'https://evil.example' is invalid") { $0.issuer("https://evil.example") },
        Row("for another client", "The audience 'other' is invalid") { $0.audience("other") },
        Row("for others too", "also for the audiences 'other'") { $0.audience("shop", "other") },
        Row("of another party", "issued to the client 'other'") { $0.claim("azp", "other") },
        Row("with another nonce", "Its 'nonce' is not that") { $0.claim("nonce", "other") },
        Row("about nobody", "Its 'sub' is empty") { $0.subject("") },
        Row("with the hash of another access token", "Its 'at_hash' is not that") {
            $0.claim("at_hash", "AAAAAAAAAAAAAAAAAAAAAA")
        },
        Row("an access token", "The type 'at+jwt' is not accepted") { $0.header("typ", "at+jwt") },
    ]

    @Test(arguments: rows)
    func `an ID token that proves nothing signs nobody in`(row: Row) async throws {
        let servers = SampleServers()
        try await servers.test { browser, provider in
            let authorize = try await browser.beginSignIn()
            let nonce = try #require(try authorize.parameter("nonce"))
            let token = try await row.token(provider, nonce)
            try await provider.answer(with: ["access_token": "a", "token_type": "Bearer", "id_token": .string(token)])
            let answer = try await browser.get(try await browser.logIn(at: authorize))
            #expect(answer.status == .badGateway)
            #expect(servers.log.text.contains(row.reason), "\(servers.log.text)")
            #expect(!servers.log.text.contains(token) && !answer.text.contains(row.reason))
            #expect(browser.cookie("__Host-shop") == nil)
        }
    }

    /// What the token endpoint answers in place of tokens.
    static let answers: [(answer: JSONValue, status: Response.Status, reason: String)] = [
        (["token_type": "Bearer", "id_token": "x"], .ok, "no 'access_token'"),
        (["access_token": "a", "token_type": "mac", "id_token": "x"], .ok, "'token_type' is not 'Bearer'"),
        (["access_token": "a", "token_type": "Bearer"], .ok, "The response has none"),
        (["access_token": "a", "token_type": "Bearer", "id_token": 7], .ok, "'id_token' is no text"),
        (["error": "invalid_client"], .unauthorized, "answered 401 with the error 'invalid_client'"),
        (["error": "x\r\nforged line"], .badRequest, "the error 'x%0D%0Aforged line'"),
        ([], .internalServerError, "answered 500 with the error 'no error code'"),
    ]

    @Test(arguments: answers)
    func `a token endpoint that issues nothing signs nobody in`(
        row: (answer: JSONValue, status: Response.Status, reason: String)
    ) async throws {
        let servers = SampleServers()
        try await servers.test { browser, provider in
            let callback = try await browser.logIn(at: try await browser.beginSignIn())
            try await provider.answer(with: row.answer, row.status)
            let answer = try await browser.get(callback)
            #expect(answer.status == .badGateway)
            #expect(servers.log.text.contains(row.reason), "\(servers.log.text)")
        }
    }

    @Test func `claims about another user are not believed`() async throws {
        let servers = SampleServers()
        try await servers.test { browser, provider in
            let callback = try await browser.logIn(at: try await browser.beginSignIn())
            try await provider.server.router.remove(.get, "/userinfo")
            try await provider.server.router.add {
                Get("/userinfo") { _ in JSON(["sub": "root", "groups": ["staff"]]) }
            }
            let answer = try await browser.get(callback)
            #expect(answer.status == .badGateway && servers.log.text.contains("its 'sub' is not that of the ID token"))
        }
    }

    @Test func `nothing secret is logged on the way, whatever goes wrong`() async throws {
        let servers = SampleServers()
        try await servers.test { browser, provider in
            var secrets = ["password=", "a secret of the shop", "eyJ"]
            func follow(_ authorize: String) async throws {
                for name in ["state", "nonce", "code_challenge"] {
                    secrets.append(try #require(try authorize.parameter(name)))
                }
                let callback = try await browser.logIn(at: authorize)
                secrets.append(try #require(try callback.parameter("code")))
                secrets += browser.cookies.map { String($0.value.suffix(24)) }
                try await browser.get(callback)
                try await browser.get(callback)
                secrets += browser.cookies.map { String($0.value.suffix(24)) }
            }
            try await follow(try await browser.beginSignIn())
            servers.clock.change { $0 += 280 }
            try await browser.get("/orders")
            try await browser.post("/logout", HTTP.Query([:]), site: "cross-site")
            let left = try await browser.post("/logout", HTTP.Query([:]))
            try await browser.get(try browser.target(left))
            servers.clock.change { $0 -= 280 }
            try await follow(try await browser.beginSignIn().with("code_challenge", try CodeVerifier().challenge))
            browser.set("__Host-provider", nil)
            try await follow(try await browser.beginSignIn().with("nonce", "a-nonce-of-somebody-else"))
            for secret in secrets { #expect(!servers.log.text.contains(secret), "\(secret)") }
            #expect(servers.log.text.contains("invalid_grant"))
        }
    }
}

extension Provider {
    /// Has the token endpoint give this answer from now on.
    fileprivate func answer(with members: JSONValue, _ status: Response.Status = .ok) async throws {
        try await server.router.remove(.post, "/token")
        try await server.router.add {
            Post("/token") { _ in Response(status, contentType: .json, body: .octets(members.serialized())) }
        }
    }
}
