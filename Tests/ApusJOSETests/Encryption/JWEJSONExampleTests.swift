import Testing

@testable import ApusJOSE

/// The worked examples of RFC 7520 §5 in the JSON serialisations; `JWEExampleTests` has the compact ones.
@Suite struct JWEJSONExampleTests {
    private typealias Cookbook = RFC7520Vectors

    @Test(arguments: [
        (Cookbook.key2, KeyManagementAlgorithm.rsaOAEP, [Cookbook.general2, Cookbook.flattened2]),
        (Cookbook.key4, .ecdhESA128KW, [Cookbook.general4, Cookbook.flattened4]),
        (Cookbook.key5, .ecdhES, [Cookbook.general5, Cookbook.flattened5]),
        (Cookbook.key6, .direct, [Cookbook.general6, Cookbook.flattened6]),
        (Cookbook.key7, .a256GCMKW, [Cookbook.general7, Cookbook.flattened7]),
    ])
    func `decrypts RFC 7520 §5.2 and §5.4 to §5.7`(
        jwk: String, algorithm: KeyManagementAlgorithm, forms: [String]
    ) throws {
        let key = try EncryptionForge.decryptionKey(jwk: jwk, algorithm)
        for json in forms {
            let message = try JWE.decrypt(json: json, with: [key])
            #expect(message.text == Cookbook.plaintext)
            #expect(message.kid == key.kid)
            #expect(message.protectedHeader["alg"] == .string(algorithm.rawValue))
        }
    }

    @Test(arguments: [Cookbook.general3, Cookbook.flattened3])
    func `decrypts RFC 7520 §5.3, keys under a password`(json: String) throws {
        let key = try DecryptionKey(password: "entrap_o\u{2013}peter_long\u{2013}credit_tun")
        let message = try JWE.decrypt(json: json, with: [key])
        #expect(message.text == Cookbook.keySet)
        #expect(message.protectedHeader["cty"] == "jwk-set+json")
    }

    @Test func `decrypts RFC 7520 §5.10 in general form, with its additional data`() throws {
        let key = try EncryptionForge.decryptionKey(jwk: Cookbook.key8, .a128KW)
        let message = try JWE.decrypt(json: Cookbook.general10, with: [key])
        #expect(message.text == Cookbook.plaintext)
        let data = try #require(message.additionalData)
        #expect(try JSONValue.parse(data)[0] == "vcard")
    }

    @Test(arguments: [(Cookbook.general11, "A128KW"), (Cookbook.general12, "A128GCM")])
    func `decrypts RFC 7520 §5.11 and §5.12 in general form when unprotected algorithms are allowed`(
        json: String, refused: String
    ) throws {
        let key = try EncryptionForge.decryptionKey(jwk: Cookbook.key8, .a128KW)
        let message = try JWE.decrypt(json: json, with: [key], allowingUnprotectedAlgorithms: true)
        #expect(message.text == Cookbook.plaintext)
        #expect(throws: JWEError.algorithmNotAllowed(refused)) { try JWE.decrypt(json: json, with: [key]) }
    }

    // Each with the very key that it was encrypted to.
    @Test(arguments: [Cookbook.general1, Cookbook.flattened1])
    func `refuses RFC 7520 §5.1, RSA1_5`(json: String) throws {
        for algorithm in [KeyManagementAlgorithm.rsaOAEP, .rsaOAEP256] {
            let key = try EncryptionForge.decryptionKey(jwk: RSA15Vectors.rfc7520Key1, algorithm)
            for isAllowing in [false, true] {
                #expect(throws: JWEError.algorithmNotAllowed("RSA1_5")) {
                    try JWE.decrypt(json: json, with: [key], allowingUnprotectedAlgorithms: isAllowing)
                }
            }
        }
    }

    @Test(arguments: [Cookbook.general9, Cookbook.flattened9])
    func `refuses RFC 7520 §5.9, compressed content`(json: String) throws {
        let key = try EncryptionForge.decryptionKey(jwk: Cookbook.key8, .a128KW)
        #expect(throws: JWEError.headerNotSupported("zip")) { try JWE.decrypt(json: json, with: [key]) }
    }

    @Test func `refuses RFC 7520 §5.13 for its first recipient, RSA1_5`() throws {
        let key = try EncryptionForge.decryptionKey(jwk: RSA15Vectors.rfc7520Key1, .rsaOAEP)
        #expect(throws: JWEError.algorithmNotAllowed("RSA1_5")) {
            try JWE.decrypt(json: Cookbook.general13, with: [key])
        }
    }

    @Test func `refuses RFC 7516 A.2, and A.4 for its first recipient: RSA1_5`() throws {
        for algorithm in [KeyManagementAlgorithm.rsaOAEP, .rsaOAEP256] {
            let key = try EncryptionForge.decryptionKey(jwk: RSA15Vectors.keyA2, algorithm)
            #expect(throws: JWEError.algorithmNotAllowed("RSA1_5")) {
                try JWE.decrypt(RSA15Vectors.messageA2, with: [key])
            }
            #expect(throws: JWEError.algorithmNotAllowed("RSA1_5")) {
                try JWE.decrypt(json: RFC7516Vectors.messageA4, with: [key])
            }
        }
        #expect(throws: KeyError.encryptionAlgorithmUnknown("RSA1_5")) {
            try DecryptionKey(JWK(json: RSA15Vectors.keyA2.replacing(#""kid""#, with: #""alg":"RSA1_5","kid""#)))
        }
    }
}
