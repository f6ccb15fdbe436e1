import FoundationEssentials
import Synchronization
import Testing

@testable import ApusJOSE

@Suite struct RenewalTests {
    /// A clock that a test moves.
    private final class Clock: Sendable {
        private let seconds = Mutex(Forge.now)

        var read: @Sendable () -> Date {
            { Date(timeIntervalSince1970: self.seconds.withLock { $0 }) }
        }

        func advance(_ seconds: Double) {
            self.seconds.withLock { $0 += seconds }
        }
    }

    private let clock = Clock()
    private let tokens: JWTBuilder

    init() throws {
        tokens = JWTBuilder(keys: try KeyStore(Forge.key()), clock: clock.read).issuer("i").audience("a")
    }

    private func verified(_ issued: IssuedToken) throws -> VerifiedToken {
        try tokens.validationParameters.verify(issued.token)
    }

    @Test func `keeps the order of the claims`() async throws {
        let first = try await tokens.subject("s").identifier("1").build()
        clock.advance(100)
        let second = try await tokens.renew(try verified(first))
        #expect(second.claims.members.names == ["iss", "aud", "sub", "jti", "iat", "nbf", "exp"])
        #expect(try verified(second).claims.members.members == second.claims.members.members)
    }

    @Test func `keeps the claims and renews the times`() async throws {
        let first = try await tokens.subject("s").claim(.role, ["x", "y"]).claim("n", 5).build()
        clock.advance(100)
        let second = try await tokens.renew(try verified(first))
        #expect(second.issuedAt == first.issuedAt + 100)
        #expect(second.notBefore == first.issuedAt + 100)
        #expect(second.expires == first.expires + 100)
        #expect(second.expiresIn == 3600)
        for name: ClaimName in ["iss", "aud", "sub", "role", "n"] {
            #expect(second.claims[name] == first.claims[name])
        }
        #expect(second.claims.members.names == first.claims.members.names)
        #expect(try verified(second).claims.subject == "s")
    }

    /// A whole number may be longer than any `Int`, such as an identifier that another service gave (RFC 8259 §6).
    @Test(arguments: ["12345678901234567890", "-12345678901234567890", "9223372036854775808"])
    func `keeps every digit of a claim`(digits: String) async throws {
        let number = try JSONValue.parse(digits)
        let first = try await tokens.claim("n", number).build()
        let payload = try #require(first.token.split(separator: ".").dropFirst().first)
        #expect(String(decoding: try Base64URL.decode(String(payload)), as: UTF8.self).contains(#""n":\#(digits)"#))
        let token = try verified(first)
        #expect(token.claims["n"] == number && token.claims["n"]?.description == digits)
        let second = try verified(try await tokens.renew(token))
        #expect(second.claims["n"] == number && second.claims["n"]?.description == digits)
    }

    @Test(arguments: [1, 2, 3])
    func `does not multiply audiences`(times: Int) async throws {
        var issued = try await tokens.audience("a", "b").build()
        for _ in 0..<times { issued = try await tokens.renew(try verified(issued)) }
        #expect(issued.claims[.audience] == ["a", "b"])
    }

    @Test func `gives a new identifier if there was one`() async throws {
        let with = try await tokens.identifier("one").build()
        let renewed = try #require(try await tokens.renew(try verified(with)).claims.identifier)
        #expect(renewed != "one")
        let without = try await tokens.build()
        #expect(try await tokens.renew(try verified(without)).claims.identifier == nil)
    }

    @Test func `takes the claims of the token and not of the builder`() async throws {
        let first = try await tokens.subject("alice").build()
        let second = try await tokens.subject("mallory").claim(.role, "admin").renew(try verified(first))
        #expect(second.claims.subject == "alice")
        #expect(second.claims[.role] == nil)
    }

    @Test func `does not vouch for the token of another issuer`() async throws {
        let foreign = try Forge.parameters().verify(try Forge.token())
        await #expect(throws: TokenError.issuerInvalid("KestrunApi")) { try await tokens.renew(foreign) }
        await #expect(throws: Never.self) { try await tokens.issuer("KestrunApi").renew(foreign) }
        var parameters = tokens.validationParameters
        parameters.issuers = []
        parameters.audiences = []
        let anonymous = try parameters.verify(try Forge.token(payload: #"{"exp":1767326645}"#))
        await #expect(throws: TokenError.issuerInvalid("")) { try await tokens.renew(anonymous) }
    }

    @Test func `keeps auth_time`() async throws {
        let first = try await tokens.claim(.authenticationTime, 1_767_000_000).build()
        let second = try await tokens.renew(try verified(first))
        #expect(second.claims[.authenticationTime] == 1_767_000_000)
    }

    @Test func `refuses a token that has ended since it was verified`() async throws {
        let token = try verified(try await tokens.build())
        clock.advance(3600 + 59)
        await #expect(throws: Never.self) { try await tokens.renew(token) }
        clock.advance(1)
        await #expect(throws: TokenError.expired(at: Date(timeIntervalSince1970: Forge.now + 3600))) {
            try await tokens.renew(token)
        }
    }

    @Test func `stops at the maximum total lifetime, counted from the first issue`() async throws {
        let capped = tokens.maximumTotalLifetime(.seconds(7200))
        let first = try await capped.build()
        #expect(first.expiresIn == 3600)
        clock.advance(3000)
        let second = try await capped.renew(try verified(first))
        #expect(second.expiresIn == 3600)
        #expect(second.claims[.authenticationTime]?.double == Forge.now)
        clock.advance(3000)
        let third = try await capped.renew(try verified(second))
        #expect(third.expiresIn == 1200)
        #expect(third.claims[.authenticationTime]?.double == Forge.now)
        clock.advance(1199)
        #expect(try await capped.renew(try verified(third)).expiresIn == 1)
        clock.advance(1)
        await #expect(throws: TokenError.lifetimeCapReached(at: Date(timeIntervalSince1970: Forge.now + 7200))) {
            try await capped.renew(try verified(third))
        }
    }

    @Test func `counts the maximum total lifetime from auth_time if there is one`() async throws {
        let capped = tokens.maximumTotalLifetime(.seconds(600))
        let login = Date(timeIntervalSince1970: Forge.now - 500)
        let first = try await capped.claim(.authenticationTime, login).build()
        #expect(first.expiresIn == 100)
        #expect(try await capped.renew(try verified(first)).expires == login + 600)
        await #expect(throws: TokenError.lifetimeCapReached(at: login + 500)) {
            try await tokens.maximumTotalLifetime(.seconds(500)).claim(.authenticationTime, login).build()
        }
    }

    @Test func `refuses to guess when a login began`() async throws {
        let capped = tokens.issuer("KestrunApi").maximumTotalLifetime(.seconds(7200))
        let parameters = try Forge.parameters()
        let undated = try parameters.verify(try Forge.token())
        await #expect(throws: TokenError.claimMissing("iat")) { try await capped.renew(undated) }
        let misdated = try parameters.verify(
            try Forge.token(payload: Forge.claims.dropLast() + #","iat":1767323045,"auth_time":"noon"}"#)
        )
        await #expect(throws: TokenError.claimMalformed("auth_time")) { try await capped.renew(misdated) }
    }

    @Test func `throws the builder's mistake`() async throws {
        let token = try verified(try await tokens.build())
        await #expect(throws: JWTBuilderError.headerNotAllowed("alg")) {
            try await tokens.header("alg", "none").renew(token)
        }
    }
}
