import FoundationEssentials
import Testing

@testable import ApusJOSE

/// A builder makes no token that has ended before anybody can use it.
@Suite struct PastTokenTests {
    private let tokens: JWTBuilder

    init() throws {
        tokens = JWTBuilder(keys: try KeyStore(Forge.key()), clock: Forge.clock()).lifetime(.seconds(60))
    }

    @Test(arguments: [60.0, 61, 3600, 1e9])
    func `refuses a not-before that lies further back than the lifetime`(seconds: Double) async throws {
        let begin = Forge.date.addingTimeInterval(-seconds)
        let end = begin.addingTimeInterval(60)
        let error = await #expect(throws: JWTBuilderError.alreadyExpired(at: end)) {
            try await tokens.notBefore(begin).build()
        }
        #expect(error?.description.contains("notBefore") == true)
    }

    @Test(arguments: [59.0, 1, 0, -3600])
    func `makes a token that lives a second at least`(seconds: Double) async throws {
        let issued = try await tokens.notBefore(Forge.date.addingTimeInterval(-seconds)).build()
        #expect(issued.expiresIn == Int(60 - seconds))
    }

    @Test func `a user whose total lifetime is over is told so, however far back the token would begin`() async throws {
        let start = Forge.date.addingTimeInterval(-1000)
        await #expect(throws: TokenError.lifetimeCapReached(at: start.addingTimeInterval(900))) {
            try await tokens.claim(.authenticationTime, start).maximumTotalLifetime(.seconds(900))
                .notBefore(start).lifetime(.seconds(2000)).build()
        }
    }
}
