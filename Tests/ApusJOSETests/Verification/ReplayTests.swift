import FoundationEssentials
import Testing

@testable import ApusJOSE

/// One token shown twice, be it as it was or in a second text: what tells it is its `jti`, never its text.
@Suite struct ReplayTests {
    private let clock = HandClock()

    @Test func `replay: a token that is revoked once it was used is refused at its second showing`() async throws {
        let keys = try KeyStore(.hmac(generated: .hs256, kid: "k"), clock: clock.read)
        let tokens = JWTBuilder(keys: keys, clock: clock.read).issuer("me").audience("you").lifetime(.seconds(100))
        let parameters = tokens.validationParameters
        let once = try await tokens.identifier("once").build()
        let other = try await tokens.identifier("other").build()

        let shown = try parameters.verify(once.token)
        let identifier = try #require(shown.claims.identifier)
        let end = try #require(shown.usableUntil)
        try await keys.revoke(tokenID: identifier, until: end)
        #expect(throws: TokenError.revoked) { try parameters.verify(once.token) }
        await #expect(throws: TokenError.revoked) { try await parameters.validate(once.token) }
        #expect(throws: Never.self) { try parameters.verify(other.token) }

        // The entry lasts exactly as long as the token could be used again.
        clock.advance(.seconds(159.5))
        #expect(throws: TokenError.revoked) { try parameters.verify(once.token) }
        clock.advance(.seconds(0.5))
        #expect(throws: TokenError.expired(at: once.expires)) { try parameters.verify(once.token) }
    }

    // The orders of the groups: SEC 2 §2.4.1, and FIPS 186-4 §D.1.2.
    @Test(arguments: [
        (SignatureAlgorithm.es256, "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551"),
        (
            .es384,
            "ffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973"
        ),
        (
            .es512,
            "01fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffa51868783bf2f966b7fcc0148f709a5d03bb5c9b8"
                + "899c47aebb6fb71e91386409"
        ),
        (.es256K, "fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141"),
    ])
    func `ECDSA malleability (n−s): the twin verifies, and is refused with the token when its jti is`(
        algorithm: SignatureAlgorithm, order: String
    ) async throws {
        let keys = try KeyStore(.generated(algorithm), clock: clock.read)
        let tokens = JWTBuilder(keys: keys, clock: clock.read).issuer("me").audience("you").identifier("one")
        let token = try await tokens.build().token
        let twin = try Self.twin(of: token, order: order.octetsOfHexadecimal)
        #expect(twin != token)
        let parameters = tokens.validationParameters
        #expect(try parameters.verify(twin).claims.members == parameters.verify(token).claims.members)
        #expect(try Self.twin(of: twin, order: order.octetsOfHexadecimal) == token)

        try await keys.revoke(tokenID: "one", until: .distantFuture)
        for text in [token, twin] {
            #expect(throws: TokenError.revoked) { try parameters.verify(text) }
        }
    }

    /// The token with the other signature that holds for the same key: r and n−s instead of r and s.
    private static func twin(of token: String, order: [UInt8]) throws -> String {
        let dot = try #require(token.lastIndex(of: "."))
        let signature = try Base64URL.decode(String(token[dot...].dropFirst()))
        try #require(signature.count == 2 * order.count)
        var difference = order
        var borrow = 0
        for position in order.indices.reversed() {
            let digit = Int(order[position]) - Int(signature[order.count + position]) - borrow
            borrow = digit < 0 ? 1 : 0
            difference[position] = UInt8(truncatingIfNeeded: digit)
        }
        return String(token[...dot]) + Base64URL.encode([UInt8](signature.prefix(order.count) + difference))
    }
}
