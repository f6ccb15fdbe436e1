import Foundation
import Testing

@testable import ApusJOSE

/// Changes of keys while files of the directory are broken or cannot be written.
@Suite struct KeyDirectoryChangeTests {
    private let clock = HandClock()
    private let directory: TemporaryDirectory
    private let events = CollectedEvents()

    init() throws {
        directory = try TemporaryDirectory()
    }

    private func open() throws -> KeyStore {
        try KeyStore(directory: directory.path, algorithm: .hs512, clock: clock.read, onEvent: events.collect)
    }

    private func kid(_ keys: KeyStore) throws -> String {
        try #require(keys.keySet.signingKey(at: clock.now)).kid
    }

    private func isRevoked(_ token: String, in keys: KeyStore) -> Bool {
        do throws(TokenError) {
            _ = try ValidationParameters(keys: keys, clock: clock.read).verify(token)
            return false
        } catch {
            return error == .revoked
        }
    }

    @Test func `one broken file stops no revocation, here or in another process`() async throws {
        let (one, two) = (try open(), try open())
        let tokens = JWTBuilder(keys: one, clock: clock.read)
        let (a, b) = (try await tokens.identifier("a").build().token, try await tokens.identifier("b").build().token)
        try directory.write("{", to: "bad.jwk.json")
        try await one.revoke(tokenID: "a", until: .distantFuture)
        #expect(isRevoked(a, in: one) && !isRevoked(b, in: one))
        try await one.revoke(kid: try kid(one))
        #expect(isRevoked(b, in: one))
        await #expect(throws: KeyStoreError.self) { try await two.reload() }
        #expect(isRevoked(a, in: two) && isRevoked(b, in: two))
        #expect(try kid(one) == kid(two))
        #expect(events.failures == 2)
        #expect(try directory.text("bad.jwk.json") == "{")
    }

    @Test func `one broken file stops no rotation and no token under a key that is about to retire`() async throws {
        let keys = try open()
        try directory.write("{", to: "bad.jwk.json")
        let second = try await keys.rotate(propagation: .seconds(300), overlap: .seconds(10))
        #expect(directory.keyFiles.contains(second + ".jwk.json"))
        let token = try await JWTBuilder(keys: keys, clock: clock.read).lifetime(.seconds(5000)).build()
        try directory.remove("bad.jwk.json")
        let again = try open()
        clock.advance(.seconds(4999))
        #expect(throws: Never.self) { try ValidationParameters(keys: again, clock: clock.read).verify(token.token) }
        #expect(try kid(again) == second)
    }

    @Test func `a key whose file broke is written whole when its dates change`() async throws {
        let keys = try open()
        let first = try kid(keys)
        try directory.write("{", to: first + ".jwk.json")
        try await keys.revoke(kid: first)
        let again = try open()
        #expect(again.keySet.storedKey(for: first)?.schedule.state(at: clock.now) == .revoked)
        #expect(try kid(again) == kid(keys))
    }

    @Test func `revocations that broke are written anew from what was read last`() async throws {
        let keys = try open()
        try await keys.revoke(tokenID: "a", until: .distantFuture)
        try directory.write("{", to: "revocations.json")
        await #expect(throws: KeyStoreError.self) { try await keys.reload() }
        try await keys.revoke(tokenID: "b", until: .distantFuture)
        #expect(try open().keySet.revocations.tokens.keys.sorted() == ["a", "b"])
    }

    @Test func `revocations that are only too many for this store are not written over`() async throws {
        let two = try KeyStore(directory: directory.path, maximumRevocations: 1, clock: clock.read)
        let one = try open()
        for id in ["a", "b"] { try await one.revoke(tokenID: id, until: .distantFuture) }
        await #expect(throws: KeyStoreError.revocationsFull(limit: 1)) {
            try await two.revoke(tokenID: "c", until: .distantFuture)
        }
        #expect(two.keySet.revocations.tokens.keys.sorted() == ["c"])
        #expect(try open().keySet.revocations.tokens.keys.sorted() == ["a", "b"])
    }

    @Test func `a revocation that cannot be written holds at once and is written later`() async throws {
        let keys = try open()
        let first = try kid(keys)
        let token = try await JWTBuilder(keys: keys, clock: clock.read).identifier("a").build().token
        let away = directory.path + "-away"
        try FileManager.default.moveItem(atPath: directory.path, toPath: away)
        await #expect(throws: KeyStoreError.self) { try await keys.revoke(tokenID: "a", until: .distantFuture) }
        #expect(isRevoked(token, in: keys))
        await #expect(throws: KeyStoreError.self) { try await keys.revoke(kid: first) }
        let second = try kid(keys)
        #expect(second != first)
        try FileManager.default.moveItem(atPath: away, toPath: directory.path)
        try await keys.reload()
        #expect(try isRevoked(token, in: keys) && kid(keys) == second)
        try await keys.watch(sleep: clock.sleep(until: clock.now))
        let again = try open()
        #expect(again.keySet.revocations.tokens.keys.sorted() == ["a"])
        #expect(again.keySet.storedKey(for: first)?.schedule.state(at: clock.now) == .revoked)
        #expect(try kid(again) == second)
    }

    @Test func `a rotation that cannot be written does not happen, and tokens are signed all the same`() async throws {
        let keys = try open()
        let first = try kid(keys)
        let away = directory.path + "-away"
        try FileManager.default.moveItem(atPath: directory.path, toPath: away)
        await #expect(throws: KeyStoreError.self) { try await keys.rotate(propagation: .zero) }
        #expect(try kid(keys) == first)
        let token = try await JWTBuilder(keys: keys, clock: clock.read).build().token
        #expect(throws: Never.self) { try ValidationParameters(keys: keys, clock: clock.read).verify(token) }
        try FileManager.default.moveItem(atPath: away, toPath: directory.path)
    }

    @Test func `a new file whose identifier is known does not push the known file aside`() async throws {
        let keys = try open()
        let first = try kid(keys)
        try directory.write(
            #"{"kty":"oct","kid":"\#(first)","k":"\#(String(repeating: "A", count: 43))"}"#, to: "!.jwk.json")
        await #expect(throws: KeyStoreError.self) { try await keys.reload() }
        #expect(keys.keySet.signingKey(at: clock.now)?.algorithm == .hs512)
    }
}
