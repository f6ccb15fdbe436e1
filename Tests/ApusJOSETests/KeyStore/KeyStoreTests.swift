import ApusJOSE
import Testing

@Suite struct KeyStoreTests {
    private let first: SigningKey
    private let second: SigningKey

    init() throws {
        first = try .hmac(generated: .hs256, kid: "first")
        second = try .hmac(generated: .hs512, kid: "second")
    }

    @Test func `signs with the key it was made with`() throws {
        let keys = try KeyStore(first, second, clock: Forge.clock())
        #expect(keys.keySet.signingKey(at: Forge.date)?.kid == "first")
        #expect(keys.keySet.keys.map(\.kid) == ["first", "second"])
        #expect(keys.keySet.key(for: "second", at: Forge.date)?.algorithms == [.hs512])
    }

    @Test func `is made in one expression`() throws {
        let keys = try KeyStore(.hmac(hexadecimal: Forge.hexadecimal, algorithm: .hs256))
        #expect(keys.keySet.signingKey(at: Forge.date)?.kid == Forge.kid)
    }

    @Test(arguments: ["", "third", "FIRST", "first ", "first\0", "../first"])
    func `knows no key by another identifier`(kid: String) throws {
        #expect(try KeyStore(first, clock: Forge.clock()).keySet.key(for: kid, at: Forge.date) == nil)
    }

    // U+212A KELVIN SIGN equals "K" to Swift; an identifier is compared octet by octet.
    @Test func `knows no key by an equivalent identifier`() throws {
        let keys = try KeyStore(.hmac(generated: .hs256, kid: "K"))
        #expect(keys.keySet.key(for: "K", at: Forge.date) != nil)
        #expect(keys.keySet.key(for: "\u{212A}", at: Forge.date) == nil)
    }

    @Test func `refuses two keys of one identifier`() async throws {
        #expect(throws: KeyError.kidTaken("first")) { try KeyStore(first, first) }
        let keys = try KeyStore(first, clock: Forge.clock())
        await #expect(throws: KeyStoreError.key(.kidTaken("first"))) { try await keys.add(first) }
        #expect(keys.keySet.keys.count == 1)
    }

    @Test func `changes keys without losing the old ones`() async throws {
        let keys = try KeyStore(first, clock: Forge.clock())
        let before = keys.keySet
        try await keys.add(second)
        #expect(keys.keySet.signingKey(at: Forge.date)?.kid == "first")
        try await keys.use(kid: "second")
        #expect(keys.keySet.signingKey(at: Forge.date)?.kid == "second")
        #expect(keys.keySet.key(for: "first", at: Forge.date) != nil)
        try await keys.remove(kid: "first")
        #expect(keys.keySet.keys.map(\.kid) == ["second"])
        #expect(before.keys.map(\.kid) == ["first"])
        #expect(before.signingKey(at: Forge.date)?.kid == "first")
    }

    @Test func `keeps the key that signs`() async throws {
        let keys = try KeyStore(first, second, clock: Forge.clock())
        await #expect(throws: KeyStoreError.key(.signingKeyNotRemovable("first"))) {
            try await keys.remove(kid: "first")
        }
        #expect(keys.keySet.keys.count == 2)
    }

    @Test func `verifies with a key that cannot sign`() async throws {
        let keys = try KeyStore(second, clock: Forge.clock())
        try await keys.add(first.verificationKey)
        #expect(keys.keySet.keys.map(\.kid) == ["second", "first"])
        await #expect(throws: KeyStoreError.key(.signingImpossible("first"))) { try await keys.use(kid: "first") }
        let token = try Forge.token(header: #"{"alg":"\#(first.algorithm.rawValue)","kid":"first"}"#, key: first)
        #expect(throws: Never.self) { try Forge.parameters(keys).verify(token) }
        try await keys.remove(kid: "first")
        #expect(throws: TokenError.self) { try Forge.parameters(keys).verify(token) }
    }

    @Test func `names the identifier that it does not know`() async throws {
        let keys = try KeyStore(first, clock: Forge.clock())
        await #expect(throws: KeyStoreError.key(.kidUnknown("third"))) { try await keys.use(kid: "third") }
        await #expect(throws: KeyStoreError.key(.kidUnknown("third"))) { try await keys.remove(kid: "third") }
        #expect(KeyError.kidUnknown("a\r\nb").description.contains("'a%0D%0Ab'"))
    }
}
