import FoundationEssentials
import Testing

@testable import ApusJOSE

/// A service may refuse what another issuer still stands for: tokens, subjects and keys.
@Suite struct RevocationSourceTests {
    private let clock = HandClock()
    private let fetcher = HeldFetcher()
    private let key: SigningKey
    private let tokens: JWTBuilder
    private let remote: RemoteKeySet

    init() throws {
        key = try .generated(.edDSA, kid: "theirs")
        tokens = JWTBuilder(keys: try KeyStore(key, clock: clock.read), clock: clock.read)
            .issuer("https://login.example").lifetime(.seconds(100_000))
        remote = try RemoteKeySet(
            "https://login.example/jwks", fetcher: fetcher, clock: clock.read,
            sleep: { _ in try await HeldFetcher.untilCancelled() })
        let set = try JWKSet([try #require(key.verificationKey.publicJWK)])
        fetcher.answer(KeySetAnswer(status: 200, body: [UInt8](set.json().utf8)))
    }

    private func error(_ issued: IssuedToken, _ source: (any RevocationSource)?) async -> TokenError? {
        var parameters = ValidationParameters(
            keys: CombinedKeySource(["https://login.example": remote]), issuers: ["https://login.example"],
            clock: clock.read)
        parameters.revocations = source
        do throws(TokenError) {
            _ = try await parameters.validate(issued.token)
            return nil
        } catch {
            return error
        }
    }

    @Test func `a list refuses tokens, subjects and keys at once, and forgets them by itself`() async throws {
        let list = RevocationList(clock: clock.read)
        let a = try await tokens.identifier("a").subject("ada").build()
        let b = try await tokens.identifier("b").subject("bob").build()
        let end = clock.now.addingTimeInterval(100)
        #expect(await error(a, list) == nil)
        try await list.revoke(tokenID: "a", until: end)
        #expect(await error(a, list) == .revoked)
        #expect(await error(b, list) == nil)
        clock.advance(.seconds(50))
        try await list.revoke(subject: "bob", until: end)
        #expect(await error(b, list) == .revoked)
        clock.advance(.seconds(50))
        #expect(await error(a, list) == nil)
        #expect(await error(b, list) == nil)
        try await list.revoke(kid: "other", until: .distantFuture)
        #expect(await error(a, list) == nil)
        try await list.revoke(kid: "theirs", until: .distantFuture)
        #expect(await error(a, list) == .revoked)
        #expect(await error(b, nil) == nil)
    }

    @Test func `a list says so when it is full`() async throws {
        let list = RevocationList(maximumCount: 2, clock: clock.read)
        let end = clock.now.addingTimeInterval(10)
        try await list.revoke(tokenID: "a", until: end)
        try await list.revoke(kid: "a", until: end)
        await #expect(throws: KeyStoreError.revocationsFull(limit: 2)) {
            try await list.revoke(subject: "a", until: end)
        }
        clock.advance(.seconds(10))
        try await list.revoke(subject: "a", until: .distantFuture)
    }

    @Test func `a store refuses for others too, keeps it over a restart, and tells other processes`() async throws {
        let directory = try TemporaryDirectory()
        let (one, two) = try (
            KeyStore(directory: directory.path, clock: clock.read),
            KeyStore(directory: directory.path, clock: clock.read)
        )
        let a = try await tokens.identifier("a").build()
        let b = try await tokens.identifier("b").build()
        try await one.revoke(tokenID: "a", until: .distantFuture)
        #expect(await error(a, one) == .revoked)
        #expect(await error(b, one) == nil)
        try await one.revoke(foreignKid: "theirs", until: .distantFuture)
        try await two.reload()
        for store in [one, two, try KeyStore(directory: directory.path, clock: clock.read)] {
            #expect(await error(a, store) == .revoked)
            #expect(await error(b, store) == .revoked)
        }
    }

    // The key is known to the store, and to the remote set as well.
    @Test func `a key that was revoked in the store is refused whatever set has it`() async throws {
        let store = try KeyStore(.hmac(generated: .hs256), clock: clock.read)
        try await store.add(key.verificationKey)
        let token = try await tokens.build()
        #expect(await error(token, store) == nil)
        try await store.revoke(kid: "theirs")
        #expect(await error(token, store) == .revoked)
    }
}
