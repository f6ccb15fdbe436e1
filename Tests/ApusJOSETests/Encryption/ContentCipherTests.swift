import ApusCrypto
import Testing

@testable import ApusJOSE

@Suite struct ContentCipherTests {
    private static let plaintext = [UInt8](
        """
        A cipher system must not be required to be secret, and it must be able to fall into the hands of the enemy \
        without inconvenience
        """.utf8)
    private static let data = [UInt8]("The second principle of Auguste Kerckhoffs".utf8)
    private static let vector: [UInt8] = [
        0x1a, 0xf3, 0x8c, 0x2d, 0xc2, 0xb9, 0x6f, 0xfd, 0xd8, 0x66, 0x94, 0x09, 0x23, 0x41, 0xbc, 0x04,
    ]

    // RFC 7518 §B.1–B.3: the key is 00 01 02 and so on.
    private static let examples: [(ContentEncryption, String, String)] = [
        (
            .a128CBCHS256,
            "c80edfa32ddf39d5ef00c0b468834279a2e46a1b8049f792f76bfe54b903a9c9a94ac9b47ad2655c5f10f9aef71427e2"
                + "fc6f9b3f399a221489f16362c703233609d45ac69864e3321cf82935ac4096c86e133314c54019e8ca7980dfa4b9cf1b"
                + "384c486f3a54c51078158ee5d79de59fbd34d848b3d69550a67646344427ade54b8851ffb598f7f80074b9473c82e2db",
            "652c3fa36b0a7c5b3219fab3a30bc1c4"
        ),
        (
            .a192CBCHS384,
            "ea65da6b59e61edb419be62d19712ae5d303eeb50052d0dfd6697f77224c8edb000d279bdc14c1072654bd30944230c6"
                + "57bed4ca0c9f4a8466f22b226d1746214bf8cfc2400add9f5126e479663fc90b3bed787a2f0ffcbf3904be2a641d5c21"
                + "05bfe591bae23b1d7449e532eef60a9ac8bb6c6b01d35d49787bcd57ef484927f280adc91ac0c4e79c7b11efc60054e3",
            "8490ac0e58949bfe51875d733f93ac2075168039ccc733d7"
        ),
        (
            .a256CBCHS512,
            "4affaaadb78c31c5da4b1b590d10ffbd3dd8d5d302423526912da037ecbcc7bd822c301dd67c373bccb584ad3e9279c2"
                + "e6d12a1374b77f077553df829410446b36ebd97066296ae6427ea75c2e0846a11a09ccf5370dc80bfecbad28c73f09b3"
                + "a3b75e662a2594410ae496b2e2e6609e31e6e02cc837f053d21f37ff4f51950bbe2638d09dd7a4930930806d0703b1f6",
            "4dd3b4c088a7f45c216839645b2012bf2e6269a8c56a816dbc1b267761955bc5"
        ),
    ]

    @Test(arguments: examples)
    func `gives the ciphertexts and tags of RFC 7518 appendix B`(
        encryption: ContentEncryption, ciphertext: String, tag: String
    ) throws {
        let key = EncryptionForge.secret(count: encryption.keyByteCount)
        let sealed = try ContentCipher.seal(
            Self.plaintext.span, encryption, key: key, vector: Self.vector, authenticating: Self.data.span)
        #expect(sealed.ciphertext == ciphertext.octetsOfHexadecimal)
        #expect(sealed.tag == tag.octetsOfHexadecimal)
        let opened = try ContentCipher.open(sealed, encryption, key: key, authenticating: Self.data.span)
        #expect(opened == Self.plaintext)
    }

    @Test(arguments: ContentEncryption.allCases)
    func `refuses any change and any other length with one error`(encryption: ContentEncryption) throws {
        let key = EncryptionForge.secret(count: encryption.keyByteCount)
        let vector = [UInt8](repeating: 7, count: encryption.vectorByteCount)
        let sealed = try ContentCipher.seal(
            [1, 2, 3].span, encryption, key: key, vector: vector, authenticating: Self.data.span)
        func expectRefusal(_ vector: [UInt8], _ ciphertext: [UInt8], _ tag: [UInt8]) {
            let changed = ContentCipher.Sealed(vector: vector, ciphertext: ciphertext, tag: tag)
            #expect(throws: CipherError.decryptionFailed) {
                try ContentCipher.open(changed, encryption, key: key, authenticating: Self.data.span)
            }
        }
        for index in sealed.vector.indices {
            expectRefusal(sealed.vector.flipping(index), sealed.ciphertext, sealed.tag)
            expectRefusal([UInt8](sealed.vector.prefix(index)), sealed.ciphertext, sealed.tag)
        }
        for index in sealed.ciphertext.indices {
            expectRefusal(sealed.vector, sealed.ciphertext.flipping(index), sealed.tag)
            expectRefusal(sealed.vector, [UInt8](sealed.ciphertext.prefix(index)), sealed.tag)
        }
        for index in sealed.tag.indices {
            expectRefusal(sealed.vector, sealed.ciphertext, sealed.tag.flipping(index))
            expectRefusal(sealed.vector, sealed.ciphertext, [UInt8](sealed.tag.prefix(index)))
        }
        expectRefusal(sealed.vector, sealed.ciphertext, sealed.tag + [0])
        #expect(throws: CipherError.decryptionFailed) {
            try ContentCipher.open(sealed, encryption, key: key, authenticating: [1].span)
        }
        #expect(throws: CipherError.decryptionFailed) {
            let other = try SecretBytes.random(encryption.keyByteCount)
            return try ContentCipher.open(sealed, encryption, key: other, authenticating: Self.data.span)
        }
    }
}

extension [UInt8] {
    fileprivate func flipping(_ index: Int) -> [UInt8] {
        var changed = self
        changed[index] ^= 1
        return changed
    }
}
