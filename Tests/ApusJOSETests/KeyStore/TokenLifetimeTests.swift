import FoundationEssentials
import Testing

@testable import ApusJOSE

/// A key is accepted until the last token under it has ended, whoever signed that and whoever rotates.
@Suite struct TokenLifetimeTests {
    private let clock = HandClock()
    private let directory: TemporaryDirectory

    init() throws {
        directory = try TemporaryDirectory()
    }

    private func open() throws -> KeyStore {
        try KeyStore(directory: directory.path, clock: clock.read)
    }

    @Test(arguments: [false, true])
    func `another process's rotation lets a long token live`(startsLater: Bool) async throws {
        let early = startsLater ? nil : try open()
        let one = try open()
        let token = try await JWTBuilder(keys: one, clock: clock.read).lifetime(.seconds(86_400)).build()
        let two = if let early { early } else { try open() }
        try await two.rotate(propagation: .zero)
        clock.advance(.seconds(3661))
        for keys in [try open(), two] {
            #expect(throws: Never.self) { try ValidationParameters(keys: keys, clock: clock.read).verify(token.token) }
        }
        clock.advance(.seconds(86_400 - 3661 - 1))
        #expect(throws: Never.self) { try ValidationParameters(keys: two, clock: clock.read).verify(token.token) }
        clock.advance(.seconds(61))
        #expect(two.keySet.key(for: try #require(token.header.kid), at: clock.now) == nil)
    }

    @Test func `writes once for as many tokens as are no longer than one before`() async throws {
        let keys = try open()
        let tokens = JWTBuilder(keys: keys, clock: clock.read)
        _ = try await tokens.build()
        let name = try #require(directory.keyFiles.first)
        let text = try directory.text(name)
        #expect(text.contains(#""longestLifetime":3600"#))
        let stamp = try FileCall.stamp(directory.path + "/" + name)
        _ = try await tokens.build()
        _ = try await tokens.lifetime(.seconds(60)).build()
        #expect(try FileCall.stamp(directory.path + "/" + name) == stamp)
    }

    @Test(arguments: ["-1", #""long""#, "true", "1e300"])
    func `refuses a lifetime that is no number of seconds`(value: String) throws {
        let secret = String(repeating: "A", count: 42) + "E"
        try directory.write(
            #"{"kty":"oct","k":"\#(secret)","apus":{"activeFrom":1,"longestLifetime":\#(value)}}"#, to: "a.jwk.json")
        #expect(throws: KeyStoreError.self) { try open() }
    }

    @Test func `a key that another replaces at once ends after the overlap or its longest token`() async throws {
        let keys = try KeyStore(.hmac(generated: .hs256, kid: "a"), clock: clock.read)
        try await keys.add(.generated(.hs256, kid: "b"))
        try await keys.add(.generated(.hs256, kid: "c"))
        try await keys.use(kid: "b")
        let end = clock.now.addingTimeInterval(3660)
        #expect(keys.keySet.storedKey(for: "a")?.schedule.acceptedUntil == end)
        let token = try await JWTBuilder(keys: keys, clock: clock.read).lifetime(.seconds(50_000)).build()
        try await keys.use(kid: "c")
        #expect(keys.keySet.storedKey(for: "b")?.schedule.acceptedUntil == token.expires.addingTimeInterval(60))
        clock.advance(.seconds(3660))
        #expect(keys.keySet.key(for: "a", at: clock.now) == nil)
        #expect(throws: Never.self) { try ValidationParameters(keys: keys, clock: clock.read).verify(token.token) }
        try await keys.use(kid: "b")
        #expect(keys.keySet.storedKey(for: "b")?.schedule.acceptedUntil == nil)
        #expect(keys.keySet.storedKey(for: "a") == nil)
    }

    // Sealing does not wait, so its lifetime is written when the store looks at its directory.
    @Test(arguments: [false, true])
    func `what was sealed opens for its lifetime though another process rotates`(looksBetween: Bool) async throws {
        let keys = try open()
        let protector = DataProtector(keys, purpose: "test", lifetime: .seconds(86_400))
        let text = try protector.seal([1, 2, 3])
        try await keys.reload()
        let other = try open()
        // The second key has sealed nothing yet when the third takes over from it, but will have.
        try await other.rotate(propagation: .seconds(100))
        if looksBetween { try await keys.reload() }
        try await other.rotate(propagation: .seconds(200))
        try await keys.reload()
        clock.advance(.seconds(150))
        let second = try protector.seal([4])
        clock.advance(.seconds(86_400 - 151))
        #expect(try await protector.open(text) == [1, 2, 3])
        try await keys.reload()
        #expect(try await protector.open(text) == [1, 2, 3])
        clock.advance(.seconds(150))
        #expect(try await protector.open(second) == [4])
    }

    // With a day's rotation as it is set up in most services: the key that `use` put aside must not live for ever.
    @Test func `no key outlives its end when a service also switches by hand`() async throws {
        let keys = try KeyStore(.hmac(generated: .hs256, kid: "a"), clock: clock.read)
        try await keys.add(.generated(.hs256, kid: "b"))
        try await keys.use(kid: "b")
        try await keys.rotate(
            every: .seconds(86_400), sleep: clock.sleep(until: clock.now.addingTimeInterval(3 * 86_400)))
        #expect(keys.keySet.storedKey(for: "a") == nil && keys.keySet.storedKey(for: "b") == nil)
    }
}
