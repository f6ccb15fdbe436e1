import ApusCrypto
import Testing

@testable import ApusJOSE

/// What a hostile message can say in the parameters of its algorithm.
@Suite struct KeyParameterAttackTests {
    private static let p256 = #"""
        "kty":"EC","crv":"P-256","x":"gI0GAILBdu7T53akrFmMyGcsF3n5dO7MmwNBHKW5SV0",\#
        "y":"SLW_xSffzlPWrHEVI30DHM_4egVwt3NQqeUD7nMFpps"
        """#

    private func expectInvalid(
        _ name: String, in header: String, _ key: DecryptionKey, sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let text = try EncryptionForge.compact(header: header, encryptedKey: [UInt8](repeating: 1, count: 40))
            .replacingSegment(
                1, with: key.algorithm == .ecdhES ? "" : Base64URL.encode([UInt8](repeating: 1, count: 40)))
        #expect(throws: JWEError.headerParameterInvalid(name), sourceLocation: sourceLocation) {
            try JWE.decrypt(text, with: [key])
        }
    }

    @Test func `PBES2 p2c DoS: off by default; cap 10 000 and min 1000; salt >= 8`() throws {
        let header = #"{"alg":"PBES2-HS512+A256KW","enc":"A256GCM","p2s":"AAECAwQFBgc","p2c":1000}"#
        // Off: a key that was not made for it, even of the octets of the password, does not read it.
        let secret = try DecryptionKey(secret: EncryptionForge.secret(count: 32), algorithm: .a256KW)
        #expect(throws: JWEError.algorithmNotAllowed("PBES2-HS512+A256KW")) {
            try JWE.decrypt(EncryptionForge.compact(header: header), with: [secret])
        }
        let key = try DecryptionKey(password: "word")
        for count in ["999", "10001", "0", "-1", "1e99", "2147483648", "1000.5", #""1000""#, "null", "[1000]"] {
            try expectInvalid("p2c", in: header.replacing(":1000", with: ":\(count)"), key)
        }
        try expectInvalid("p2c", in: #"{"alg":"PBES2-HS512+A256KW","enc":"A256GCM","p2s":"AAECAwQFBgc"}"#, key)
        for salt in [#""""#, #""AAECAwQFBg""#, #""AAECAwQFBgc=""#, "1", "null"] {
            try expectInvalid("p2s", in: header.replacing(#""AAECAwQFBgc""#, with: salt), key)
        }
        let longest = Base64URL.encode([UInt8](repeating: 1, count: 513))
        try expectInvalid("p2s", in: header.replacing("AAECAwQFBgc", with: longest), key)
        for count in [1000, 10_000] {
            let text = try JWE.encrypt([1], to: EncryptionKey(password: "word", iterations: count))
            #expect(try JWE.decrypt(text, with: [key]).plaintext == [1])
        }
    }

    @Test func `lets a key have bounds of its own for p2c`() throws {
        let key = try DecryptionKey(password: "word", iterations: 2...20_000)
        for count in [2, 20_000] {
            let text = try JWE.encrypt([1], to: EncryptionKey(password: "word", iterations: count))
            #expect(try JWE.decrypt(text, with: [key]).plaintext == [1])
        }
        for count in [1, 20_001] {
            let text = try JWE.encrypt([1], to: EncryptionKey(password: "word", iterations: count))
            #expect(throws: JWEError.headerParameterInvalid("p2c")) { try JWE.decrypt(text, with: [key]) }
        }
    }

    @Test func `draws 16 octets of salt and stretches 10,000 times`() throws {
        let text = try JWE.encrypt([1], to: EncryptionKey(password: "word"))
        let header = try JWE.decrypt(text, with: [DecryptionKey(password: "word")]).protectedHeader
        #expect(header["p2c"] == 10_000)
        #expect(try Base64URL.decode(header["p2s"]?.string ?? "-").count == 16)
    }

    @Test(arguments: ["ECDH-ES", "ECDH-ES+A256KW"])
    func `ECDH-ES invalid curve: same crv, on curve, not infinity, before ECDH`(name: String) throws {
        let algorithm = try #require(KeyManagementAlgorithm(rawValue: name))
        let key = try DecryptionKey(key: EncryptionForge.asymmetric(jwk: PeerVectors.p256), algorithm: algorithm)
        let zeros = Base64URL.encode([UInt8](repeating: 0, count: 32))
        let invalid = [
            "{}", "null", "1", #""epk""#, "[]",
            "{\(Self.p256.replacing("SLW_", with: "SLW-"))}",
            "{\(Self.p256.replacing("P-256", with: "P-384"))}",
            "{\(Self.p256.replacing("P-256", with: "secp256k1"))}",
            "{\(Self.p256.replacing(#""EC""#, with: #""OKP""#))}",
            #"{"kty":"EC","crv":"P-256","x":"\#(zeros)","y":"\#(zeros)"}"#,
            #"{"kty":"EC","crv":"P-256","x":"","y":""}"#,
            #"{"kty":"EC","crv":"P-256","x":"gI0GAILBdu7T53akrFmMyGcsF3n5dO7MmwNBHKW5SV0"}"#,
            "{\(Self.p256.replacing(#""gI0"#, with: #""AACAjQ"#))}",
            #"{"kty":"OKP","crv":"X25519","x":"3p7bfXt9wbTTW2HC7OQ1Nz-DQ8hbeGdNrfx-FG-IK08"}"#,
        ]
        for epk in invalid {
            try expectInvalid("epk", in: #"{"alg":"\#(name)","enc":"A256GCM","epk":\#(epk)}"#, key)
        }
        try expectInvalid("epk", in: #"{"alg":"\#(name)","enc":"A256GCM"}"#, key)
        // The same point unspoilt reaches the tag.
        let text = try EncryptionForge.compact(
            header: #"{"alg":"ECDH-ES","enc":"A256GCM","epk":{\#(Self.p256)}}"#)
        let direct = try DecryptionKey(key: EncryptionForge.asymmetric(jwk: PeerVectors.p256), algorithm: .ecdhES)
        #expect(throws: JWEError.decryptionFailed) { try JWE.decrypt(text, with: [direct]) }
    }

    // RFC 7748 §6.1: points whose multiples are zero whatever the private key.
    @Test(arguments: [
        "0000000000000000000000000000000000000000000000000000000000000000",
        "0100000000000000000000000000000000000000000000000000000000000000",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
        "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
    ])
    func `ECDH-ES invalid curve: low-order X25519 result all-zero reject`(point: String) throws {
        let key = try DecryptionKey(key: EncryptionForge.asymmetric(jwk: PeerVectors.x25519), algorithm: .ecdhES)
        let x = Base64URL.encode(point.octetsOfHexadecimal)
        let epk = #"{"kty":"OKP","crv":"X25519","x":"\#(x)"}"#
        try expectInvalid("epk", in: #"{"alg":"ECDH-ES","enc":"A256GCM","epk":\#(epk)}"#, key)
    }

    @Test func `ECDH-ES invalid curve: low-order X448 result all-zero reject`() throws {
        let key = try DecryptionKey(key: EncryptionForge.asymmetric(jwk: PeerVectors.x448), algorithm: .ecdhES)
        // 0, 1 and p − 1, little-endian; p is 2^448 − 2^224 − 1.
        let rest = [UInt8](repeating: 0, count: 55)
        let half = [0xFE] + [UInt8](repeating: 0xFF, count: 27)
        for point in [[0] + rest, [1] + rest, half + half] {
            let x = Base64URL.encode(point)
            let epk = #"{"kty":"OKP","crv":"X448","x":"\#(x)"}"#
            try expectInvalid("epk", in: #"{"alg":"ECDH-ES","enc":"A256GCM","epk":\#(epk)}"#, key)
        }
    }

    @Test func `refuses an iv or a tag of another length for a key under AES-GCM`() throws {
        let key = try DecryptionKey(secret: EncryptionForge.secret(count: 32), algorithm: .a256GCMKW)
        let (vector, tag) = ([UInt8](repeating: 1, count: 12), [UInt8](repeating: 2, count: 16))
        func header(_ vector: [UInt8], _ tag: [UInt8]) -> String {
            let (vector, tag) = (Base64URL.encode(vector), Base64URL.encode(tag))
            return #"{"alg":"A256GCMKW","enc":"A256GCM","iv":"\#(vector)","tag":"\#(tag)"}"#
        }
        for count in [0, 1, 11, 13, 16] {
            try expectInvalid("iv", in: header([UInt8](repeating: 1, count: count), tag), key)
        }
        for count in [0, 1, 15, 17, 32] {
            try expectInvalid("tag", in: header(vector, [UInt8](repeating: 1, count: count)), key)
        }
        try expectInvalid("iv", in: #"{"alg":"A256GCMKW","enc":"A256GCM"}"#, key)
        let text = try EncryptionForge.compact(header: header(vector, tag), encryptedKey: [1, 2, 3])
        #expect(throws: JWEError.decryptionFailed) { try JWE.decrypt(text, with: [key]) }
    }
}
