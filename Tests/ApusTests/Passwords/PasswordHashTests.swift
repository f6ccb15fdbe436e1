import ApusCrypto
import Testing

@testable import Apus

@Suite struct PasswordHashTests {
    /// Made by Python 3.11's hashlib.scrypt and base64.
    static let hashes = [
        (
            "correct horse battery staple",
            "$scrypt$ln=12,r=8,p=1$AAECAwQFBgcICQoLDA0ODw$0kAJcZMDMoI6NHVug+mGyKwmdluLX9KqpubH8OLxecs"
        ),
        ("x", "$scrypt$ln=4,r=1,p=1$+/+/+/+/+/+/+/+/$s4hgm/Ypy4q5BpifkLMhAA"),
        (
            "swordfish",
            "$scrypt$ln=10,r=8,p=3$ZGVmZ2hpamtsbW5vcHFyc3R1dnd4eXp7fH1+f4CBgoOEhYaHiImKi4yNjo+QkZKTlJWWl5iZmpucnZ6foKGiow"
                + "$d2U/QAj/D2vZFuu8Mp9LH0I6lxGwBbTEh8GDgg6MsE7kwoSuX+rW6q9n0Rr1lAegEGrdhHPfC98d4fy1zoAjJA"
        ),
        ("swordfish", "$scrypt$ln=13,r=4,p=10$c2FsdHNhbHQ$W6nPiS/Te9esxZ9SWkNFT2FKKMHy9NoE7gtG4+2bKdHh"),
        (
            String(repeating: "x", count: 1_024),
            "$scrypt$ln=8,r=8,p=1$AAECAwQFBgcICQoLDA0ODxA$4YT22rZgvnctbBxIHkDQr29EHDVsexkLy4RzGyNr0CM"
        ),
        // Prepared in Python as RFC 8265 §4.2.2 says, with its unicodedata: other spaces are spaces, and the rest is in
        // form C.
        (
            "Cafe\u{301} \u{212B}\u{A0}\u{1E9B}\u{323}\u{3000}\u{1100}\u{1161}\u{11A8}",
            "$scrypt$ln=10,r=8,p=1$AAECAwQFBgcICQoLDA0ODw$r2OBgk+56xicI4189VasgcN1zYqDeMp8tp/+DkQnVmc"
        ),
    ]

    static let capacity = PasswordHash.Capacity(simultaneous: 2, waiting: 1_000)

    @Test(arguments: hashes)
    func `verifies what Python hashed`(password: String, text: String) async throws {
        let hash = try PasswordHash(text)
        #expect(hash.text == text)
        #expect(try await PasswordHash.verify(password, against: hash, capacity: Self.capacity))
        for wrong in [password + "x", String(password.dropLast()) + "X", password.uppercased()] {
            #expect(try await !PasswordHash.verify(wrong, against: hash, capacity: Self.capacity))
        }
    }

    @Test(arguments: hashes)
    func `hashes as Python does`(password: String, text: String) throws {
        let hash = try PasswordHash(text)
        let derivation = Derivation(
            password: try PreparedPassword(password), salt: hash.salt, cost: hash.cost, count: hash.key.count)
        #expect(PasswordHash(cost: hash.cost, salt: hash.salt, key: try derivation.run()).text == text)
    }

    /// The one that passlib's documentation shows, for "password".
    @Test func `verifies what passlib hashed`() async throws {
        let hash = try PasswordHash(
            "$scrypt$ln=16,r=8,p=1$aM15713r3Xsvxbi31lqr1Q$nFNh2CVHVjNldFVKDHDlm4CbdRSCdEBsjjJxD+iCs5E")
        #expect(try await PasswordHash.verify("password", against: hash, capacity: Self.capacity))
        #expect(hash.needsRehash())
    }

    static let cheap = PasswordHash.Cost(logN: 4)

    @Test func `hashes under a new salt each time`() async throws {
        let cheap = try #require(Self.cheap)
        let first = try await PasswordHash.hash("secret", cost: cheap, capacity: Self.capacity)
        let second = try await PasswordHash.hash("secret", cost: cheap, capacity: Self.capacity)
        #expect(first.salt.count == 16 && first.key.count == 32)
        #expect(first.salt != second.salt && first.key != second.key)
        let stored = try PasswordHash(first.text)
        #expect(try await PasswordHash.verify("secret", against: stored, capacity: Self.capacity))
        #expect(try await !PasswordHash.verify("Secret", against: stored, capacity: Self.capacity))
    }

    /// OWASP's Password Storage Cheat Sheet: N = 2^17 (128 MiB), r = 8, p = 1.
    @Test func `costs what is recommended unless told otherwise`() async throws {
        let seen = Shared<[PasswordHash.Cost]>([])
        let capacity = PasswordHash.Capacity(simultaneous: 1, waiting: 0) { derivation in
            seen.change { $0.append(derivation.cost) }
            return [UInt8](repeating: 0, count: derivation.count)
        }
        let hash = try await PasswordHash.hash("secret", capacity: capacity)
        #expect(seen.value.map(\.description) == ["ln=17,r=8,p=1"] && !hash.needsRehash())
        #expect(PasswordHash.Cost.lowMemory.description == "ln=14,r=8,p=5")
    }

    @Test func `asks for a new hash when the cost has changed`() async throws {
        let (cheap, other) = (try #require(Self.cheap), try #require(PasswordHash.Cost(logN: 5)))
        let hash = try await PasswordHash.hash("secret", cost: cheap, capacity: Self.capacity)
        #expect(!hash.needsRehash(for: cheap) && hash.needsRehash(for: other) && hash.needsRehash())
        let shortSalt = PasswordHash(cost: cheap, salt: [UInt8](repeating: 1, count: 15), key: hash.key)
        let shortKey = PasswordHash(cost: cheap, salt: hash.salt, key: [UInt8](repeating: 1, count: 31))
        #expect(shortSalt.needsRehash(for: cheap) && shortKey.needsRehash(for: cheap))
    }

    static let refused = [
        "", String(repeating: "x", count: 1_025), String(repeating: "é", count: 513), "a\u{0}b", "a\nb", "a\u{378}b",
        "a\u{FFFF}b",
    ]

    @Test(arguments: refused)
    func `what cannot be a password costs nothing`(password: String) async throws {
        let capacity = PasswordHash.Capacity(simultaneous: 1, waiting: 0) { _ in
            Issue.record("a key was derived")
            return []
        }
        let hash = try PasswordHash(Self.hashes[0].1)
        #expect(try await !PasswordHash.verify(password, against: hash, capacity: capacity))
        let problem = await #expect(throws: Problem.self) { try await PasswordHash.hash(password, capacity: capacity) }
        #expect(problem?.status == .unprocessableContent)
    }

    @Test func `shows neither salt nor hash unless asked for its text`() throws {
        let hash = try PasswordHash(Self.hashes[0].1)
        #expect("\(hash)" == "scrypt ln=12,r=8,p=1 [redacted]" && String(reflecting: hash) == "\(hash)")
    }
}
