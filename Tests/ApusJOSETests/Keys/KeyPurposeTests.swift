import Testing

@testable import ApusJOSE

/// Signing and verification keys from JWKs: which are made, and which are refused with what words.
@Suite struct KeyPurposeTests {
    // The last table of the tutorials: the automatic algorithm.
    @Test(arguments: [
        (RFCKeys.jwsRSA, SignatureAlgorithm.rs256), (RFCKeys.jwsP256, .es256), (PeerKeys.p384, .es384),
        (RFCKeys.jwsP521, .es512), (PeerKeys.secp256k1, .es256K), (RFCKeys.ed25519, .edDSA), (PeerKeys.ed448, .edDSA),
        (RFCKeys.macSecret, .hs512), (CookbookKeys.macSecret, .hs256),
    ])
    func `takes the algorithm of its kind`(json: String, algorithm: SignatureAlgorithm) throws {
        let key = try SigningKey(JWK(json: json))
        #expect(key.algorithm == algorithm)
        #expect(key.verificationKey.algorithms == [algorithm])
        let input = [UInt8]("header.payload".utf8)
        let signature = try key.signature(for: input)
        #expect(signature.count == key.signatureCount)
        #expect(key.verificationKey.isValid(signature, for: input, algorithm))
        #expect(!key.verificationKey.isValid(signature, for: input + [0], algorithm))
    }

    @Test(
        arguments: [
            (PeerKeys.rsa, [.rs256, .rs384, .rs512, .ps256, .ps384, .ps512]), (RFCKeys.rsaPublic, [.rs256]),
            (RFCKeys.jwsP256, [.es256]), (RFCKeys.ed25519, [.edDSA]), (RFCKeys.macSecret, [.hs512, .hs384, .hs256]),
            (CookbookKeys.macSecret, [.hs256]),
        ] as [(String, [SignatureAlgorithm])])
    func `verifies what its kind or its alg allows`(json: String, algorithms: [SignatureAlgorithm]) throws {
        #expect(try VerificationKey(JWK(json: json)).algorithms == algorithms)
    }

    @Test func `takes the identifier given, else its own, else the thumbprint`() throws {
        let named = try JWK(json: RFCKeys.rsaPrivate)
        #expect(try SigningKey(named).kid == "2011-04-29")
        #expect(try SigningKey(named, kid: "mine").kid == "mine")
        #expect(try VerificationKey(named, kid: "mine").kid == "mine")
        let unnamed = try JWK(json: RFCKeys.ed25519)
        #expect(try SigningKey(unnamed).kid == "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k")
        #expect(try SigningKey(unnamed).verificationKey.kid == "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k")
        #expect(throws: KeyError.kidLengthInvalid(octets: 0)) { try SigningKey(unnamed, kid: "") }
        #expect(throws: KeyError.kidLengthInvalid(octets: 300)) {
            try VerificationKey(unnamed, kid: String(repeating: "k", count: 300))
        }
    }

    @Test func `signs with no public key`() throws {
        #expect(throws: KeyError.privatePartMissing) { try SigningKey(JWK(json: RFCKeys.rsaPublic)) }
        #expect(throws: KeyError.privatePartMissing) { try SigningKey(JWK(pem: PEMTexts.certificate)) }
    }

    @Test(arguments: [
        (RFCKeys.jwsP256, SignatureAlgorithm.es384), (RFCKeys.jwsP256, .es256K), (RFCKeys.jwsP256, .hs256),
        (RFCKeys.jwsP521, .es256), (RFCKeys.jwsRSA, .es256), (RFCKeys.jwsRSA, .edDSA), (RFCKeys.jwsRSA, .hs256),
        (RFCKeys.ed25519, .es256), (RFCKeys.macSecret, .rs256), (PeerKeys.secp256k1, .es256), (PeerKeys.x25519, .edDSA),
    ])
    func `refuses an algorithm for another kind of key`(json: String, algorithm: SignatureAlgorithm) throws {
        let key = try JWK(json: json)
        let refusal = KeyError.algorithmUnsuited(algorithm, kind: key.kind)
        #expect(throws: refusal) { try SigningKey(key, algorithm: algorithm) }
        #expect(throws: refusal) { try VerificationKey(key, algorithm: algorithm) }
        #expect(refusal.description.contains(algorithm.rawValue))
        #expect(refusal.description.contains("\(key.kind)"))
    }

    @Test(arguments: [PeerKeys.x25519, PeerKeys.x448])
    func `refuses a key for agreement`(json: String) throws {
        let key = try JWK(json: json)
        #expect(throws: KeyError.kindUnsuited(key.kind)) { try SigningKey(key) }
        #expect(throws: KeyError.kindUnsuited(key.kind)) { try VerificationKey(key) }
    }

    @Test func `refuses a short secret`() throws {
        let key = try JWK(secret: [UInt8](0..<31))
        let refusal = KeyError.secretTooShort(octets: 31, minimum: 32, algorithm: .hs256)
        #expect(throws: refusal) { try SigningKey(key) }
        #expect(throws: refusal) { try VerificationKey(key) }
        #expect(throws: KeyError.secretTooShort(octets: 32, minimum: 64, algorithm: .hs512)) {
            try SigningKey(JWK(secret: [UInt8](0..<32)), algorithm: .hs512)
        }
    }

    @Test func `refuses another algorithm than the key states`() throws {
        let refusal = KeyError.algorithmContradicted(stated: "RS256", asked: "PS256")
        #expect(throws: refusal) { try SigningKey(JWK(json: RFCKeys.rsaPrivate), algorithm: .ps256) }
        #expect(throws: refusal) { try VerificationKey(JWK(json: RFCKeys.rsaPublic), algorithm: .ps256) }
        #expect(refusal.description.contains("RS256"))
    }

    @Test(arguments: ["RSA-OAEP", "A128KW", "Ed25519", "none", "eddsa", "ES256\u{212A}"])
    func `refuses a key that states another registry's algorithm or an unknown one`(name: String) throws {
        var key = try JWK(json: RFCKeys.ed25519)
        key.algorithm = name
        #expect(throws: KeyError.algorithmUnknown(name)) { try SigningKey(key) }
        #expect(throws: KeyError.algorithmUnknown(name)) { try VerificationKey(key) }
    }

    @Test func `refuses a key for encryption`() throws {
        #expect(throws: KeyError.useNotPermitted(.encryption)) { try SigningKey(JWK(json: RFCKeys.ecPrivate)) }
        #expect(throws: KeyError.useNotPermitted(.encryption)) { try VerificationKey(JWK(json: RFCKeys.ecPublic)) }
    }

    @Test func `refuses a key whose operations leave signing out`() throws {
        var key = try JWK(json: RFCKeys.jwsP256)
        key.operations = [.verify]
        #expect(throws: KeyError.operationNotPermitted(.sign)) { try SigningKey(key) }
        #expect(throws: Never.self) { try VerificationKey(key) }
        key.operations = [.sign]
        #expect(throws: Never.self) { try SigningKey(key) }
        #expect(throws: KeyError.operationNotPermitted(.verify)) { try VerificationKey(key) }
        key.use = .signature
        key.operations = [.sign, .deriveKey]
        #expect(throws: KeyError.useContradictsOperations(.signature, .deriveKey)) { try SigningKey(key) }
    }

    @Test func `has the public key for others, and nothing of a secret`() throws {
        let jwk = try #require(SigningKey(JWK(json: RFCKeys.rsaPrivate)).verificationKey.publicJWK)
        #expect(!jwk.isPrivate)
        #expect(jwk.kid == "2011-04-29")
        #expect(jwk.algorithm == "RS256")
        #expect(jwk.use == .signature)
        #expect(try VerificationKey(JWK(json: PeerKeys.rsa)).publicJWK?.algorithm == nil)
        #expect(try SigningKey(JWK(json: RFCKeys.macSecret)).verificationKey.publicJWK == nil)
    }

    // One of the six for RSA, whose keys take a second to find.
    @Test(arguments: SignatureAlgorithm.allCases.filter { $0 == .ps256 || $0.generatedKind != .rsa(bits: 3_072) })
    func `makes a new key for each algorithm`(algorithm: SignatureAlgorithm) throws {
        let key = try SigningKey.generated(algorithm, kid: "new")
        #expect(key.kid == "new")
        #expect(key.algorithm == algorithm)
        let again = try SigningKey(key.jwk())
        #expect(again.kid == "new")
        let input = [UInt8]("octets".utf8)
        let signature = try key.signature(for: input)
        #expect(again.verificationKey.isValid(signature, for: input, algorithm))
    }

    @Test(arguments: [
        KeyError.rsaTooShort(bits: 1_024), .passphraseMissing, .passphraseWrong, .kindUnsuited(.x25519),
        .useNotPermitted(.encryption), .operationNotPermitted(.sign), .noPEMForm, .tooManyKeys(limit: 100),
        .keyTypeNotSupported("a\r\nb"), .curveNotSupported("P-192"), .memberMissing("x"), .privatePartMissing,
    ])
    func `says what is wrong and what to do`(error: KeyError) {
        #expect(error.description.count > 30)
        #expect(!error.description.contains("\r"))
    }
}
