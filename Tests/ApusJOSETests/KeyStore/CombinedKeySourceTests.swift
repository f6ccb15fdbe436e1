import FoundationEssentials
import Synchronization
import Testing

@testable import ApusJOSE

@Suite struct CombinedKeySourceTests {
    private let clock = HandClock()
    private let own: KeyStore
    private let partner: KeyStore

    init() throws {
        // One identifier in both: only the issuer tells the keys apart.
        own = try KeyStore(.hmac(generated: .hs256, kid: "k"), clock: clock.read)
        partner = try KeyStore(.hmac(generated: .hs256, kid: "k"), clock: clock.read)
    }

    private func parameters(_ sources: [String: any KeySource]) -> ValidationParameters {
        ValidationParameters(
            keys: CombinedKeySource(sources), issuers: ["own", "partner", "third"], clock: clock.read)
    }

    private func token(_ keys: KeyStore, issuer: String?) async throws -> String {
        let tokens = JWTBuilder(keys: keys, clock: clock.read)
        return try await (issuer.map { tokens.issuer($0) } ?? tokens).build().token
    }

    @Test func `the issuer chooses the keys`() async throws {
        let parameters = parameters(["own": own, "partner": partner])
        _ = try parameters.verify(try await token(own, issuer: "own"))
        _ = try parameters.verify(try await token(partner, issuer: "partner"))
    }

    @Test func `a key of one issuer verifies no token of another`() async throws {
        let parameters = parameters(["own": own, "partner": partner])
        for (keys, issuer) in [(own, "partner"), (partner, "own")] {
            let token = try await token(keys, issuer: issuer)
            #expect(throws: TokenError.signatureInvalid) { try parameters.verify(token) }
        }
    }

    @Test(arguments: ["third", "OWN", "own ", "", nil])
    func `an issuer that is not listed has no keys`(issuer: String?) async throws {
        let parameters = parameters(["own": own, "partner": partner])
        let token = try await token(own, issuer: issuer)
        #expect(throws: TokenError.keyNotFound) { try parameters.verify(token) }
        await #expect(throws: TokenError.keyNotFound) { try await parameters.validate(token) }
    }

    // U+212A KELVIN SIGN equals "K" to Swift.
    @Test func `an issuer is compared octet by octet`() async throws {
        let parameters = parameters(["K": own])
        let token = try await token(own, issuer: "\u{212A}")
        #expect(throws: TokenError.keyNotFound) { try parameters.verify(token) }
    }

    @Test func `only the source of the token's issuer is asked for newer keys`() async throws {
        let (first, second) = (AskedSource(), AskedSource())
        let parameters = parameters(["own": first, "partner": second])
        let token = try await token(own, issuer: "own")
        await #expect(throws: TokenError.keyNotFound) { try await parameters.validate(token) }
        #expect(first.reasons == [.unknownKey(kid: "k", issuer: "own")])
        #expect(second.reasons.isEmpty)
    }

    @Test func `a source is asked once for a token, and not for what newer keys would not change`() async throws {
        let source = AskedSource(says: true)
        var parameters = ValidationParameters(keys: source, clock: clock.read)
        let token = try await token(own, issuer: nil)
        await #expect(throws: TokenError.keyNotFound) { try await parameters.validate(token) }
        #expect(source.reasons == [.unknownKey(kid: "k", issuer: nil)])
        parameters.algorithms = [.hs512]
        await #expect(throws: TokenError.algorithmNotAllowed("HS256")) { try await parameters.validate(token) }
        await #expect(throws: TokenError.malformed) { try await parameters.validate("x") }
        #expect(source.reasons.count == 1)
    }

    @Test func `nothing is asked for a token that verifies, or whose signature is wrong`() async throws {
        let source = AskedSource(own.keySet)
        let parameters = ValidationParameters(keys: source, clock: clock.read)
        _ = try await parameters.validate(try await token(own, issuer: nil))
        let forged = try await token(partner, issuer: nil)
        await #expect(throws: TokenError.signatureInvalid) { try await parameters.validate(forged) }
        #expect(source.reasons.isEmpty)
    }

    /// A source that notes why it is asked.
    private final class AskedSource: KeySource {
        private let keys: KeySet?
        private let answer: Bool
        private let asked = Mutex<[KeyRefreshReason]>([])

        init(_ keys: KeySet? = nil, says answer: Bool = false) {
            self.keys = keys
            self.answer = answer
        }

        var reasons: [KeyRefreshReason] { asked.withLock { $0 } }

        func keySet(forIssuer issuer: String?) -> KeySet? { keys }

        func refresh(_ reason: KeyRefreshReason) async -> Bool {
            asked.withLock { $0.append(reason) }
            return answer
        }
    }
}
