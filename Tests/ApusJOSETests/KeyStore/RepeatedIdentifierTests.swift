import FoundationEssentials
import Testing

@testable import ApusJOSE

/// RFC 7517 §4.5: identifiers in the set of somebody else may repeat, and one key too many takes no other along.
@Suite struct RepeatedIdentifierTests {
    private let clock = HandClock()
    private let fetcher = HeldFetcher()
    private let events = CollectedEvents()
    private let remote: RemoteKeySet

    init() throws {
        remote = try RemoteKeySet(
            "https://partner.example/jwks", fetcher: fetcher, clock: clock.read,
            sleep: { _ in try await HeldFetcher.untilCancelled() }, onEvent: events.collect)
    }

    private func publish(_ keys: String...) async {
        fetcher.answer(KeySetAnswer(status: 200, body: [UInt8](#"{"keys":[\#(keys.joined(separator: ","))]}"#.utf8)))
        #expect(await remote.refresh(.unknownKey(kid: "?", issuer: nil)))
        #expect(events.failures == 0)
    }

    private func publicKey(_ key: SigningKey) throws -> String {
        try #require(key.verificationKey.publicJWK).json()
    }

    private func isAccepted(_ key: SigningKey) async throws -> Bool {
        let token = try await JWTBuilder(keys: KeyStore(key, clock: clock.read), clock: clock.read).build().token
        return (try? ValidationParameters(keys: remote, clock: clock.read).verify(token)) != nil
    }

    private var ambiguous: [String] {
        events.collected.flatMap { event -> [String] in
            if case .ambiguousKeys(_, let kids) = event { return kids }
            return []
        }
    }

    @Test func `an encryption key under the same identifier does not count`() async throws {
        let key = try SigningKey.generated(.rs256, kid: "1")
        // The key of RFC 7517 A.1 with `use` enc.
        await publish(RFCKeys.ecPublic, try publicKey(key))
        #expect(try await isAccepted(key))
        #expect(ambiguous.isEmpty)
    }

    @Test func `of keys of different types the token's algorithm says which`() async throws {
        let keys = try [SignatureAlgorithm.rs256, .es256, .edDSA].map { try SigningKey.generated($0, kid: "1") }
        await publish(try publicKey(keys[0]), try publicKey(keys[1]), try publicKey(keys[2]))
        for key in keys { #expect(try await isAccepted(key)) }
        #expect(try await isAccepted(.generated(.es256, kid: "1")) == false)
        #expect(try await isAccepted(.generated(.es384, kid: "1")) == false)
        #expect(ambiguous.isEmpty)
    }

    @Test func `two keys of one algorithm are left out, and the others stay`() async throws {
        let (one, two) = (try SigningKey.generated(.es256, kid: "1"), try SigningKey.generated(.es256, kid: "1"))
        let other = try SigningKey.generated(.es256, kid: "2")
        await publish(try publicKey(one), try publicKey(two), try publicKey(other))
        #expect(try await isAccepted(one) == false)
        #expect(try await isAccepted(two) == false)
        #expect(try await isAccepted(other))
        #expect(ambiguous == ["1"])
    }

    @Test func `a key that is there twice is one`() async throws {
        let key = try SigningKey.generated(.edDSA, kid: "1")
        await publish(try publicKey(key), try publicKey(key))
        #expect(try await isAccepted(key))
        #expect(ambiguous.isEmpty)
    }

    // U+212A KELVIN SIGN, which Swift's == takes for K.
    @Test func `identifiers that are only equivalent harm nobody else`() async throws {
        let (one, two) = (try SigningKey.generated(.edDSA, kid: "K"), try SigningKey.generated(.es256, kid: "\u{212A}"))
        let other = try SigningKey.generated(.es256, kid: "2")
        await publish(try publicKey(one), try publicKey(two), try publicKey(other))
        #expect(try await isAccepted(other))
    }
}
