import FoundationEssentials
import Synchronization
import Testing

@testable import ApusJOSE

/// Between a token's refusal and the look for newer keys, another thread may have brought them.
@Suite struct RefreshRaceTests {
    /// A source whose keys are replaced after the first look, and which is never asked to look for more.
    private final class ChangingSource: KeySource {
        private let sets: Mutex<[KeySet]>

        init(_ first: KeyStore, then second: KeyStore) {
            sets = Mutex([first.keySet, second.keySet])
        }

        func keySet(forIssuer issuer: String?) -> KeySet? {
            sets.withLock { $0.count > 1 ? $0.removeFirst() : $0.first }
        }

        func refresh(_ reason: KeyRefreshReason) async -> Bool {
            Issue.record("the key is known")
            return false
        }
    }

    @Test func `a key that has come meanwhile is used`() async throws {
        let clock = HandClock()
        let (old, new) = (try KeyStore(.generated(.es256)), try KeyStore(.generated(.es256)))
        let token = try await JWTBuilder(keys: new, clock: clock.read).build().token
        let parameters = ValidationParameters(keys: ChangingSource(old, then: new), clock: clock.read)
        let verified = try await parameters.validate(token)
        #expect(verified.header.kid == new.keySet.signingKey(at: clock.now)?.kid)
    }

    @Test func `a key that is known and ended is asked for no more`() async throws {
        let clock = HandClock()
        let keys = try KeyStore(.generated(.es256, kid: "first"), clock: clock.read)
        let token = try await JWTBuilder(keys: keys, clock: clock.read).lifetime(.seconds(9000)).build().token
        try await keys.revoke(kid: "first")
        let parameters = ValidationParameters(keys: ChangingSource(keys, then: keys), clock: clock.read)
        await #expect(throws: TokenError.revoked) { try await parameters.validate(token) }
    }
}
