import FoundationEssentials
import Testing

@testable import ApusJOSE

@Suite struct DataProtectorTests {
    private let clock = HandClock()
    private let keys: KeyStore
    private let protector: DataProtector

    init() throws {
        keys = try KeyStore(Self.key("k1"), clock: clock.read)
        protector = DataProtector(keys, purpose: "cookies")
    }

    private static func key(_ kid: String) throws -> SigningKey {
        try .hmac(
            hexadecimal: "6f1a1ce2e8cc4a5685ad0e1d1f0b8c092b6dce4f7a08b1c2d3e4f5a6b7c8d9e0", algorithm: .hs256, kid: kid
        )
    }

    private func opens(_ text: String, _ protector: DataProtector? = nil, context: String = "") async throws -> Bool {
        do throws(DataProtectionError) {
            _ = try await (protector ?? self.protector).open(text, context: context)
            return true
        } catch {
            #expect(error == .notOpened, "One error for every way not to open")
            return false
        }
    }

    /// Sealed by HKDF and AESGCM of Python's cryptography 48.0 with the nonce 000102…0b.
    static let vectors: [(kid: String, purpose: String, context: String, text: String, octets: [UInt8])] = [
        (
            "k1", "cookies", "", "AQFrMQABAgMEBQYHCAkKCxyC_qnfBPTW7-manxefi2nOnn8d0nZ5Gu7yc_oP",
            Array("Hello, admin!".utf8)
        ),
        ("k1", "cookies", "Jürgen", "AQFrMQABAgMEBQYHCAkKC_5muNwS0jIyQHGXlGgwZNA", []),
        (
            String(repeating: "k", count: 256), "invitations", "team 7",
            "Af9r" + String(repeating: "a2tr", count: 85) + """
                AAECAwQFBgcICQoL3foBfYq5hTPsENW2so_6ngndzus54fr4uwhG_QZRiJ137FAYIVVoWZUBrHe2qf7j2fqW3hMH4ME
                """,
            Array(0..<40)
        ),
    ]

    @Test(arguments: vectors.indices) func `opens what another implementation sealed`(row: Int) async throws {
        let vector = Self.vectors[row]
        let keys = try KeyStore(Self.key(vector.kid))
        let protector = DataProtector(keys, purpose: vector.purpose)
        #expect(try await protector.open(vector.text, context: vector.context) == vector.octets)
        #expect(protector.openKnown(vector.text, context: vector.context) == vector.octets)
        #expect(try await !opens(vector.text, protector, context: vector.context + "x"))
    }

    @Test(arguments: [0, 1, 15, 16, 17, 1_000, 70_000])
    func `opens what it sealed, which never looks the same twice`(count: Int) async throws {
        let octets = (0..<count).map { UInt8(truncatingIfNeeded: $0 * 7) }
        let (first, second) = (try protector.seal(octets), try protector.seal(octets))
        #expect(first != second)
        #expect(try await protector.open(first) == octets)
        #expect(try await protector.open(second) == octets)
        #expect(first.utf8.allSatisfy { $0 != 0x2B && $0 != 0x2F && $0 != 0x3D })
    }

    @Test func `opens for the same purpose and context alone`() async throws {
        let text = try protector.seal([1, 2, 3], context: "ada")
        #expect(try await opens(text, context: "ada"))
        for context in ["", "Ada", "ada ", "ad"] { #expect(try await !opens(text, context: context)) }
        for purpose in ["cookie", "cookiesada", "Cookies", "tokens"] {
            let other = DataProtector(keys, purpose: purpose)
            #expect(try await !opens(text, other, context: "ada"))
        }
        // What moves from the context to the purpose is another purpose.
        let moved = DataProtector(keys, purpose: "cookiesa")
        #expect(try await !opens(text, moved, context: "da"))
    }

    @Test func `a text changed in any octet does not open`() async throws {
        let text = try protector.seal(Array("admin".utf8))
        let octets = try Base64URL.decode(text)
        for position in octets.indices {
            for bit in [UInt8(1), 0x80] {
                var changed = octets
                changed[position] ^= bit
                #expect(try await !opens(Base64URL.encode(changed)), "octet \(position)")
            }
        }
    }

    @Test func `a text cut off anywhere, or lengthened, does not open`() async throws {
        let text = try protector.seal(Array("admin".utf8))
        for count in 0..<text.utf8.count {
            #expect(try await !opens(String(text.prefix(count))), "\(count) characters")
            #expect(try await !opens(String(text.suffix(count))), "the last \(count) characters")
        }
        let octets = try Base64URL.decode(text)
        for count in octets.indices { #expect(try await !opens(Base64URL.encode(Array(octets[..<count])))) }
        #expect(try await !opens(Base64URL.encode(octets + [0])))
    }

    @Test(arguments: ["=", "==", " ", "\n", "A", "AA", "+", "\0"])
    func `a text in another spelling does not open`(addition: String) async throws {
        let text = try protector.seal([7])
        #expect(try await opens(text))
        #expect(try await !opens(text + addition))
        #expect(try await !opens(addition + text))
    }

    @Test(arguments: ["", "x", "AQ", "AQA", "AQFrMQ", "not sealed", "é", "AQFrMQABAgMEBQYHCAkKCw"])
    func `what is no sealed text does not open`(text: String) async throws {
        #expect(try await !opens(text))
    }

    @Test func `seals under the new key after a rotation, and opens under both for the overlap`() async throws {
        let old = try protector.seal([1])
        let kid = try await keys.rotate(propagation: .seconds(10), overlap: .seconds(20))
        #expect(try Base64URL.decode(protector.seal([1])).starts(with: Base64URL.decode(old).prefix(4)))
        clock.advance(.seconds(10))
        let new = try protector.seal([2])
        #expect(try Base64URL.decode(new).dropFirst(2).starts(with: kid.utf8))
        #expect(try await [opens(old), opens(new)] == [true, true])
        // The protector's lifetime and the skew of the clocks, which are longer than the overlap asked for.
        clock.advance(.seconds(3_659))
        #expect(try await [opens(old), opens(new)] == [true, true])
        clock.advance(.seconds(1))
        #expect(try await [opens(old), opens(new)] == [false, true])
    }

    @Test func `a revoked key opens nothing`() async throws {
        let text = try protector.seal([1])
        try await keys.revoke(kid: "k1")
        #expect(try await !opens(text))
        let new = try protector.seal([1])
        #expect(try await opens(new))
        #expect(protector.openKnown(new) == [1])
    }

    @Test func `a key of another secret under the same identifier opens nothing`() async throws {
        let text = try protector.seal([1])
        let other = try KeyStore(.hmac(generated: .hs256, kid: "k1"))
        #expect(try await !opens(text, DataProtector(other, purpose: "cookies")))
        _ = try await keys.rotate(propagation: .zero)
        try await keys.remove(kid: "k1")
        try await keys.add(SigningKey.hmac(generated: .hs256, kid: "k1"))
        #expect(try await !opens(text))
        try await keys.remove(kid: "k1")
        try await keys.add(Self.key("k1"))
        #expect(try await opens(text))
    }

    @Test func `processes that share a directory open each other's texts`() async throws {
        let directory = try TemporaryDirectory()
        let first = try KeyStore(directory: directory.path)
        let second = try KeyStore(directory: directory.path)
        let (here, there) = (DataProtector(first, purpose: "a"), DataProtector(second, purpose: "a"))
        #expect(try await there.open(here.seal([1])) == [1])
        try await first.rotate(propagation: .zero)
        let text = try here.seal([2])
        #expect(there.openKnown(text) == nil)
        #expect(try await there.open(text) == [2])
    }

    @Test func `a store without an active secret seals nothing`() async throws {
        let asymmetric = DataProtector(try KeyStore(.generated(.es256, kid: "e1")), purpose: "a")
        #expect(throws: DataProtectionError.keyNotSymmetric(kid: "e1")) { try asymmetric.seal([1]) }
        let text = try protector.seal([1])
        #expect(try await !opens(text, asymmetric))
    }

    /// NIST SP 800-38D §8.3: 2^32 messages with random nonces under one key.
    @Test func `refuses to seal when the nonces of a key run out, until the keys rotate`() async throws {
        let worn = DataProtector(keys, purpose: "cookies", lifetime: .seconds(60), firstCount: (1 << 32) - 2)
        let last = try (worn.seal([1]), worn.seal([2]))
        #expect(throws: DataProtectionError.keyExhausted(kid: "k1")) { try worn.seal([3]) }
        #expect(try await [opens(last.0, worn), opens(last.1, worn)] == [true, true])
        #expect(try await opens(last.0), "Other protectors of the same purpose open it")
        let kid = try await keys.rotate(propagation: .zero)
        #expect(try Base64URL.decode(worn.seal([3])).dropFirst(2).starts(with: kid.utf8))
    }

    @Test func `a purpose has a name`() async {
        await #expect(processExitsWith: .failure) {
            _ = DataProtector(try KeyStore(.hmac(generated: .hs256)), purpose: "")
        }
    }

    @Test func `no description shows a key or what is sealed`() throws {
        var dumped = ""
        dump(protector, to: &dumped)
        for secret in ["6f1a1ce2", "bxoc4ujM"] { #expect(!dumped.contains(secret) && !"\(protector)".contains(secret)) }
        #expect("\(DataProtectionError.keyExhausted(kid: "a"))".contains("rotate"))
    }
}
