import FoundationEssentials
import Synchronization
import Testing

@testable import ApusJOSE

@Suite struct RemoteKeySetTests {
    private let clock = HandClock()
    private let fetcher = HeldFetcher()
    private let events = CollectedEvents()

    private func remote(_ limits: RemoteKeySet.Limits = RemoteKeySet.Limits()) throws -> RemoteKeySet {
        try RemoteKeySet(
            "https://partner.example/jwks", fetcher: fetcher, limits: limits, clock: clock.read,
            sleep: { _ in try await HeldFetcher.untilCancelled() }, onEvent: events.collect)
    }

    private func unknown(_ kid: String?) -> KeyRefreshReason { .unknownKey(kid: kid, issuer: nil) }

    @Test(arguments: ["http://partner.example/jwks", "partner.example", "https://", "file:///etc/passwd", ""])
    func `refuses an address without https`(url: String) {
        #expect(throws: KeyStoreError.addressInvalid(url)) { try RemoteKeySet(url, fetcher: fetcher) }
    }

    @Test func `a token waits for the first fetch and goes on`() async throws {
        let issuer = try Issuer(clock, "a")
        fetcher.answer(try issuer.answer())
        let parameters = ValidationParameters(keys: try remote(), clock: clock.read)
        let token = try await issuer.token()
        #expect(throws: TokenError.keyNotFound) { try parameters.verify(token) }
        await #expect(throws: Never.self) { try await parameters.validate(token) }
        #expect(throws: Never.self) { try parameters.verify(token) }
        #expect(fetcher.count == 1)
    }

    @Test func `an unknown key is fetched once and the same token goes on`() async throws {
        let (old, new) = (try Issuer(clock, "a"), try Issuer(clock, "b"))
        fetcher.answer(try old.answer())
        fetcher.answer(try old.answer(with: new))
        let parameters = ValidationParameters(keys: try remote(), clock: clock.read)
        _ = try await parameters.validate(old.token())
        clock.advance(.seconds(30))
        _ = try await parameters.validate(new.token())
        #expect(fetcher.count == 2)
    }

    @Test func `one fetch serves a hundred who wait, and a cancelled one does not end it`() async throws {
        let issuer = try Issuer(clock, "a")
        let remote = try remote()
        let parameters = ValidationParameters(keys: remote, clock: clock.read)
        let token = try await issuer.token()
        fetcher.hold()
        fetcher.answer(try issuer.answer())
        let first = Task { try await parameters.validate(token) }
        await fetcher.untilAsked()
        first.cancel()
        let verified = await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<100 { group.addTask { (try? await parameters.validate(token)) != nil } }
            // Every waiter reaches the actor before the answer may come.
            for _ in 0..<200 { await Task.yield() }
            fetcher.release()
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(verified == 100)
        #expect(fetcher.count == 1)
        _ = await first.result
    }

    @Test func `asks no more than once per cooldown, whatever tokens name`() async throws {
        let issuer = try Issuer(clock, "a")
        let remote = try remote()
        for _ in 0..<3 { fetcher.answer(try issuer.answer()) }
        #expect(await remote.refresh(unknown("a")))
        for number in 0..<50 { #expect(await remote.refresh(unknown("x\(number)")) == false) }
        #expect(fetcher.count == 1)
        clock.advance(.seconds(29))
        #expect(await remote.refresh(unknown("x")) == false)
        #expect(await remote.refresh(unknown("a")), "a fetch for another token found it")
        #expect(fetcher.count == 1)
        clock.advance(.seconds(1))
        _ = await remote.refresh(unknown("x"))
        #expect(fetcher.count == 2)
        #expect(await remote.refresh(unknown(nil)) == false)
        #expect(fetcher.count == 2)
    }

    @Test func `an algorithm that does not exist or is not allowed causes no fetch`() async throws {
        let parameters = ValidationParameters(keys: try remote(), clock: clock.read)
        for name in ["none", "XS256", ""] {
            let token = try Forge.token(header: #"{"alg":"\#(name)","kid":"x"}"#)
            await #expect(throws: TokenError.algorithmNotAllowed(name)) { try await parameters.validate(token) }
        }
        await #expect(throws: TokenError.malformed) { try await parameters.validate("x.y") }
        #expect(fetcher.count == 0)
    }

    // RFC 9111 §5.2.2.1, within limits of one's own.
    @Test(
        arguments: [(nil, 3600), (0, 300), (299, 300), (301, 301), (7200, 7200), (1_000_000, 86_400)] as [(Int?, Int)])
    func `believes a set as long as its server says, within limits`(seconds: Int?, expected: Int) async throws {
        let issuer = try Issuer(clock, "a")
        let remote = try remote()
        fetcher.answer(try issuer.answer(maximumAge: seconds.map { .seconds($0) }))
        #expect(await remote.refresh(unknown("a")))
        clock.advance(.seconds(expected) - .milliseconds(1))
        #expect(remote.keySet(forIssuer: nil) != nil)
        clock.advance(.milliseconds(1))
        #expect(remote.keySet(forIssuer: nil) == nil)
    }

    @Test func `a set that is too old is fetched anew, and a key that left it is refused`() async throws {
        let (old, new) = (try Issuer(clock, "a"), try Issuer(clock, "b"))
        fetcher.answer(try old.answer())
        fetcher.answer(try new.answer())
        let parameters = ValidationParameters(keys: try remote(), clock: clock.read)
        _ = try await parameters.validate(old.token())
        clock.advance(.seconds(3600))
        let token = try await old.token()
        await #expect(throws: TokenError.keyNotFound) { try await parameters.validate(token) }
        #expect(fetcher.count == 2)
    }

    @Test func `the last good set stays in use for a day while fetching fails`() async throws {
        let issuer = try Issuer(clock, "a")
        fetcher.answer(try issuer.answer())
        let parameters = ValidationParameters(keys: try remote(), clock: clock.read)
        _ = try await parameters.validate(issuer.token())
        clock.advance(.seconds(3600))
        for _ in 0..<24 {
            _ = try await parameters.validate(issuer.token())
            clock.advance(.seconds(3599))
        }
        clock.advance(.seconds(24))
        let token = try await issuer.token()
        await #expect(throws: TokenError.keyNotFound) { try await parameters.validate(token) }
        fetcher.answer(try issuer.answer())
        clock.advance(.seconds(30))
        _ = try await parameters.validate(issuer.token())
        #expect(events.failures == 25)
    }

    @Test func `a set that did not change is confirmed by its entity tag`() async throws {
        let issuer = try Issuer(clock, "a")
        let remote = try remote()
        fetcher.answer(try issuer.answer(entityTag: #""v1""#))
        fetcher.answer(KeySetAnswer(status: 304, body: [], maximumAge: .seconds(600)))
        fetcher.answer(KeySetAnswer(status: 304, body: []))
        #expect(await remote.refresh(unknown("a")))
        for seconds in [3600, 600] {
            clock.advance(.seconds(seconds))
            #expect(await remote.refresh(.age))
            #expect(remote.keySet(forIssuer: nil)?.storedKey(for: "a") != nil)
        }
        #expect(fetcher.requests.map(\.entityTag) == [nil, #""v1""#, #""v1""#])
        #expect(fetcher.requests.allSatisfy { $0.maximumOctets == 524_288 && $0.timeLimit == .seconds(5) })
    }

    static let useless: [KeySetAnswer] = [
        KeySetAnswer(status: 404, body: []), KeySetAnswer(status: 304, body: []), KeySetAnswer(status: 302, body: []),
        KeySetAnswer(status: 200, body: []), KeySetAnswer(status: 200, body: [UInt8]("<html>".utf8)),
        KeySetAnswer(status: 200, body: [UInt8]("{}".utf8)),
        KeySetAnswer(status: 200, body: [UInt8](#"{"keys":1}"#.utf8)),
        KeySetAnswer(status: 200, body: [UInt8](repeating: 0x20, count: 524_289)),
        KeySetAnswer(
            status: 200,
            body: [UInt8](#"{"keys":[\#([String](repeating: "{}", count: 101).joined(separator: ","))]}"#.utf8)),
    ]

    @Test(arguments: useless)
    func `an answer that is no acceptable set leaves the last good one`(answer: KeySetAnswer) async throws {
        let issuer = try Issuer(clock, "a")
        let remote = try remote()
        if answer.status != 304 {
            fetcher.answer(try issuer.answer())
            #expect(await remote.refresh(unknown("a")))
        }
        clock.advance(.seconds(30))
        fetcher.answer(answer)
        _ = await remote.refresh(unknown("b"))
        #expect(events.failures == 1)
        #expect((remote.keySet(forIssuer: nil)?.storedKey(for: "a") != nil) == (answer.status != 304))
    }

    // A set that everybody can read holds no secrets; the second key is that of RFC 7517 A.3, the third of A.1 (`use` enc).
    @Test func `keys that are no public keys for signatures are left out`() async throws {
        let own = try #require(try Issuer(clock, "a").key.verificationKey.publicJWK)
        let secret =
            #"{"kty":"oct","kid":"secret","k":"AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0i"}"#
        let encryption = """
            {"kty":"EC","crv":"P-256","x":"MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4",\
            "y":"4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM","use":"enc","kid":"1"}
            """
        let remote = try remote()
        fetcher.answer(
            KeySetAnswer(
                status: 200, body: [UInt8](#"{"keys":[\#(try own.json()),\#(secret),\#(encryption),{"kty":"X"}]}"#.utf8)
            ))
        #expect(await remote.refresh(unknown("a")))
        #expect(remote.keySet(forIssuer: nil)?.storedKeys.map(\.kid) == ["a"])
    }

    @Test func `a fetch that takes too long ends`() async throws {
        let remote = try RemoteKeySet(
            "https://partner.example/jwks", fetcher: fetcher, clock: clock.read, sleep: { _ in },
            onEvent: events.collect)
        fetcher.hold()
        #expect(await remote.refresh(unknown("a")) == false)
        #expect(events.failures == 1)
    }

    @Test func `a set is fetched before it is too old, so that nobody waits`() async throws {
        let issuer = try Issuer(clock, "a")
        for _ in 0..<30 { fetcher.answer(try issuer.answer()) }
        let end = clock.now.addingTimeInterval(10 * 3600)
        let keeper = try RemoteKeySet(
            "https://partner.example/jwks", fetcher: fetcher, clock: clock.read,
            sleep: { [clock] duration in
                // The time limit of a fetch never passes here.
                if duration == .seconds(5) { return try await HeldFetcher.untilCancelled() }
                try await clock.sleep(until: end)(duration)
            }, onEvent: events.collect)
        await keeper.keepFresh()
        #expect(keeper.keySet(forIssuer: nil) != nil)
        #expect((12...14).contains(fetcher.count))
        #expect(events.failures == 0)
    }
}
