import ApusCrypto
import Testing

@testable import ApusJOSE

/// What a hostile message can say (RFC 7516 §11, RFC 8725 and the CVE classes behind it).
///
/// Unless a test says otherwise the tags of its messages are right.
@Suite struct JWEAttackTests {
    private func decrypt(_ header: String, encryptedKey: [UInt8] = []) throws -> DecryptedMessage {
        let text = try EncryptionForge.compact(header: header, encryptedKey: encryptedKey)
        return try JWE.decrypt(text, with: [EncryptionForge.direct(kid: "own")])
    }

    @Test func `decrypts what the forge makes`() throws {
        #expect(try decrypt(#"{"alg":"dir","enc":"A256GCM","kid":"own"}"#).text == EncryptionForge.plaintext)
        #expect(try decrypt(#"{"alg":"dir","enc":"A256GCM"}"#).text == EncryptionForge.plaintext)
    }

    @Test(arguments: [
        "none", "None", "nOnE", "", " dir", "DIR", "dir ", "A256KW", "RSA1_5", "RSA-OAEP", "ECDH-ES", "HS256",
        "PBES2-HS512+A256KW",
    ])
    func `JWE alg/enc allow-list: refuses every alg but the key's`(name: String) {
        #expect(throws: JWEError.algorithmNotAllowed(name)) {
            try decrypt(JSONValue.object(["alg": .string(name), "enc": "A256GCM", "kid": "own"]).description)
        }
    }

    @Test(arguments: ["", "none", "a256gcm", "A256GCM ", "A128GCM", "A256CBC-HS512", "HS256"])
    func `JWE alg/enc allow-list: refuses every enc that the key does not allow`(name: String) {
        #expect(throws: JWEError.algorithmNotAllowed(name)) {
            try decrypt(JSONValue.object(["alg": "dir", "enc": .string(name), "kid": "own"]).description)
        }
    }

    @Test func `JWE alg/enc allow-list: refuses an enc that fits and was not listed`() throws {
        let text = try EncryptionForge.compact(header: #"{"alg":"dir","enc":"A128CBC-HS256"}"#, .a128CBCHS256)
        #expect(throws: Never.self) { try JWE.decrypt(text, with: [EncryptionForge.direct()]) }
        let key = try DecryptionKey(secret: EncryptionForge.secret(count: 32), encryptions: [.a256GCM])
        #expect(throws: JWEError.algorithmNotAllowed("A128CBC-HS256")) { try JWE.decrypt(text, with: [key]) }
    }

    @Test func `RSA1_5 Bleichenbacher: not offered for decryption, nor for encryption`() throws {
        #expect(KeyManagementAlgorithm(rawValue: "RSA1_5") == nil)
        let key = try EncryptionForge.decryptionKey(jwk: PeerVectors.rsa, .rsaOAEP)
        let text = try EncryptionForge.compact(
            header: #"{"alg":"RSA1_5","enc":"A256GCM"}"#, encryptedKey: [UInt8](repeating: 1, count: 256))
        #expect(throws: JWEError.algorithmNotAllowed("RSA1_5")) { try JWE.decrypt(text, with: [key]) }
    }

    @Test(arguments: [KeyManagementAlgorithm.rsaOAEP, .rsaOAEP256, .rsaOAEP384, .rsaOAEP512])
    func `RSA-OAEP padding oracle: one error for unwrap and tag failure`(algorithm: KeyManagementAlgorithm) throws {
        let asymmetric = try EncryptionForge.asymmetric(jwk: PeerVectors.rsa)
        let key = try DecryptionKey(key: asymmetric, algorithm: algorithm)
        let header = #"{"alg":"\#(algorithm.rawValue)","enc":"A256GCM"}"#
        // Not OAEP at all, nothing, too short, too long, the other hash, and a key of another length rightly wrapped.
        var encryptedKeys: [[UInt8]] = [0, 1, 255, 256, 257, 512].map { [UInt8](repeating: 0x5A, count: $0) }
        encryptedKeys.append([UInt8](repeating: 0xFF, count: 256))
        for wrapping in [KeyManagementAlgorithm.rsaOAEP, .rsaOAEP512] {
            let other = try EncryptionKey(key: asymmetric, algorithm: wrapping)
            let count = wrapping == algorithm ? 16 : 32
            let wrapped = try other.wrap(EncryptionForge.secret(count: count), JWEHeader(protected: [:]))
            encryptedKeys.append(wrapped.encryptedKey)
        }
        for encryptedKey in encryptedKeys {
            let text = try EncryptionForge.compact(header: header, encryptedKey: encryptedKey)
            #expect(throws: JWEError.decryptionFailed) { try JWE.decrypt(text, with: [key]) }
        }
        let right = try EncryptionKey(key: asymmetric, algorithm: algorithm)
            .wrap(EncryptionForge.secret(count: 32), JWEHeader(protected: [:])).encryptedKey
        let text = try EncryptionForge.compact(header: header, encryptedKey: right)
        #expect(try JWE.decrypt(text, with: [key]).text == EncryptionForge.plaintext)
        let wrongTag = text.replacingSegment(4, with: Base64URL.encode([UInt8](repeating: 0, count: 16)))
        #expect(throws: JWEError.decryptionFailed) { try JWE.decrypt(wrongTag, with: [key]) }
    }

    @Test(arguments: [#""DEF""#, #""none""#, #""""#, "null", "1"])
    func `JWE zip=DEF bomb: refused whatever it says`(value: String) {
        #expect(throws: JWEError.headerNotSupported("zip")) {
            try decrypt(#"{"alg":"dir","enc":"A256GCM","zip":\#(value)}"#)
        }
    }

    @Test(arguments: [
        #"["b64"]"#, #"["exp"]"#, #"["x-unknown"]"#, "[]", #"["alg"]"#, #"["x-absent"]"#, #""exp""#, "true", "null",
        "1",
        #"{"exp":1}"#, "[1]", #"["x-known","x-known"]"#, #"["x-known","x-unknown"]"#, #"["zip"]"#,
    ])
    func `crit: unknown name, empty array, non-array, listed but absent, registered name`(critical: String) throws {
        let header = #"{"alg":"dir","enc":"A256GCM","x-unknown":1,"x-known":2,"crit":\#(critical)}"#
        let text = try EncryptionForge.compact(header: header)
        #expect(throws: JWEError.headerNotSupported("crit")) {
            try JWE.decrypt(text, with: [EncryptionForge.direct()], understanding: ["x-known", "x-absent"])
        }
    }

    @Test func `takes a critical extension that the caller understands`() throws {
        let text = try JWE.encrypt(
            [1], to: EncryptionKey(secret: EncryptionForge.secret(count: 32)),
            header: ["x-known": 2, "crit": ["x-known"]])
        let keys = [try EncryptionForge.direct()]
        #expect(try JWE.decrypt(text, with: keys, understanding: ["x-known"]).plaintext == [1])
        #expect(throws: JWEError.headerNotSupported("crit")) { try JWE.decrypt(text, with: keys) }
    }

    @Test(arguments: [
        "", "unknown", "OWN", "own ", "../../../../etc/passwd", "' OR '1'='1", "a\r\nSet-Cookie: b=c", "\0", "é",
        String(repeating: "k", count: 257), String(repeating: "k", count: 8000),
    ])
    func `unknown kid: reject; never fall back to default`(kid: String) {
        #expect(throws: JWEError.keyNotFound) {
            try decrypt(JSONValue.object(["alg": "dir", "enc": "A256GCM", "kid": .string(kid)]).description)
        }
    }

    @Test func `chooses a key without kid only when exactly one fits`() throws {
        let text = try EncryptionForge.compact(header: #"{"alg":"dir","enc":"A256GCM"}"#)
        let own = try EncryptionForge.direct(kid: "own")
        let wrapping = try DecryptionKey(secret: EncryptionForge.secret(count: 32), algorithm: .a256KW)
        let other = try DecryptionKey(secret: SecretBytes.random(32), kid: "other")
        #expect(throws: Never.self) { try JWE.decrypt(text, with: [wrapping, own]) }
        #expect(throws: JWEError.keyNotFound) { try JWE.decrypt(text, with: [own, other]) }
        #expect(throws: JWEError.algorithmNotAllowed("dir")) { try JWE.decrypt(text, with: [wrapping]) }
        #expect(throws: JWEError.algorithmNotAllowed("dir")) { try JWE.decrypt(text, with: []) }
        let named = try EncryptionForge.compact(header: #"{"alg":"dir","enc":"A256GCM","kid":"own"}"#)
        #expect(throws: Never.self) { try JWE.decrypt(named, with: [other, own]) }
        #expect(throws: JWEError.decryptionFailed) {
            try JWE.decrypt(named, with: [DecryptionKey(secret: .random(32), kid: "own")])
        }
    }

    @Test func `refuses the algorithm of one key for another`() throws {
        let keys = [
            try EncryptionForge.direct(kid: "direct"),
            try DecryptionKey(secret: EncryptionForge.secret(count: 32), algorithm: .a256KW, kid: "wrapping"),
        ]
        let text = try EncryptionForge.compact(header: #"{"alg":"dir","enc":"A256GCM","kid":"wrapping"}"#)
        #expect(throws: JWEError.algorithmNotAllowed("dir")) { try JWE.decrypt(text, with: keys) }
    }

    @Test(arguments: ["dir", "ECDH-ES"])
    func `dir with encrypted_key non-empty, ECDH-ES likewise: reject`(algorithm: String) throws {
        let peer = try #require(PeerVectors.messages.first { $0.algorithm == algorithm })
        let key = try peer.decryptionKey()
        #expect(throws: Never.self) { try JWE.decrypt(peer.text, with: [key]) }
        #expect(throws: JWEError.malformed) {
            try JWE.decrypt(peer.text.replacingSegment(1, with: "AQID"), with: [key])
        }
    }

    @Test(arguments: PeerVectors.messages.prefix(6))
    func `GCM: tag ≠16, IV ≠12; CBC-HS: tag truncated: reject`(peer: PeerMessage) throws {
        let key = try peer.decryptionKey()
        let segments = peer.text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        for position in [2, 4] {
            let octets = try Base64URL.decode(segments[position])
            for count in 0..<octets.count {
                let front = Base64URL.encode([UInt8](octets.prefix(count)))
                #expect(throws: JWEError.malformed) {
                    try JWE.decrypt(peer.text.replacingSegment(position, with: front), with: [key])
                }
            }
            let longer = Base64URL.encode(octets + [0])
            #expect(throws: JWEError.malformed) {
                try JWE.decrypt(peer.text.replacingSegment(position, with: longer), with: [key])
            }
        }
    }

    @Test func `GCM nonce reuse: random 96-bit per token, per-key counter alarm < 2^32`() throws {
        let key = try EncryptionKey(secret: EncryptionForge.secret(count: 32))
        let nonces = try (0..<1000).map { _ in try JWE.encrypt([], to: key).split(separator: ".")[1] }
        #expect(Set(nonces).count == 1000)
        #expect(nonces.allSatisfy { $0.utf8.count == 16 })
        let counter = InvocationCounter(startingAt: (1 << 32) - 2)
        #expect(counter.admit())
        #expect(counter.admit())
        #expect(!counter.admit())
        #expect(!counter.admit())
    }

    @Test(arguments: [KeyManagementAlgorithm.direct, .a256GCMKW])
    func `refuses to encrypt beyond the limit of the key`(algorithm: KeyManagementAlgorithm) throws {
        let secret = EncryptionForge.secret(count: 32)
        let key = try EncryptionKey(secret: secret, algorithm: algorithm)
            .counting(from: InvocationCounter(startingAt: InvocationCounter.limit))
        #expect(throws: JWEError.messageLimitReached) { try JWE.encrypt([1], to: key) }
        let fresh = try EncryptionKey(secret: secret, algorithm: .a256KW)
            .counting(from: InvocationCounter(startingAt: InvocationCounter.limit))
        #expect(throws: Never.self) { try JWE.encrypt([1], to: fresh) }
    }
}

extension EncryptionKey {
    fileprivate func counting(from counter: InvocationCounter) -> EncryptionKey {
        var key = self
        key.counter = counter
        return key
    }
}
