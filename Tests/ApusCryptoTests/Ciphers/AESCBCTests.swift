import ApusCrypto
import Testing

@Suite struct AESCBCTests {
    // NIST SP 800-38A §F.2: four blocks under each key size. PKCS #7 adds a block of padding behind them.
    private static let plaintext =
        "6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e5130c81c46a35ce411e5fbc1191a0a52eff69f"
        + "2445df4f9b17ad2b417be66c3710"
    private static let vector = "000102030405060708090a0b0c0d0e0f".octets

    @Test(arguments: [
        (
            "2b7e151628aed2a6abf7158809cf4f3c",
            "7649abac8119b246cee98e9b12e9197d5086cb9b507219ee95db113a917678b273bed6b8e3c1743b7116e69e222295163ff1"
                + "caa1681fac09120eca307586e1a7"
        ),
        (
            "8e73b0f7da0e6452c810f32b809079e562f8ead2522c6b7b",
            "4f021db243bc633d7178183a9fa071e8b4d9ada9ad7dedf4e5e738763f69145a571b242012fb7ae07fa9baac3df102e008b0"
                + "e27988598881d920a9e64f5615cd"
        ),
        (
            "603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4",
            "f58c4c04d6e5f1ba779eabfb5f7bfbd69cfc4e967edb808d679f777bc6702c7d39f23369a9d9bacfa530e26304231461b2eb"
                + "05e2c39be9fcda6c19078c6a9d1b"
        ),
    ])
    func `gives the blocks of SP 800-38A`(key: String, blocks: String) throws {
        let cipher = try AESCBC(key.secret)
        let plaintext = Self.plaintext.octets
        let ciphertext = try cipher.encrypt(plaintext.span, vector: Self.vector.span)
        #expect(ciphertext.count == 80)
        #expect([UInt8](ciphertext.prefix(64)).hexadecimal == blocks)
        #expect(try cipher.decrypt(ciphertext.span, vector: Self.vector.span) == plaintext)
    }

    @Test(arguments: 0...33)
    func `pads to the next whole block and takes the padding off again`(count: Int) throws {
        let cipher = try AESCBC(SecretBytes.random(16))
        let plaintext = [UInt8](repeating: 9, count: count)
        let ciphertext = try cipher.encrypt(plaintext.span, vector: Self.vector.span)
        #expect(ciphertext.count == (count / 16 + 1) * 16)
        #expect(try cipher.decrypt(ciphertext.span, vector: Self.vector.span) == plaintext)
    }

    @Test func `refuses a length that is no multiple of a block, and wrong padding, with one error`() throws {
        let key = "2b7e151628aed2a6abf7158809cf4f3c".secret
        let cipher = try AESCBC(key)
        let blocks = "7649abac8119b246cee98e9b12e9197d5086cb9b507219ee95db113a917678b2".octets
        for count in 0...blocks.count {
            let front = [UInt8](blocks.prefix(count))
            #expect(throws: CipherError.decryptionFailed) { try cipher.decrypt(front.span, vector: Self.vector.span) }
        }
    }

    @Test(arguments: [0, 15, 17])
    func `refuses a vector that is not of one block`(count: Int) throws {
        let cipher = try AESCBC(SecretBytes.random(16))
        let vector = [UInt8](repeating: 0, count: count)
        #expect(throws: CryptoError.self) { try cipher.encrypt(vector.span, vector: vector.span) }
        #expect(throws: CipherError.decryptionFailed) {
            try cipher.decrypt([UInt8](repeating: 0, count: 16).span, vector: vector.span)
        }
    }
}
