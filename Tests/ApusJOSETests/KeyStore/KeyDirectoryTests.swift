import FoundationEssentials
import Testing

@testable import ApusJOSE

@Suite struct KeyDirectoryTests {
    private let clock = HandClock()
    private let directory: TemporaryDirectory
    private let events = CollectedEvents()

    init() throws {
        directory = try TemporaryDirectory()
    }

    private func open(allowsFilesOpenToOthers: Bool = false) throws -> KeyStore {
        try KeyStore(
            directory: directory.path, algorithm: .hs512, allowsFilesOpenToOthers: allowsFilesOpenToOthers,
            clock: clock.read, onEvent: events.collect)
    }

    private func kid(_ keys: KeyStore) throws -> String {
        try #require(keys.keySet.signingKey(at: clock.now)).kid
    }

    private static func jwk(_ kid: String, from seconds: Double? = nil, extra: String = "") -> String {
        let dates = seconds.map { #","apus":{"activeFrom":\#(Forge.now + $0),"note":"kept"}"# } ?? ""
        // The key of RFC 7515 A.1.1.
        let secret = "AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow"
        return #"{"kty":"oct","kid":"\#(kid)","alg":"HS256","k":"\#(secret)"\#(extra)\#(dates)}"#
    }

    @Test func `makes the first key of an empty directory, which signs at once`() throws {
        let keys = try open()
        let signer = try #require(keys.keySet.signingKey(at: clock.now))
        #expect(signer.algorithm == .hs512)
        #expect(directory.keyFiles == [signer.kid + ".jwk.json"])
        #expect(try directory.mode(of: signer.kid + ".jwk.json") == 0o600)
        #expect(try kid(try open()) == signer.kid)
    }

    @Test func `makes the directory for its owner alone`() throws {
        let inner = directory.path + "/inner"
        _ = try KeyStore(directory: inner)
        #expect(try directory.mode(of: "inner") == 0o700)
    }

    @Test func `signs with what the file says, so that others can verify`() async throws {
        try directory.write(Self.jwk("theirs", from: 0), to: "theirs.jwk.json")
        let keys = try open()
        let token = try await JWTBuilder(keys: keys, clock: clock.read).build().token
        let same = try SigningKey.hmac(
            base64URL: "AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow",
            algorithm: .hs256, kid: "theirs")
        let parameters = ValidationParameters(keys: try KeyStore(same), clock: clock.read)
        #expect(throws: Never.self) { try parameters.verify(token) }
    }

    @Test func `keeps the dates over a restart`() async throws {
        let keys = try open()
        let first = try kid(keys)
        let second = try await keys.rotate(propagation: .seconds(300), overlap: .seconds(3660))
        let again = try open()
        for kid in [first, second] {
            #expect(again.keySet.storedKey(for: kid)?.schedule == keys.keySet.storedKey(for: kid)?.schedule)
        }
        #expect(try kid(again) == first)
        clock.advance(.seconds(300))
        #expect(try kid(again) == second && kid(keys) == second)
        clock.advance(.seconds(3660))
        try await again.rotate()
        #expect(!directory.keyFiles.contains(first + ".jwk.json"))
    }

    @Test func `another store sees a rotation, and both switch at the same instant`() async throws {
        let (one, two) = (try open(), try open())
        let first = try kid(one)
        let second = try await one.rotate(propagation: .seconds(300))
        try await two.reload()
        for seconds in [0, 299, 1] {
            clock.advance(.seconds(seconds))
            #expect(try kid(one) == kid(two))
        }
        #expect(try kid(two) == second && second != first)
    }

    @Test func `a token under a key that another store made goes through without a reload`() async throws {
        let (one, two) = (try open(), try open())
        try await one.rotate(propagation: .zero)
        let token = try await JWTBuilder(keys: one, clock: clock.read).build().token
        let parameters = ValidationParameters(keys: two, clock: clock.read)
        #expect(throws: TokenError.keyNotFound) { try parameters.verify(token) }
        await #expect(throws: Never.self) { try await parameters.validate(token) }
        #expect(throws: Never.self) { try parameters.verify(token) }
    }

    @Test func `looks into the directory once a second at most, however many keys are unknown`() async throws {
        let (one, two) = (try open(), try open())
        #expect(await two.refresh(.unknownKey(kid: "x", issuer: nil)) == false)
        let second = try await one.rotate(propagation: .zero)
        #expect(await two.refresh(.unknownKey(kid: second, issuer: nil)) == false)
        clock.advance(.seconds(1))
        #expect(await two.refresh(.unknownKey(kid: second, issuer: nil)))
        #expect(await two.refresh(.unknownKey(kid: second, issuer: nil)))
        #expect(await two.refresh(.unknownKey(kid: "x", issuer: nil)) == false)
    }

    @Test func `of two stores that rotate by a period one makes the key`() async throws {
        let (one, two) = (try open(), try open())
        for _ in 0..<5 {
            clock.advance(.seconds(86_400))
            async let first: Void = one.rotate(every: .seconds(86_400), sleep: clock.sleep(until: clock.now))
            async let second: Void = two.rotate(every: .seconds(86_400), sleep: clock.sleep(until: clock.now))
            _ = try await (first, second)
            #expect(directory.keyFiles.count <= 3)
        }
        let made = events.collected.filter { if case .keyPublished = $0 { true } else { false } }
        #expect(made.count == 5)
    }

    @Test func `concurrent changes of several stores lose nothing`() async throws {
        let stores = try (0..<4).map { _ in try open() }
        let end = clock.now.addingTimeInterval(100)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for (number, store) in stores.enumerated() {
                group.addTask {
                    for item in 0..<10 { try await store.revoke(tokenID: "\(number)-\(item)", until: end) }
                }
            }
            try await group.waitForAll()
        }
        #expect(try open().keySet.revocations.tokens.count == 40)
    }

    @Test func `another store sees revocations at its next look`() async throws {
        let (one, two) = (try open(), try open())
        let tokens = JWTBuilder(keys: one, clock: clock.read)
        let token = try await tokens.identifier("a").subject("ada").build().token
        let parameters = ValidationParameters(keys: two, clock: clock.read)
        #expect(throws: Never.self) { try parameters.verify(token) }
        try await one.revoke(tokenID: "a", until: .distantFuture)
        try await two.watch(sleep: clock.sleep(until: clock.now))
        #expect(throws: TokenError.revoked) { try parameters.verify(token) }
        #expect(try directory.mode(of: "revocations.json") == 0o600)
        try await one.revoke(kid: try kid(one))
        try await two.reload()
        #expect(throws: TokenError.revoked) { try parameters.verify(token) }
        #expect(try kid(one) == kid(two))
    }

    @Test func `keeps members that it does not know`() async throws {
        try directory.write(Self.jwk("a", from: -5, extra: #","x-owner":"ops""#), to: "mine.jwk.json")
        let keys = try open()
        try await keys.rotate()
        let text = try directory.text("mine.jwk.json")
        #expect(text.contains(#""x-owner":"ops""#) && text.contains(#""note":"kept""#) && text.contains("retiredFrom"))
        #expect(try directory.mode(of: "mine.jwk.json") == 0o600)
    }

    @Test func `a key without dates signs from when its file was written`() throws {
        try directory.write(Self.jwk("a"), to: "a.jwk.json")
        let keys = try KeyStore(directory: directory.path)
        #expect(keys.keySet.signingKey(at: .now.addingTimeInterval(60))?.kid == "a")
        #expect(keys.keySet.signingKey(at: .now.addingTimeInterval(-3600)) == nil)
    }

    @Test(arguments: [SignatureAlgorithm.hs256, .es256, .edDSA, .rs256])
    func `keeps a key that is added, of whatever kind`(algorithm: SignatureAlgorithm) async throws {
        let keys = try open()
        try await keys.add(.generated(algorithm, kid: "added/1"))
        try await keys.use(kid: "added/1")
        let token = try await JWTBuilder(keys: keys, clock: clock.read).build().token
        let again = try open()
        #expect(try kid(again) == "added/1")
        #expect(throws: Never.self) { try ValidationParameters(keys: again, clock: clock.read).verify(token) }
    }

    @Test func `keeps a key that only verifies, but not one side of a shared secret`() async throws {
        let keys = try open()
        let other = try SigningKey.generated(.edDSA, kid: "other")
        try await keys.add(other.verificationKey)
        let again = try open()
        #expect(again.keySet.storedKey(for: "other")?.signingKey == nil)
        #expect(again.keySet.key(for: "other", at: clock.now) != nil)
        await #expect(throws: KeyStoreError.keyNotStorable("k")) {
            try await keys.add(SigningKey.hmac(generated: .hs256, kid: "k").verificationKey)
        }
        #expect(keys.keySet.keys.count == 2)
    }

    // The key of RFC 8037 A.1 in PKCS #8 (RFC 8410 §7), and its thumbprint from A.3.
    private static let pem = """
        -----BEGIN PRIVATE KEY-----
        MC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g
        -----END PRIVATE KEY-----
        """
    private static let pemKid = "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k"

    @Test func `reads PEM, signs with it from its date, and keeps its dates beside it`() async throws {
        try directory.write(Self.pem, to: "old.pem")
        try directory.write(#"{"apus":{"activeFrom":\#(Forge.now - 60)}}"#, to: "old.pem.dates.json")
        let keys = try open()
        #expect(try kid(keys) == Self.pemKid)
        let second = try await keys.rotate(propagation: .zero, overlap: .seconds(100))
        #expect(keys.keySet.storedKey(for: second)?.key.algorithms == [.edDSA])
        #expect(try directory.text("old.pem") == Self.pem)
        #expect(try directory.text("old.pem.dates.json").contains("acceptedUntil"))
        clock.advance(.seconds(100))
        #expect(try open().keySet.key(for: Self.pemKid, at: clock.now) == nil)
        try await keys.rotate()
        #expect(!directory.names.contains { $0.hasPrefix("old.pem") })
    }

    @Test func `removes the file of a key that is removed`() async throws {
        try directory.write(Self.jwk("../a b", from: -10), to: "odd.jwk.json")
        try directory.write(Self.jwk("b", from: -5), to: "b.jwk.json")
        let keys = try open()
        try await keys.remove(kid: "../a b")
        #expect(directory.keyFiles == ["b.jwk.json"])
    }
}
