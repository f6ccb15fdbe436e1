import FoundationEssentials
import Testing

@testable import ApusJOSE

@Suite struct KeyScheduleTests {
    private static func at(_ seconds: Double) -> Date { Forge.date.addingTimeInterval(seconds) }

    private static let full = KeySchedule(activeFrom: at(10), retiredFrom: at(20), acceptedUntil: at(30))
    private static let revoked = KeySchedule(activeFrom: at(10), acceptedUntil: at(30), revokedAt: at(15))

    static let rows: [(KeySchedule, Double, KeySchedule.State)] = [
        (.always, 0, .active), (.verifying, 0, .retiring), (.waiting, 1e9, .pending),
        (full, 9.999, .pending), (full, 10, .active), (full, 19.999, .active), (full, 20, .retiring),
        (full, 29.999, .retiring), (full, 30, .expired), (full, 1e9, .expired),
        (revoked, 0, .revoked), (revoked, 14.999, .revoked), (revoked, 15, .revoked), (revoked, 30, .revoked),
    ]

    @Test(arguments: rows)
    func `a key's state follows from its dates and the clock`(
        schedule: KeySchedule, seconds: Double, state: KeySchedule.State
    ) {
        #expect(schedule.state(at: Self.at(seconds)) == state)
        #expect(schedule.isAccepted(at: Self.at(seconds)) == [.pending, .active, .retiring].contains(state))
        #expect(schedule.isRevoked == (state == .revoked))
    }

    @Test func `of several active keys the one that became active last signs`() throws {
        let old = StoredKey(try .hmac(generated: .hs256, kid: "old"), KeySchedule(activeFrom: Self.at(0)))
        let new = StoredKey(try .hmac(generated: .hs256, kid: "new"), KeySchedule(activeFrom: Self.at(10)))
        let foreign = try StoredKey(
            SigningKey.hmac(generated: .hs256, kid: "other").verificationKey, KeySchedule(activeFrom: Self.at(20)))
        for keys in [[old, new, foreign], [foreign, new, old]] {
            let keySet = try KeySet(keys)
            #expect(keySet.signingKey(at: Self.at(-60.001)) == nil)
            // Whoever's clock is behind by no more than the skew would have no key at all.
            #expect(keySet.signingKey(at: Self.at(-60))?.kid == "old")
            #expect(keySet.signingKey(at: Self.at(0))?.kid == "old")
            #expect(keySet.signingKey(at: Self.at(9.999))?.kid == "old")
            #expect(keySet.signingKey(at: Self.at(10))?.kid == "new")
            #expect(keySet.signingKey(at: Self.at(30))?.kid == "new")
        }
    }

    @Test func `a key set answers for the instant that is asked about`() throws {
        let keySet = try KeySet([StoredKey(try .hmac(generated: .hs256, kid: "k"), Self.full)])
        #expect(keySet.key(for: "k", at: Self.at(0)) != nil)
        #expect(keySet.key(for: "k", at: Self.at(29)) != nil)
        #expect(keySet.key(for: "k", at: Self.at(30)) == nil)
        #expect(keySet.storedKey(for: "k")?.schedule == Self.full)
    }
}
