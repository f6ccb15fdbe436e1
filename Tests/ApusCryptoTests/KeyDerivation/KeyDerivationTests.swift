import ApusCrypto
import Testing

@Suite struct KeyDerivationTests {
    // RFC 7518 appendix C: the agreed secret and the other information, printed there in decimal.
    @Test func `gives the key of RFC 7518 appendix C`() throws {
        let agreed: [UInt8] = [
            158, 86, 217, 29, 129, 113, 53, 211, 114, 131, 66, 131, 191, 132, 38, 156, 251, 49, 110, 163, 218, 128, 106,
            72, 246, 218, 167, 121, 140, 254, 144, 196,
        ]
        let information: [UInt8] =
            [0, 0, 0, 7] + [UInt8]("A128GCM".utf8) + [0, 0, 0, 5] + [UInt8]("Alice".utf8) + [0, 0, 0, 3]
            + [UInt8]("Bob".utf8) + [0, 0, 0, 128]
        let key = try ConcatKDF.derive(
            .sha256, from: SecretBytes(copying: agreed.span), otherInformation: information.span, count: 16)
        #expect(key.array == [86, 170, 141, 234, 248, 35, 109, 32, 92, 34, 40, 205, 113, 167, 16, 26])
    }

    // RFC 7914 §11.
    @Test(arguments: [
        (
            "passwd", "salt", 1,
            "55ac046e56e3089fec1691c22544b605f94185216dde0465e68b9d57c20dacbc49ca9cccf179b645991664b39d77ef317c71"
                + "b845b1e30bd509112041d3a19783"
        ),
        (
            "Password", "NaCl", 80000,
            "4ddcd8f60b98be21830cee5ef22701f9641a4418d04c0414aeff08876b34ab56a1d425a1225833549adb841b51c9b3176a27"
                + "2bdebba1d078478f62b397f33c8d"
        ),
    ])
    func `gives the keys of RFC 7914 for passwords`(
        password: String, salt: String, iterations: Int, expected: String
    ) throws {
        let (password, salt) = ([UInt8](password.utf8), [UInt8](salt.utf8))
        let key = try PBKDF2.derive(
            .sha256, from: SecretBytes(copying: password.span), salt: salt.span, iterations: iterations, count: 64)
        #expect(key.array.hexadecimal == expected)
    }

    // Python's hashlib.pbkdf2_hmac over "password", b"saltsalt" and 1,000 iterations.
    @Test(arguments: [
        (DigestAlgorithm.sha384, 24, "9c2af27410c6bfe294fda90b79736699f5c735ddcb4d7432"),
        (.sha512, 32, "43abf8c7027c6bd9d63e9d81784a006188474a8db14663d60114f5eef4e94b1b"),
    ])
    func `agrees with Python on the other hashes`(digest: DigestAlgorithm, count: Int, expected: String) throws {
        let (password, salt) = ([UInt8]("password".utf8), [UInt8]("saltsalt".utf8))
        let key = try PBKDF2.derive(
            digest, from: SecretBytes(copying: password.span), salt: salt.span, iterations: 1000, count: count)
        #expect(key.array.hexadecimal == expected)
    }

    @Test(arguments: [0, -1])
    func `refuses to iterate not at all`(iterations: Int) throws {
        let password = try SecretBytes.random(8)
        #expect(throws: CryptoError.self) {
            try PBKDF2.derive(.sha256, from: password, salt: [1, 2].span, iterations: iterations, count: 16)
        }
    }

    // RFC 5869 §A.1 to A.3.
    @Test(arguments: [
        (
            [UInt8](repeating: 0x0B, count: 22), [UInt8](0...0x0C), [UInt8](0xF0...0xF9),
            "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865"
        ),
        (
            [UInt8](0...0x4F), [UInt8](0x60...0xAF), [UInt8](0xB0...0xFF),
            "b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c59045a99cac7827271cb41c65e590e09da3275600c2f09b"
                + "8367793a9aca3db71cc30c58179ec3e87c14c01d5c1f3434f1d87"
        ),
        (
            [UInt8](repeating: 0x0B, count: 22), [], [],
            "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8"
        ),
    ])
    func `gives the keys of RFC 5869 by HKDF`(
        secret: [UInt8], salt: [UInt8], information: [UInt8], expected: String
    ) throws {
        let key = try HKDF.derive(
            .sha256, from: SecretBytes(copying: secret.span), salt: salt, information: information.span,
            count: expected.utf8.count / 2)
        #expect(key.array.hexadecimal == expected)
    }

    // RFC 5869 §2.3: at most 255 blocks of the hash's length.
    @Test func `expands to no more than 255 blocks`() throws {
        let secret = try SecretBytes.random(32)
        let most = try HKDF.derive(.sha256, from: secret, information: Span(), count: 255 * 32)
        #expect(most.count == 255 * 32)
        #expect(throws: CryptoError.self) {
            try HKDF.derive(.sha256, from: secret, information: Span(), count: 255 * 32 + 1)
        }
    }
}
