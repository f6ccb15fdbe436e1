import Apus
import ApusTesting
import Synchronization
import Testing

/// The Bearer scheme (RFC 6750) on any server; the tutorial's rows are with the sample.
@Suite struct BearerAuthenticationTests {
    private static func tokens() throws -> JWTBuilder {
        JWTBuilder(keys: try KeyStore(.hmac(passphrase: "a passphrase of more than thirty-two octets")))
            .issuer("issuer").audience("audience")
    }

    private static func server(_ scheme: BearerAuthentication, _ log: CollectedLog = CollectedLog()) -> Server {
        .logging(log) {
            Get("/name") { request in "\(request.user.name)|\(request.user.scheme)|\(request.user.token != nil)" }
                .authenticated(by: scheme)
            Get("/scope") { _ in "in" }.authenticated(by: scheme).requires(.scope("read"))
        }
    }

    @Test func `the name is that of the claim, or else the subject`() async throws {
        let tokens = try Self.tokens()
        let scheme = BearerAuthentication("B", validating: tokens.validationParameters, nameClaim: .email)
        try await Self.server(scheme).test { client in
            let rows = [
                (try await tokens.subject("s").claim(.email, "a@b").build(), "a@b|B|true"),
                (try await tokens.subject("s").build(), "s|B|true"),
                (try await tokens.build(), "|B|true"),
            ]
            for (issued, text) in rows {
                let response = try await client.get("/name", .bearer(issued.token))
                #expect(response.text == text)
            }
        }
    }

    @Test func `the text of the token is there for calling others, once it is verified`() async throws {
        let tokens = try Self.tokens()
        let text: @Sendable (Request) -> String = { $0.bearerToken ?? "none" }
        let server = Server.logging {
            Get("/shut") { text($0) }.authenticated(
                by: BearerAuthentication("B", validating: tokens.validationParameters))
            Get("/open") { text($0) }
        }
        try await server.test { client in
            let token = try await tokens.subject("s").build().token
            let shut = try await client.get("/shut", .bearer(token))
            let open = try await client.get("/open", .bearer(token))
            #expect(shut.text == token && open.text == "none")
        }
    }

    @Test func `the realm is in every challenge`() async throws {
        let tokens = try Self.tokens()
        let scheme = BearerAuthentication("B", validating: tokens.validationParameters, realm: "Birds")
        try await Self.server(scheme).test { client in
            let none = try await client.get("/name")
            #expect(none.headers[.wwwAuthenticate] == #"Bearer realm="Birds""#)
            let bad = try await client.get("/name", .bearer("x"))
            #expect(bad.headers[.wwwAuthenticate]?.hasPrefix(#"Bearer realm="Birds", error="invalid_token""#) == true)
            let lacking = try await client.get("/scope", .bearer(tokens.build().token))
            #expect(lacking.status == .forbidden)
            #expect(
                lacking.headers[.wwwAuthenticate] == #"Bearer realm="Birds", error="insufficient_scope", scope="read""#)
        }
    }

    @Test func `the scheme's name is taken in either case, and other schemes are none`() async throws {
        let tokens = try Self.tokens()
        let token = try await tokens.subject("s").build().token
        let scheme = BearerAuthentication("B", validating: tokens.validationParameters)
        try await Self.server(scheme).test { client in
            for prefix in ["bearer ", "BEARER   "] {
                let response = try await client.get("/name", .header("Authorization", prefix + token))
                #expect(response.status == .ok)
            }
            for field in ["Bearerx \(token)", "Token \(token)", "Basic \(token)", token] {
                let response = try await client.get("/name", .header("Authorization", field))
                #expect(response.status == .unauthorized && response.headers[.wwwAuthenticate] == "Bearer")
            }
        }
    }

    @Test func `a query that cannot be decoded is none of its business`() async throws {
        let tokens = try Self.tokens()
        let token = try await tokens.subject("s").build().token
        let scheme = BearerAuthentication("B", validating: tokens.validationParameters)
        try await Self.server(scheme).test { client in
            let response = try await client.get("/name?x=%zz", .bearer(token))
            #expect(response.status == .ok && response.text == "s|B|true")
        }
    }

    /// RFC 6750 §2 and §3.1: one method at a time, or else `invalid_request`.
    @Test(arguments: ["access_token=", "access_token=a.b.c", "x=%zz&access_token=a.b.c"])
    func `a second token in the query is refused`(query: String) async throws {
        let tokens = try Self.tokens()
        let token = try await tokens.subject("s").build().token
        let scheme = BearerAuthentication("B", validating: tokens.validationParameters)
        try await Self.server(scheme).test { client in
            let response = try await client.get("/name?" + query, .bearer(token))
            #expect(response.status == .badRequest)
            #expect(response.headers[.wwwAuthenticate]?.hasPrefix(#"Bearer error="invalid_request""#) == true)
        }
    }

    @Test func `a claim of the token cannot break out of the challenge`() async throws {
        let keys = try KeyStore(.hmac(passphrase: "a passphrase of more than thirty-two octets"))
        let mallory = JWTBuilder(keys: keys).issuer("a\", error=\"none\r\nX-Injected: yes").audience("audience")
        let scheme = BearerAuthentication("B", validating: try Self.tokens().validationParameters)
        try await Self.server(scheme).test(over: .socket) { client in
            let response = try await client.get("/name", .bearer(mallory.build().token))
            #expect(response.status == .unauthorized && response.headers["X-Injected"] == nil)
            let challenge = try #require(response.headers[.wwwAuthenticate])
            #expect(challenge.hasPrefix(#"Bearer error="invalid_token", error_description="The issuer '"#))
            #expect(!challenge.contains(#"", error="none"#))
        }
    }

    @Test func `a token is renewed only where a token was verified`() async throws {
        let tokens = try Self.tokens()
        let basic = BasicAuthentication("Basic", realm: "R", allowInsecureHTTP: true) { _ in true }
        try await Server.logging {
            Get("/renew") { request in try await tokens.renewed(from: request).token }.authenticated(by: basic)
        }
        .test { client in
            let response = try await client.get("/renew", .basic("a", "b"))
            #expect(response.status == .unauthorized)
        }
    }

    @Test func `a token under a key that came later goes through in the same request`() async throws {
        let tokens = try Self.tokens()
        let source = LateKeys(tokens.validationParameters.keys)
        var parameters = tokens.validationParameters
        parameters.keys = source
        let scheme = BearerAuthentication("B", validating: parameters)
        try await Self.server(scheme).test { client in
            let token = try await tokens.subject("s").build().token
            for _ in 0..<2 {
                let response = try await client.get("/name", .bearer(token))
                #expect(response.status == .ok && response.text == "s|B|true")
            }
            #expect(source.askedCount == 1)
        }
    }

    /// Keys that are not known until someone asks for them.
    private final class LateKeys: KeySource {
        private let keys: any KeySource
        private let asked = Mutex(0)

        init(_ keys: any KeySource) {
            self.keys = keys
        }

        var askedCount: Int { asked.withLock { $0 } }

        func keySet(forIssuer issuer: String?) -> KeySet? {
            askedCount == 0 ? nil : keys.keySet(forIssuer: issuer)
        }

        func refresh(_ reason: KeyRefreshReason) async -> Bool {
            asked.withLock { $0 += 1 }
            return true
        }
    }

    @Test func `tokens are not logged`() async throws {
        let log = CollectedLog()
        let tokens = try Self.tokens()
        let scheme = BearerAuthentication("B", validating: tokens.validationParameters)
        try await Self.server(scheme, log).test { client in
            let token = try await tokens.subject("s").build().token
            _ = try await client.get("/name", .bearer(token.dropLast(4) + "AAAA"))
            _ = try await client.get("/scope", .bearer(token))
            #expect(log.problems.count == 2)
            for segment in token.split(separator: ".") { #expect(!log.text.contains(segment)) }
        }
    }
}
