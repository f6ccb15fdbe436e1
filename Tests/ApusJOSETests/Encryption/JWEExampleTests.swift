import Testing

@testable import ApusJOSE

/// The worked examples of the RFCs.
@Suite struct JWEExampleTests {
    private typealias Examples = RFC7516Vectors
    private typealias Cookbook = RFC7520Vectors

    @Test func `decrypts RFC 7516 A.1, RSA-OAEP with AES-GCM`() throws {
        let key = try EncryptionForge.decryptionKey(jwk: Examples.keyA1, .rsaOAEP)
        let message = try JWE.decrypt(Examples.messageA1, with: [key])
        #expect(
            message.text == "The true sign of intelligence is not knowledge but imagination.")
        #expect(message.protectedHeader == ["alg": "RSA-OAEP", "enc": "A256GCM"])
    }

    @Test func `decrypts RFC 7516 A.3, AES key wrap with AES-CBC and HMAC`() throws {
        let key = try EncryptionForge.decryptionKey(jwk: Examples.keyA3, .a128KW)
        #expect(try JWE.decrypt(Examples.messageA3, with: [key]).text == "Live long and prosper.")
    }

    @Test func `decrypts RFC 7516 A.4 for the second of its recipients`() throws {
        let secret = EncryptionForge.secret(try Base64URL.decode("GawgguFyGrWKav7AX4VKUg"))
        let key = try DecryptionKey(secret: secret, algorithm: .a128KW, kid: "7")
        let message = try JWE.decrypt(json: Examples.messageA4, with: [key])
        #expect(message.text == "Live long and prosper.")
        #expect(message.kid == "7")
        #expect(message.protectedHeader == ["enc": "A128CBC-HS256"])
        #expect(message.header["jku"] == "https://server.example.com/keys.jwks")
    }

    @Test func `decrypts RFC 7516 A.5 when its unprotected algorithm is allowed`() throws {
        let secret = EncryptionForge.secret(try Base64URL.decode("GawgguFyGrWKav7AX4VKUg"))
        let key = try DecryptionKey(secret: secret, algorithm: .a128KW, kid: "7")
        let message = try JWE.decrypt(json: Examples.messageA5, with: [key], allowingUnprotectedAlgorithms: true)
        #expect(message.text == "Live long and prosper.")
        #expect(throws: JWEError.algorithmNotAllowed("A128KW")) {
            try JWE.decrypt(json: Examples.messageA5, with: [key])
        }
    }

    @Test func `decrypts RFC 7517 appendix C, a key under a password`() throws {
        let key = try DecryptionKey(
            password: "Thus from my lips, by yours, my sin is purged.", algorithm: .pbes2HS256A128KW)
        let message = try JWE.decrypt(Examples.messageRFC7517C, with: [key])
        #expect(message.text == Examples.contentRFC7517C)
    }

    @Test(arguments: [
        (Cookbook.key2, KeyManagementAlgorithm.rsaOAEP, Cookbook.compact2),
        (Cookbook.key4, .ecdhESA128KW, Cookbook.compact4),
        (Cookbook.key5, .ecdhES, Cookbook.compact5),
        (Cookbook.key6, .direct, Cookbook.compact6),
        (Cookbook.key7, .a256GCMKW, Cookbook.compact7),
        (Cookbook.key8, .a128KW, Cookbook.compact8),
        (Cookbook.keyX25519, .ecdhES, Cookbook.compactX25519),
    ])
    func `decrypts RFC 7520 §5.2 and §5.4 to §5.8`(
        jwk: String, algorithm: KeyManagementAlgorithm, text: String
    ) throws {
        let key = try EncryptionForge.decryptionKey(jwk: jwk, algorithm)
        let message = try JWE.decrypt(text, with: [key])
        #expect(message.text == Cookbook.plaintext)
        #expect(message.kid != nil)
    }

    @Test func `decrypts RFC 7520 §5.3, keys under a password`() throws {
        let key = try DecryptionKey(password: "entrap_o\u{2013}peter_long\u{2013}credit_tun")
        #expect(try JWE.decrypt(Cookbook.compact3, with: [key]).text == Cookbook.keySet)
    }

    @Test(arguments: [Cookbook.flattened8, Cookbook.general8, Cookbook.flattened10])
    func `decrypts RFC 7520 §5.8 and §5.10 as JSON`(json: String) throws {
        let key = try EncryptionForge.decryptionKey(jwk: Cookbook.key8, .a128KW)
        let message = try JWE.decrypt(json: json, with: [key])
        #expect(message.text == Cookbook.plaintext)
        if json == Cookbook.flattened10 {
            let data = try #require(message.additionalData)
            #expect(String(decoding: data, as: UTF8.self).hasPrefix(#"["vcard",[["version",{},"text","4.0"]"#))
        } else {
            #expect(message.additionalData == nil)
        }
    }

    @Test(arguments: [
        (Cookbook.flattened11, "A128KW"), (Cookbook.flattened12, "A128GCM"),
    ])
    func `decrypts RFC 7520 §5.11 and §5.12 when unprotected algorithms are allowed`(
        json: String, refused: String
    ) throws {
        let key = try EncryptionForge.decryptionKey(jwk: Cookbook.key8, .a128KW)
        let message = try JWE.decrypt(json: json, with: [key], allowingUnprotectedAlgorithms: true)
        #expect(message.text == Cookbook.plaintext)
        #expect(throws: JWEError.algorithmNotAllowed(refused)) { try JWE.decrypt(json: json, with: [key]) }
    }

    @Test(arguments: [
        (Cookbook.curveKey13, KeyManagementAlgorithm.ecdhESA256KW), (Cookbook.secretKey13, .a256GCMKW),
    ])
    func `decrypts RFC 7520 §5.13 for the recipients that are not RSA1_5`(
        jwk: String, algorithm: KeyManagementAlgorithm
    ) throws {
        let key = try EncryptionForge.decryptionKey(jwk: jwk, algorithm)
        #expect(try JWE.decrypt(json: Cookbook.general13, with: [key]).text == Cookbook.plaintext)
    }

    @Test func `refuses RFC 7520 §5.1 and §5.9, RSA1_5 and compressed content`() throws {
        let rsa = try EncryptionForge.decryptionKey(jwk: Examples.keyA1, .rsaOAEP)
        #expect(throws: JWEError.algorithmNotAllowed("RSA1_5")) { try JWE.decrypt(Cookbook.compact1, with: [rsa]) }
        let secret = try EncryptionForge.decryptionKey(jwk: Cookbook.key8, .a128KW)
        #expect(throws: JWEError.headerNotSupported("zip")) { try JWE.decrypt(Cookbook.compact9, with: [secret]) }
    }
}
