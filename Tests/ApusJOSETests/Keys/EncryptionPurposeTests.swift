import Testing

@testable import ApusJOSE

/// Encryption and decryption keys from JWKs: which are made, and which are refused.
@Suite struct EncryptionPurposeTests {
    // The last table of the tutorials: the defaults for nested tokens.
    @Test(arguments: [
        (RFCKeys.jwsRSA, KeyManagementAlgorithm.rsaOAEP256, ContentEncryption.a256GCM),
        (RFCKeys.ecPrivate, .ecdhESA256KW, .a256GCM), (PeerKeys.p384, .ecdhESA256KW, .a256GCM),
        (PeerKeys.x25519, .ecdhESA256KW, .a256GCM), (PeerKeys.x448, .ecdhESA256KW, .a256GCM),
        (RFCKeys.wrappingSecret, .a128KW, .a256GCM), (CookbookKeys.encryptionSecret, .direct, .a256GCM),
        (RFCKeys.macSecret, .direct, .a256CBCHS512),
    ])
    func `takes the algorithms of its kind or its alg`(
        json: String, algorithm: KeyManagementAlgorithm, encryption: ContentEncryption
    ) throws {
        let jwk = try JWK(json: json)
        let encrypter = try EncryptionKey(jwk)
        #expect(encrypter.algorithm == algorithm)
        #expect(encrypter.encryption == encryption)
        #expect(encrypter.kid == jwk.kid ?? jwk.thumbprint())
        let decrypter = try DecryptionKey(jwk)
        #expect(decrypter.algorithm == algorithm)
        #expect(decrypter.kid == encrypter.kid)
        let message = try JWE.encrypt([1, 2, 3], to: encrypter)
        #expect(try JWE.decrypt(message, with: [decrypter]).plaintext == [1, 2, 3])
        guard let publicKey = jwk.publicJWK else { return }
        #expect(throws: Never.self) { try EncryptionKey(publicKey) }
        #expect(throws: KeyError.self) { try DecryptionKey(publicKey) }
    }

    @Test func `refuses a key for signatures`() throws {
        let signer = try JWK(json: CookbookKeys.rsaPrivate)
        #expect(throws: KeyError.useNotPermitted(.signature)) { try EncryptionKey(signer) }
        #expect(throws: KeyError.useNotPermitted(.signature)) { try DecryptionKey(signer) }
        #expect(throws: KeyError.encryptionAlgorithmUnknown("RS256")) {
            try EncryptionKey(JWK(json: RFCKeys.rsaPublic))
        }
        #expect(throws: KeyError.self) { try EncryptionKey(JWK(json: RFCKeys.ed25519)) }
    }

    @Test func `refuses another algorithm than the key states`() throws {
        let key = try JWK(json: RFCKeys.wrappingSecret)
        #expect(throws: KeyError.algorithmContradicted(stated: "A128KW", asked: "dir")) {
            try EncryptionKey(key, algorithm: .direct)
        }
        #expect(throws: KeyError.algorithmContradicted(stated: "A128KW", asked: "A128GCMKW")) {
            try DecryptionKey(key, algorithm: .a128GCMKW)
        }
    }

    @Test func `refuses a key whose operations leave it out`() throws {
        var key = try JWK(json: RFCKeys.ecPrivate)
        key.operations = []
        #expect(throws: Never.self) { try EncryptionKey(key) }
        #expect(throws: KeyError.operationNotPermitted(.deriveKey)) { try DecryptionKey(key) }
        key.operations = [.deriveBits]
        #expect(throws: Never.self) { try DecryptionKey(key) }
        var secret = try JWK(json: RFCKeys.wrappingSecret)
        secret.operations = [.unwrapKey]
        #expect(throws: KeyError.operationNotPermitted(.wrapKey)) { try EncryptionKey(secret) }
        #expect(throws: Never.self) { try DecryptionKey(secret) }
    }

    @Test func `passes on why the key does not fit`() throws {
        let error = try #require(throws: KeyError.self) { try EncryptionKey(JWK(secret: [UInt8](0..<20))) }
        guard case .encryption(let reason) = error else { throw error }
        #expect(error.description == reason.description)
    }
}
