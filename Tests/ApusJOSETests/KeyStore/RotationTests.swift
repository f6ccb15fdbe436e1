import FoundationEssentials
import Testing

@testable import ApusJOSE

@Suite struct RotationTests {
    private let clock = HandClock()

    private func store() throws -> KeyStore {
        try KeyStore(.hmac(generated: .hs384, kid: "first"), clock: clock.read)
    }

    private func states(_ keys: KeyStore) -> [KeySchedule.State] {
        keys.keySet.storedKeys.map { $0.schedule.state(at: clock.now) }
    }

    @Test func `publishes first, then signs, then keeps accepting, then drops the key`() async throws {
        let keys = try store()
        let second = try await keys.rotate(propagation: .seconds(300), overlap: .seconds(3660))
        #expect(states(keys) == [.active, .pending])
        #expect(keys.keySet.signingKey(at: clock.now)?.kid == "first")
        #expect(keys.keySet.key(for: second, at: clock.now) != nil)
        clock.advance(.seconds(299))
        #expect(keys.keySet.signingKey(at: clock.now)?.kid == "first")
        clock.advance(.seconds(1))
        #expect(states(keys) == [.retiring, .active])
        #expect(keys.keySet.signingKey(at: clock.now)?.kid == second)
        clock.advance(.seconds(3659))
        #expect(keys.keySet.key(for: "first", at: clock.now) != nil)
        clock.advance(.seconds(1))
        #expect(keys.keySet.key(for: "first", at: clock.now) == nil)
        #expect(states(keys) == [.expired, .active])
        try await keys.rotate()
        #expect(keys.keySet.storedKeys.map(\.kid).contains("first") == false)
    }

    @Test(arguments: [true, false])
    func `the key that signs goes on when its successor is withdrawn before it signs`(isRevoked: Bool) async throws {
        let keys = try store()
        let second = try await keys.rotate(propagation: .seconds(300))
        if isRevoked { try await keys.revoke(kid: second) } else { try await keys.remove(kid: second) }
        clock.advance(.seconds(86_400))
        #expect(keys.keySet.signingKey(at: clock.now)?.kid == "first")
        let third = try await keys.rotate(propagation: .zero)
        #expect(keys.keySet.signingKey(at: clock.now)?.kid == third)
        #expect(keys.keySet.storedKey(for: "first")?.schedule.acceptedUntil != nil)
    }

    @Test func `a key goes on until the next one begins when those between are revoked`() async throws {
        let keys = try store()
        let second = try await keys.rotate(propagation: .seconds(100))
        let third = try await keys.rotate(propagation: .seconds(400))
        try await keys.revoke(kid: second)
        clock.advance(.seconds(399))
        #expect(keys.keySet.signingKey(at: clock.now)?.kid == "first")
        clock.advance(.seconds(1))
        #expect(keys.keySet.signingKey(at: clock.now)?.kid == third)
        #expect(keys.keySet.storedKey(for: "first")?.schedule.state(at: clock.now) == .retiring)
    }

    @Test func `a key signs that was told to by a clock which is a minute ahead`() async throws {
        let keys = try store()
        try await keys.use(kid: "first")
        clock.advance(.seconds(-60))
        #expect(keys.keySet.signingKey(at: clock.now)?.kid == "first")
        clock.advance(.milliseconds(-1))
        #expect(keys.keySet.signingKey(at: clock.now) == nil)
    }

    @Test func `makes keys of the algorithm that signs, or of another`() async throws {
        let keys = try store()
        let second = try await keys.rotate()
        #expect(keys.keySet.storedKey(for: second)?.key.algorithms == [.hs384])
        let third = try await keys.rotate(algorithm: .hs512)
        #expect(keys.keySet.storedKey(for: third)?.key.algorithms == [.hs512])
    }

    @Test func `switches at once when nobody has to be told`() async throws {
        let keys = try store()
        let second = try await keys.rotate(propagation: .zero)
        #expect(keys.keySet.signingKey(at: clock.now)?.kid == second)
        #expect(states(keys) == [.retiring, .active])
    }

    @Test(arguments: [(Duration.seconds(-1), Duration.seconds(1)), (.seconds(1), .zero), (.seconds(1), .seconds(-5))])
    func `refuses times that cannot work`(propagation: Duration, overlap: Duration) async throws {
        let keys = try store()
        let error = await #expect(throws: KeyStoreError.self) {
            try await keys.rotate(propagation: propagation, overlap: overlap)
        }
        guard case .scheduleInvalid? = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(keys.keySet.keys.count == 1)
    }

    @Test(arguments: [
        (Duration.zero, Duration.seconds(60), Duration.zero), (.seconds(60), .seconds(60), .seconds(60)),
        (.seconds(60), .seconds(6000), .zero), (.seconds(60), .zero, .zero),
    ])
    func `refuses a period that cannot work`(period: Duration, overlap: Duration, propagation: Duration) async throws {
        let keys = try store()
        await #expect(throws: KeyStoreError.self) {
            try await keys.rotate(
                every: period, overlap: overlap, propagation: propagation, sleep: clock.sleep(until: clock.now))
        }
    }

    @Test func `rotates again and again until it is cancelled`() async throws {
        let keys = try store()
        let start = clock.now
        try await keys.rotate(
            every: .seconds(86_400), overlap: .seconds(3600), propagation: .seconds(600),
            sleep: clock.sleep(until: start.addingTimeInterval(10.5 * 86_400)))
        // One key a day: the tenth change was due on the tenth day.
        let newest = try #require(keys.keySet.storedKeys.compactMap(\.schedule.activeFrom).max())
        #expect(newest.timeIntervalSince(start) == 10 * 86_400)
        #expect(keys.keySet.storedKeys.count <= 3)
    }

    @Test func `catches up with one rotation after a long stop`() async throws {
        let keys = try store()
        try await keys.rotate(propagation: .zero)
        clock.advance(.seconds(30 * 86_400))
        try await keys.rotate(every: .seconds(86_400), sleep: clock.sleep(until: clock.now))
        #expect(keys.keySet.storedKeys.filter { $0.schedule.state(at: clock.now) == .pending }.count == 1)
    }

    @Test func `a token that outlives the overlap keeps its key alive`() async throws {
        let keys = try store()
        let tokens = JWTBuilder(keys: keys, clock: clock.read)
        let early = try await tokens.lifetime(.seconds(50_000)).build()
        try await keys.rotate(propagation: .seconds(300), overlap: .seconds(10))
        let late = try await tokens.lifetime(.seconds(90_000)).build()
        #expect(keys.keySet.signingKey(at: clock.now)?.kid == "first")
        clock.advance(.seconds(49_999))
        #expect(throws: Never.self) { try tokens.validationParameters.verify(early.token) }
        clock.advance(.seconds(40_000))
        #expect(throws: Never.self) { try tokens.validationParameters.verify(late.token) }
    }

    @Test func `says so when no key signs`() async throws {
        let directory = try TemporaryDirectory()
        let jwk = try #require(try SigningKey.generated(.es256, kid: "p").verificationKey.publicJWK)
        try directory.write(jwk.json(), to: "p.jwk.json")
        let keys = try KeyStore(directory: directory.path, clock: clock.read)
        await #expect(throws: JWTBuilderError.signingKeyMissing) {
            try await JWTBuilder(keys: keys, clock: clock.read).build()
        }
        await #expect(throws: KeyStoreError.signingKeyMissing) { try await keys.rotate() }
        let kid = try await keys.rotate(algorithm: .es256, propagation: .zero)
        #expect(keys.keySet.signingKey(at: clock.now)?.kid == kid)
    }

    /// A walk through days of rotations, with tokens of random lifetimes that are all verified at random instants.
    @Test(arguments: [1, 2, 3, 4, 5, 6, 7, 8] as [UInt64])
    func `every token verifies until it ends whatever rotations happen`(seed: UInt64) async throws {
        var random = SplitMix(state: seed)
        let keys = try store()
        let tokens = JWTBuilder(keys: keys, clock: clock.read)
        var issued: [IssuedToken] = []
        var kids: Set<String> = []
        for _ in 0..<600 {
            clock.advance(.seconds(Int.random(in: 0..<400, using: &random)))
            switch Int.random(in: 0..<10, using: &random) {
            case 0:
                let propagation = Duration.seconds(Int.random(in: 0..<1000, using: &random))
                try await keys.rotate(
                    propagation: propagation, overlap: .seconds(Int.random(in: 1..<4000, using: &random)))
            case 1..<5:
                let lifetime = Duration.seconds(Int.random(in: 1..<5000, using: &random))
                issued.append(try await tokens.lifetime(lifetime).build())
            default: break
            }
            issued.removeAll { $0.expires <= clock.now }
            for token in issued {
                let verified = try tokens.validationParameters.verify(token.token)
                if let kid = verified.header.kid { kids.insert(kid) }
            }
        }
        #expect(kids.count > 10)
        #expect(keys.keySet.storedKeys.count < 60)
    }

    /// Sebastiano Vigna's generator, so that a failure can be repeated.
    private struct SplitMix: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var mixed = state
            mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
            mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
            return mixed ^ (mixed >> 31)
        }
    }
}
