import FoundationEssentials
import Testing

@testable import ApusJOSE

@Suite struct KeySetPublishingTests {
    private let clock = HandClock()

    private func published(_ keys: KeyStore) throws -> [String] {
        try keys.keySet.publicJWKSet(at: clock.now).keys.compactMap(\.kid)
    }

    @Test func `publishes the keys that sign, that will, and that are accepted still`() async throws {
        let keys = try KeyStore(.generated(.es256, kid: "first"), clock: clock.read)
        let second = try await keys.rotate(propagation: .seconds(300), overlap: .seconds(3660))
        #expect(try published(keys) == ["first", second])
        clock.advance(.seconds(300))
        #expect(try published(keys) == ["first", second])
        clock.advance(.seconds(3660))
        #expect(try published(keys) == [second])
        try await keys.revoke(kid: second)
        #expect(try !published(keys).contains(second) && published(keys).count == 1)
    }

    @Test(arguments: [SignatureAlgorithm.es256, .es384, .edDSA, .ps256])
    func `publishes no private part`(algorithm: SignatureAlgorithm) throws {
        let json = try KeyStore(.generated(algorithm)).keySet.publicJWKSet(at: clock.now).json()
        let keys = try #require(try JSONValue.parse(json)["keys"]?.array)
        #expect(keys.count == 1)
        for name in ["d", "p", "q", "dp", "dq", "qi", "k", "oth"] { #expect(keys[0][name] == nil) }
    }

    @Test func `publishes nothing of shared secrets`() async throws {
        let keys = try KeyStore(.hmac(generated: .hs256), clock: clock.read)
        try await keys.rotate()
        #expect(try keys.keySet.publicJWKSet(at: clock.now).json() == #"{"keys":[]}"#)
    }
}
