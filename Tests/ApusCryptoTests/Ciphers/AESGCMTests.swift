import ApusCrypto
import Testing

@Suite struct AESGCMTests {
    // The Galois/Counter Mode of Operation (McGrew and Viega), appendix B: cases 2, 4, 10 and 16, then 1 and 13.
    struct Vector: Sendable, CustomTestStringConvertible {
        let number: Int
        let key: String
        let nonce: String
        let plaintext: String
        let data: String
        let ciphertext: String
        let tag: String

        var testDescription: String { "case \(number)" }
    }

    private static let plaintext =
        "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525b16a"
        + "edf5aa0de657ba637b39"
    private static let data = "feedfacedeadbeeffeedfacedeadbeefabaddad2"
    private static let key = "feffe9928665731c6d6a8f9467308308"

    private static let vectors = [
        Vector(
            number: 1, key: String(repeating: "0", count: 32), nonce: String(repeating: "0", count: 24), plaintext: "",
            data: "", ciphertext: "", tag: "58e2fccefa7e3061367f1d57a4e7455a"),
        Vector(
            number: 2, key: String(repeating: "0", count: 32), nonce: String(repeating: "0", count: 24),
            plaintext: String(repeating: "0", count: 32), data: "", ciphertext: "0388dace60b6a392f328c2b971b2fe78",
            tag: "ab6e47d42cec13bdf53a67b21257bddf"),
        Vector(
            number: 4, key: key, nonce: "cafebabefacedbaddecaf888", plaintext: plaintext, data: data,
            ciphertext: "42831ec2217774244b7221b784d0d49ce3aa212f2c02a4e035c17e2329aca12e21d514b25466931c7d8f6a5aac84aa"
                + "051ba30b396a0aac973d58e091",
            tag: "5bc94fbc3221a5db94fae95ae7121a47"),
        Vector(
            number: 10, key: key + "feffe9928665731c", nonce: "cafebabefacedbaddecaf888", plaintext: plaintext,
            data: data,
            ciphertext: "3980ca0b3c00e841eb06fac4872a2757859e1ceaa6efd984628593b40ca1e19c7d773d00c144c525ac619d18c84a3f"
                + "4718e2448b2fe324d9ccda2710",
            tag: "2519498e80f1478f37ba55bd6d27618c"),
        Vector(
            number: 13, key: String(repeating: "0", count: 64), nonce: String(repeating: "0", count: 24), plaintext: "",
            data: "", ciphertext: "", tag: "530f8afbc74536b9a963b4f1c4cb738b"),
        Vector(
            number: 16, key: key + key, nonce: "cafebabefacedbaddecaf888", plaintext: plaintext, data: data,
            ciphertext:
                "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b1056828838"
                + "c5f61e6393ba7a0abcc9f662",
            tag: "76fc6ece0f4e1768cddf8853bb2d551b"),
    ]

    @Test(arguments: vectors)
    func `gives the ciphertexts and tags of the paper`(vector: Vector) throws {
        let cipher = try AESGCM(vector.key.secret)
        let sealed = try cipher.sealed(vector.plaintext.octets, vector.nonce.octets, vector.data.octets)
        #expect(sealed.ciphertext.hexadecimal == vector.ciphertext)
        #expect(sealed.tag.hexadecimal == vector.tag)
        let opened = try cipher.opened(
            vector.ciphertext.octets, vector.tag.octets, vector.nonce.octets, vector.data.octets)
        #expect(opened.hexadecimal == vector.plaintext)
    }

    @Test func `refuses any change of ciphertext, tag, nonce and data with one error`() throws {
        let vector = try #require(Self.vectors.first { $0.number == 4 })
        let cipher = try AESGCM(vector.key.secret)
        let parts = [vector.ciphertext, vector.tag, vector.nonce, vector.data].map(\.octets)
        for part in parts.indices {
            for index in parts[part].indices {
                var changed = parts
                changed[part][index] ^= 0x80
                #expect(throws: CipherError.decryptionFailed) {
                    try cipher.opened(changed[0], changed[1], changed[2], changed[3])
                }
            }
            var longer = parts
            longer[part].append(0)
            #expect(throws: CipherError.decryptionFailed) {
                try cipher.opened(longer[0], longer[1], longer[2], longer[3])
            }
        }
    }

    @Test(arguments: 0..<16)
    func `refuses the front of a tag`(count: Int) throws {
        let vector = try #require(Self.vectors.first { $0.number == 4 })
        let tag = [UInt8](vector.tag.octets.prefix(count))
        #expect(throws: CipherError.decryptionFailed) {
            try AESGCM(vector.key.secret).opened(
                vector.ciphertext.octets, tag, vector.nonce.octets, vector.data.octets)
        }
    }

    @Test func `opens a sealed key into memory that is wiped`() throws {
        let cipher = try AESGCM(Self.key.secret)
        let nonce = [UInt8](repeating: 7, count: 12)
        let sealed = try cipher.sealed([1, 2, 3], nonce, [])
        let secret = try cipher.openSecret(sealed.ciphertext.span, tag: sealed.tag.span, nonce: nonce.span)
        #expect(secret.array == [1, 2, 3])
    }

    @Test(arguments: [0, 15, 17, 31, 33, 64])
    func `refuses a key that is no AES key`(count: Int) {
        #expect(throws: CryptoError.self) { try AESGCM(SecretBytes.random(count)) }
    }

    @Test(arguments: [0, 11, 13, 16])
    func `seals under nonces of 96 bits alone`(count: Int) throws {
        let cipher = try AESGCM(Self.key.secret)
        #expect(throws: CryptoError.self) { try cipher.sealed([1], [UInt8](repeating: 0, count: count), []) }
    }
}

extension AESGCM {
    fileprivate func sealed(_ plaintext: [UInt8], _ nonce: [UInt8], _ data: [UInt8]) throws -> Sealed {
        try seal(plaintext.span, nonce: nonce.span, authenticating: data.span)
    }

    fileprivate func opened(_ text: [UInt8], _ tag: [UInt8], _ nonce: [UInt8], _ data: [UInt8]) throws -> [UInt8] {
        try open(text.span, tag: tag.span, nonce: nonce.span, authenticating: data.span)
    }
}
