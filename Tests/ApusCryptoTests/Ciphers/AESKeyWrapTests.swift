import ApusCrypto
import COpenSSL
import Testing

@Suite struct AESKeyWrapTests {
    private static let wrapping = "000102030405060708090A0B0C0D0E0F101112131415161718191A1B1C1D1E1F"
    private static let wrapped = "00112233445566778899aabbccddeeff000102030405060708090a0b0c0d0e0f"

    // RFC 3394 §4.1–4.6.
    @Test(arguments: [
        (16, 16, "1fa68b0a8112b447aef34bd8fb5a7b829d3e862371d2cfe5"),
        (24, 16, "96778b25ae6ca435f92b5b97c050aed2468ab8a17ad84e5d"),
        (32, 16, "64e8c3f9ce0f5ba263e9777905818a2a93c8191e7d6e8ae7"),
        (24, 24, "031d33264e15d33268f24ec260743edce1c6c7ddee725a936ba814915c6762d2"),
        (32, 24, "a8f9bc1612c68b3ff6e6f4fbe30e71e4769c8b80a32cb8958cd5d17d6b254da1"),
        (32, 32, "28c9f404c4b810f4cbccb35cfb87f8263f5786e2d80ed326cbc7f0e71a99f43bfb988b9b7a02dd21"),
    ])
    func `gives the vectors of RFC 3394`(keyCount: Int, secretCount: Int, expected: String) throws {
        let cipher = try AESKeyWrap(String(Self.wrapping.prefix(keyCount * 2)).secret)
        let secret = String(Self.wrapped.prefix(secretCount * 2))
        #expect(try cipher.wrap(secret.secret).hexadecimal == expected)
        #expect(try cipher.unwrap(expected.octets.span).array == secret.octets)
    }

    @Test func `refuses any change and any other length with one error`() throws {
        let cipher = try AESKeyWrap(String(Self.wrapping.prefix(32)).secret)
        let wrapped = "1fa68b0a8112b447aef34bd8fb5a7b829d3e862371d2cfe5".octets
        for index in wrapped.indices {
            var changed = wrapped
            changed[index] ^= 1
            #expect(throws: CipherError.decryptionFailed) { try cipher.unwrap(changed.span) }
            let front = [UInt8](wrapped.prefix(index))
            #expect(throws: CipherError.decryptionFailed) { try cipher.unwrap(front.span) }
        }
        let longer = wrapped + [UInt8](repeating: 0, count: 8)
        #expect(throws: CipherError.decryptionFailed) { try cipher.unwrap(longer.span) }
    }

    @Test(arguments: [0, 8, 15, 17, 20])
    func `wraps two or more whole half-blocks alone`(count: Int) throws {
        let cipher = try AESKeyWrap(SecretBytes.random(16))
        let secret = try SecretBytes.random(count)
        #expect(throws: CryptoError.self) { try cipher.wrap(secret) }
    }

    // TLS sessions on the same thread would take an error left in the queue for their own.
    @Test func `leaves nothing in the error queue when a cipher refuses`() throws {
        let key = try SecretBytes.random(16)
        let octets = [UInt8](repeating: 1, count: 32)
        ERR_clear_error()
        _ = try? AESKeyWrap(key).unwrap(octets.span)
        #expect(ERR_peek_error() == 0)
        _ = try? AESCBC(key).decrypt(octets.span, vector: [UInt8](octets.prefix(16)).span)
        #expect(ERR_peek_error() == 0)
        _ = try? AESGCM(key).openSecret(
            octets.span, tag: [UInt8](octets.prefix(16)).span, nonce: [UInt8](octets.prefix(12)).span)
        #expect(ERR_peek_error() == 0)
        _ = try? PBKDF2.derive(.sha256, from: key, salt: octets.span, iterations: 0, count: 16)
        #expect(ERR_peek_error() == 0)
    }
}
