import ApusCrypto
import Testing

@testable import ApusJOSE

@Suite struct JWESerializationTests {
    private static let header = #"{"alg":"dir","enc":"A256GCM"}"#

    @Test(arguments: [
        "", ".", "....", ".....", "a.b.c", "a.b.c.d", "a.b.c.d.e.f", "e30....", "e30.....", "..AAAA..AAAA",
    ])
    func `segment count ≠5, empty header: reject`(text: String) throws {
        #expect(throws: JWEError.self) { try JWE.decrypt(text, with: [EncryptionForge.direct()]) }
    }

    @Test func `refuses every front of a message, and whatever follows it`() throws {
        let text = try EncryptionForge.compact(header: Self.header)
        let keys = [try EncryptionForge.direct()]
        for count in 0..<text.utf8.count {
            #expect(throws: JWEError.self) { try JWE.decrypt(String(text.prefix(count)), with: keys) }
        }
        for addition in ["=", "A", "AA", ".", ".AA", " ", "\n", "\0"] {
            #expect(throws: JWEError.malformed) { try JWE.decrypt(text + addition, with: keys) }
        }
    }

    @Test(arguments: 0..<5, ["=", "+", "/", " ", "\n", "é"])
    func `base64url: padding, other alphabets and white space: reject`(position: Int, addition: String) throws {
        let text = try EncryptionForge.compact(header: Self.header)
        let segments = text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        let changed = text.replacingSegment(position, with: segments[position] + addition)
        #expect(throws: JWEError.malformed) { try JWE.decrypt(changed, with: [EncryptionForge.direct()]) }
    }

    @Test func `base64url: non-zero trailing bits: reject`() throws {
        let text = try EncryptionForge.compact(header: Self.header)
        let tag = text.split(separator: ".").last.map(String.init) ?? ""
        let last = try #require(tag.last)
        let next = try #require(["A": "B", "Q": "R", "g": "h", "w": "x"][String(last)])
        let changed = text.replacingSegment(4, with: tag.dropLast() + next)
        #expect(throws: JWEError.malformed) { try JWE.decrypt(changed, with: [EncryptionForge.direct()]) }
    }

    @Test func `refuses a message beyond the limit unread`() throws {
        let keys = [try EncryptionForge.direct()]
        let key = try EncryptionKey(secret: EncryptionForge.secret(count: 32))
        let text = try JWE.encrypt([UInt8](repeating: 1, count: 1000), to: key)
        let count = text.utf8.count
        #expect(throws: Never.self) { try JWE.decrypt(text, with: keys, maximumBytes: count) }
        #expect(throws: JWEError.tooLarge(limit: count - 1)) {
            try JWE.decrypt(text, with: keys, maximumBytes: count - 1)
        }
        let long = String(repeating: "A", count: 262_145)
        #expect(throws: JWEError.tooLarge(limit: 262_144)) { try JWE.decrypt(long, with: keys) }
        #expect(throws: JWEError.tooLarge(limit: 262_144)) { try JWE.decrypt(json: long, with: keys) }
    }

    @Test(arguments: [
        #"{"alg":1,"enc":"A256GCM"}"#, #"{"alg":"dir","enc":["A256GCM"]}"#, #"{"alg":"dir","enc":"A256GCM","kid":1}"#,
        #"{"alg":"dir","enc":"A256GCM","cty":null}"#, #"{"alg":"dir","enc":"A256GCM","alg":"dir"}"#,
        #"{"alg":"dir","enc":"A256GCM","\u0061lg":"dir"}"#, "[]", "", "{", "{}{}", #"{"alg":"dir","enc":"A256GCM",}"#,
        "\u{FEFF}{\"alg\":\"dir\",\"enc\":\"A256GCM\"}",
    ])
    func `non-UTF-8, BOM, duplicate keys in header: reject`(header: String) throws {
        let text = try EncryptionForge.compact(header: header)
        #expect(throws: JWEError.malformed) { try JWE.decrypt(text, with: [EncryptionForge.direct()]) }
    }

    @Test(arguments: [
        ("alg", "dir"), ("enc", "A256GCM"), ("kid", "k"), ("zip", "DEF"), ("epk", "e"), ("iv", "i"), ("tag", "t"),
        ("p2s", "s"), ("p2c", "c"), ("crit", "x"),
    ])
    func `sets no header that the key decides about`(name: String, value: String) throws {
        let key = try EncryptionKey(secret: EncryptionForge.secret(count: 32))
        #expect(throws: JWEError.headerReserved(name)) {
            try JWE.encrypt([1], to: key, header: [name: .string(value)])
        }
        #expect(throws: JWEError.headerReserved(name)) {
            try JWE.encrypt([1], to: [JWE.Recipient(key, header: [name: .string(value)])])
        }
        #expect(throws: JWEError.headerReserved(name)) {
            try JWE.encrypt([1], to: [JWE.Recipient(key)], unprotected: [name: .string(value)])
        }
    }

    @Test func `encrypts nothing at all, and much`() throws {
        let keys = [try EncryptionForge.direct()]
        let key = try EncryptionKey(secret: EncryptionForge.secret(count: 32))
        #expect(try JWE.decrypt(JWE.encrypt([], to: key), with: keys).plaintext == [])
        let much = [UInt8](repeating: 5, count: 190_000)
        #expect(try JWE.decrypt(JWE.encrypt(much, to: key), with: keys).plaintext == much)
    }
}
