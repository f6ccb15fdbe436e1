import FoundationEssentials
import Testing

@testable import ApusJOSE

@Suite struct RevocationTests {
    private let clock = HandClock()
    private let keys: KeyStore
    private let tokens: JWTBuilder

    init() throws {
        keys = try KeyStore(.hmac(generated: .hs256, kid: "first"), clock: clock.read)
        tokens = JWTBuilder(keys: keys, clock: clock.read)
    }

    private func error(_ issued: IssuedToken) -> TokenError? {
        do throws(TokenError) {
            _ = try tokens.validationParameters.verify(issued.token)
            return nil
        } catch {
            return error
        }
    }

    @Test func `refuses a key's tokens at once and signs with a new key at once`() async throws {
        let old = try await tokens.build()
        try await keys.revoke(kid: "first")
        #expect(error(old) == .revoked)
        #expect(keys.keySet.key(for: "first", at: clock.now) == nil)
        let signer = try #require(keys.keySet.signingKey(at: clock.now))
        #expect(signer.kid != "first" && signer.algorithm == .hs256)
        #expect(error(try await tokens.build()) == nil)
    }

    @Test func `signs on with the same key when another one was revoked`() async throws {
        let second = try await keys.rotate(propagation: .zero)
        try await keys.revoke(kid: "first")
        #expect(keys.keySet.signingKey(at: clock.now)?.kid == second)
        #expect(keys.keySet.keys.count == 2)
        await #expect(throws: KeyStoreError.key(.kidUnknown("third"))) { try await keys.revoke(kid: "third") }
    }

    @Test func `lets no revoked key sign again, and forgets it after a week`() async throws {
        try await keys.revoke(kid: "first")
        await #expect(throws: KeyStoreError.key(.kidUnknown("first"))) { try await keys.use(kid: "first") }
        clock.advance(.seconds(7 * 86_400))
        try await keys.rotate()
        #expect(keys.keySet.storedKey(for: "first") == nil)
    }

    @Test func `refuses a token by its identifier until it would have ended`() async throws {
        let token = try await tokens.identifier("a").lifetime(.seconds(100)).build()
        let other = try await tokens.identifier("b").lifetime(.seconds(100)).build()
        let none = try await tokens.lifetime(.seconds(100)).build()
        try await keys.revoke(tokenID: "a", until: token.expires.addingTimeInterval(60))
        #expect(error(token) == .revoked)
        #expect(error(other) == nil && error(none) == nil)
        clock.advance(.seconds(159))
        #expect(error(token) == .revoked)
        clock.advance(.seconds(1))
        #expect(error(token) == .expired(at: token.expires))
        clock.advance(.seconds(60))
        try await keys.revoke(tokenID: "c", until: clock.now.addingTimeInterval(1))
        #expect(keys.keySet.revocations.tokens.keys.sorted() == ["c"])
    }

    @Test func `a key stays revoked where the clock is behind, or was set back`() async throws {
        let token = try await tokens.build()
        try await keys.revoke(kid: "first")
        clock.advance(.seconds(-59))
        #expect(error(token) == .revoked)
        #expect(error(try await tokens.build()) == nil)
        clock.advance(.seconds(-86_400))
        #expect(keys.keySet.key(for: "first", at: clock.now) == nil)
    }

    @Test func `remembers a revocation for those whose clocks are behind`() async throws {
        let token = try await tokens.identifier("a").lifetime(.seconds(100)).build()
        try await keys.revoke(tokenID: "a", until: token.expires.addingTimeInterval(60))
        clock.advance(.seconds(100 + 60 + 59))
        try await keys.revoke(tokenID: "b", until: .distantFuture)
        var parameters = tokens.validationParameters
        parameters.clock = { [clock] in clock.now.addingTimeInterval(-60) }
        #expect(throws: TokenError.revoked) { try parameters.verify(token.token) }
    }

    @Test func `refuses what a subject got before an instant and nothing after it`() async throws {
        let before = try await tokens.subject("ada").build()
        let other = try await tokens.subject("bob").build()
        clock.advance(.seconds(10))
        try await keys.revoke(subject: "ada", until: clock.now.addingTimeInterval(3600))
        #expect(error(before) == .revoked)
        #expect(error(other) == nil)
        let after = try await tokens.subject("ada").build()
        #expect(error(after) == nil)
        clock.advance(.seconds(3590))
        #expect(error(before) == .revoked)
    }

    @Test func `refuses a subject's token that does not say when it was issued`() async throws {
        let key = try SigningKey.hmac(generated: .hs256, kid: "k")
        let keys = try KeyStore(key, clock: clock.read)
        let payload = #"{"iss":"KestrunApi","aud":"KestrunClients","sub":"ada","exp":1767326645}"#
        let token = try Forge.token(header: #"{"alg":"HS256","kid":"k"}"#, payload: payload, key: key)
        #expect(throws: Never.self) { try Forge.parameters(keys).verify(token) }
        try await keys.revoke(subject: "ada", issuedBefore: .distantPast, until: .distantFuture)
        #expect(throws: TokenError.revoked) { try Forge.parameters(keys).verify(token) }
    }

    @Test func `keeps the later end of two revocations`() async throws {
        let token = try await tokens.identifier("a").subject("ada").build()
        try await keys.revoke(tokenID: "a", until: clock.now.addingTimeInterval(100))
        try await keys.revoke(tokenID: "a", until: clock.now.addingTimeInterval(10))
        clock.advance(.seconds(50))
        #expect(error(token) == .revoked)
    }

    @Test func `says of tickets that are no tokens whether they are revoked`() async throws {
        let issued = clock.now
        func isRevoked(_ id: String, _ subject: String, _ issuedAt: Date) -> Bool {
            keys.keySet.isRevoked(tokenID: id, subject: subject, issuedAt: issuedAt, at: clock.now)
        }
        #expect(!isRevoked("a", "ada", issued))
        try await keys.revoke(tokenID: "a", until: clock.now.addingTimeInterval(10))
        try await keys.revoke(subject: "ada", issuedBefore: issued, until: clock.now.addingTimeInterval(20))
        #expect(isRevoked("a", "bob", issued) && !isRevoked("b", "bob", issued))
        #expect(isRevoked("b", "ada", issued.addingTimeInterval(-0.001)) && !isRevoked("b", "ada", issued))
        clock.advance(.seconds(10))
        #expect(!isRevoked("a", "bob", issued) && isRevoked("b", "ada", issued.addingTimeInterval(-1)))
        clock.advance(.seconds(10))
        #expect(!isRevoked("b", "ada", issued.addingTimeInterval(-1)))
    }

    @Test func `says so when the list is full`() async throws {
        let directory = try TemporaryDirectory()
        let keys = try KeyStore(directory: directory.path, maximumRevocations: 2, clock: clock.read)
        let end = clock.now.addingTimeInterval(10)
        try await keys.revoke(tokenID: "a", until: end)
        try await keys.revoke(subject: "a", until: end)
        await #expect(throws: KeyStoreError.revocationsFull(limit: 2)) {
            try await keys.revoke(tokenID: "b", until: end)
        }
        clock.advance(.seconds(10))
        try await keys.revoke(tokenID: "b", until: .distantFuture)
        #expect(keys.keySet.revocations.count == 1)
    }

    @Test func `a wrong signature is told before a revocation`() async throws {
        let token = try await tokens.identifier("a").build()
        try await keys.revoke(tokenID: "a", until: .distantFuture)
        let forged = try Forge.token(
            header: #"{"alg":"HS256","kid":"first"}"#, payload: #"{"jti":"a","exp":1767326645}"#)
        #expect(throws: TokenError.signatureInvalid) { try tokens.validationParameters.verify(forged) }
        #expect(error(token) == .revoked)
    }
}
