import Apus
import ApusTesting
import Foundation
import Testing

/// The keys of a store as everybody may see them.
@Suite struct JWKSRouteTests {
    private static func server(_ keys: KeyStore, _ path: String = JWKSRoute.defaultPath) -> Server {
        .logging { JWKSRoute(keys, path: path) }
    }

    /// A clock that a test moves.
    private static func clock(_ offset: Shared<Double>) -> @Sendable () -> Date {
        { Date(timeIntervalSince1970: 1_700_000_000 + offset.value) }
    }

    @Test(arguments: TestTransport.all)
    func `publishes a JWK Set that verifies the store's tokens`(transport: TestTransport) async throws {
        let keys = try KeyStore(.generated(.es256))
        let tokens = JWTBuilder(keys: keys).issuer("me")
        try await Self.server(keys).test(over: transport) { client in
            let response = try await client.get("/.well-known/jwks.json")
            #expect(response.status == .ok)
            // RFC 7517 §8.5.2
            #expect(response.headers[.contentType] == "application/jwk-set+json")
            let set = try JWKSet(json: response.text)
            let key = try #require(set.verificationKeys.first)
            #expect(set.keys.count == 1 && set.keys.allSatisfy { !$0.isPrivate })
            let empty = try KeyStore(.generated(.es256, kid: "other"))
            try await empty.add(key)
            let token = try await tokens.build().token
            let verified = try ValidationParameters(keys: empty, issuers: ["me"]).verify(token)
            #expect(verified.claims.issuer == "me")
        }
    }

    @Test func `answers HEAD, and lets caches keep it for half of the propagation`() async throws {
        let keys = try KeyStore(.generated(.es256))
        try await Self.server(keys).test(over: .socket) { client in
            let (get, head) = (
                try await client.get(JWKSRoute.defaultPath), try await client.head(JWKSRoute.defaultPath)
            )
            #expect(head.status == .ok && head.octets.isEmpty && head.headers[.etag] == get.headers[.etag])
            #expect(get.headers[.cacheControl] == "public, max-age=150")
        }
        let quick = Server.logging { JWKSRoute(keys, path: "/keys", propagation: .seconds(4)) }
        try await quick.test { client in
            let response = try await client.get("/keys")
            #expect(response.headers[.cacheControl] == "public, max-age=2")
        }
    }

    /// RFC 9110 §13.1.2.
    @Test(arguments: ["%", "W/%", "\"x\", %", "\"a,b\" ,\t%", "*"])
    func `says 304 to whoever has it already`(pattern: String) async throws {
        try await Self.server(KeyStore(.generated(.es256))).test(over: .socket) { client in
            let first = try await client.get(JWKSRoute.defaultPath)
            let tag = try #require(first.headers[.etag])
            #expect(tag.first == "\"" && tag.last == "\"")
            let field = pattern.replacing("%", with: tag)
            let second = try await client.get(JWKSRoute.defaultPath, headers: ["If-None-Match": field])
            #expect(second.status == .notModified && second.octets.isEmpty)
            #expect(second.headers[.etag] == tag)
            #expect(second.headers[.cacheControl] == first.headers[.cacheControl])
        }
    }

    @Test(arguments: ["\"x\"", "", "x", "W/\"x\""])
    func `sends it to whoever has something else`(field: String) async throws {
        try await Self.server(KeyStore(.generated(.es256))).test { client in
            let response = try await client.get(JWKSRoute.defaultPath, headers: ["If-None-Match": field])
            #expect(response.status == .ok && !response.octets.isEmpty)
        }
    }

    @Test func `shows a new key before it signs, and an old one until its last token has ended`() async throws {
        let offset = Shared(0.0)
        let keys = try KeyStore(.generated(.es256, kid: "first"), clock: Self.clock(offset))
        try await Self.server(keys).test { client in
            func kids() async throws -> [String] {
                let set = try JWKSet(json: try await client.get(JWKSRoute.defaultPath).text)
                return set.keys.compactMap(\.kid)
            }
            let tag = try await client.get(JWKSRoute.defaultPath).headers[.etag]
            #expect(try await kids() == ["first"])
            let second = try await keys.rotate(propagation: .seconds(300), overlap: .seconds(3660))
            #expect(try await kids() == ["first", second])
            #expect(try await client.get(JWKSRoute.defaultPath).headers[.etag] != tag)
            offset.change { $0 = 300 + 3659 }
            #expect(try await kids() == ["first", second])
            // Nothing has changed in the store: the end comes with the time alone.
            offset.change { $0 = 300 + 3660 }
            #expect(try await kids() == [second])
            try await keys.revoke(kid: second)
            #expect(try await !kids().contains(second))
        }
    }

    @Test func `shows nothing of a shared secret`() async throws {
        try await Self.server(KeyStore(.hmac(generated: .hs256)), "/keys").test { client in
            let response = try await client.get("/keys")
            #expect(response.text == #"{"keys":[]}"#)
        }
    }
}
