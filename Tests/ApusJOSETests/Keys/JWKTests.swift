import Testing

@testable import ApusJOSE

/// Keys as JSON text (RFC 7517), in and out.
@Suite struct JWKTests {
    @Test(
        arguments: [
            (RFCKeys.ecPublic, .p256, false, "1"), (RFCKeys.rsaPublic, .rsa(bits: 2_048), false, "2011-04-29"),
            (RFCKeys.ecPrivate, .p256, true, "1"), (RFCKeys.rsaPrivate, .rsa(bits: 2_048), true, "2011-04-29"),
            (RFCKeys.wrappingSecret, .secret(octets: 16), true, nil),
            (RFCKeys.macSecret, .secret(octets: 64), true, "HMAC key used in JWS A.1 example"),
            (RFCKeys.certified, .rsa(bits: 2_048), false, "1b94c"), (RFCKeys.jwsRSA, .rsa(bits: 2_048), true, nil),
            (RFCKeys.jwsP256, .p256, true, nil), (RFCKeys.jwsP521, .p521, true, nil),
            (RFCKeys.ed25519, .ed25519, true, nil), (CookbookKeys.ecPublic, .p521, false, CookbookKeys.bilbo),
            (CookbookKeys.ecPrivate, .p521, true, CookbookKeys.bilbo),
            (CookbookKeys.rsaPublic, .rsa(bits: 2_048), false, CookbookKeys.bilbo),
            (CookbookKeys.rsaPrivate, .rsa(bits: 2_048), true, CookbookKeys.bilbo),
            (CookbookKeys.macSecret, .secret(octets: 32), true, "018c0ae5-4d9b-471b-bfd6-eef314bc7037"),
            (CookbookKeys.encryptionSecret, .secret(octets: 32), true, "1e571774-2e08-40da-8308-e8d68773842d"),
            (PeerKeys.secp256k1, .secp256k1, true, nil), (PeerKeys.p384, .p384, true, nil),
            (PeerKeys.ed448, .ed448, true, nil), (PeerKeys.x25519, .x25519, true, nil),
            (PeerKeys.x448, .x448, true, nil),
        ] as [(String, JWK.Kind, Bool, String?)]
    )
    func `reads each kind and writes the same members`(
        json: String, kind: JWK.Kind, isPrivate: Bool, kid: String?
    ) throws {
        let key = try JWK(json: json)
        #expect(key.kind == kind)
        #expect(key.isPrivate == isPrivate)
        #expect(key.kid == kid)
        var expected = try #require(try JSONValue.parse(json).object)
        var written = try key.object(includingPrivateParts: isPrivate)
        // The thumbprint of the certificate is written beside it.
        if expected["x5t#S256"] == nil { written["x5t#S256"] = nil }
        #expect(written == expected)
        guard let publicKey = key.publicJWK else { return }
        for name in ["d", "p", "q", "dp", "dq", "qi"] { expected[name] = nil }
        #expect(!publicKey.isPrivate)
        written = try key.object()
        if expected["x5t#S256"] == nil { written["x5t#S256"] = nil }
        #expect(written == expected)
        #expect(publicKey.thumbprint() == key.thumbprint())
    }

    @Test func `says what the key says of itself`() throws {
        let encryption = try JWK(json: RFCKeys.ecPublic)
        #expect(encryption.use == .encryption)
        #expect(encryption.algorithm == nil)
        let rsa = try JWK(json: RFCKeys.rsaPublic)
        #expect(rsa.use == nil)
        #expect(rsa.algorithm == "RS256")
        #expect(try JWK(json: RFCKeys.wrappingSecret).algorithm == "A128KW")
        #expect(try JWK(json: Self.withMember("key_ops", ["verify", "x-other"])).operations == [.verify])
    }

    // Strictness: what one reader takes and another does not is how signatures are got around.
    @Test(
        arguments: [
            ("x", "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU=" as JSONValue?),
            ("x", "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEV"),
            ("x", "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVE+"), ("x", 1), ("x", nil), ("y", nil), ("kty", nil),
            ("crv", nil),
            ("kty", "ec"), ("crv", "P-256K"), ("crv", "Ed25519"), ("d", ""), ("d", 5), ("kid", 1), ("kid", ""),
            ("alg", 5),
            ("use", "both"), ("use", true), ("key_ops", "verify"), ("key_ops", ["verify", "verify"]), ("key_ops", [1]),
        ] as [(String, JSONValue?)])
    func `refuses a member that is missing or malformed`(name: String, value: JSONValue?) throws {
        let error = try #require(throws: KeyError.self) { try JWK(json: Self.withMember(name, value)) }
        #expect(!error.description.isEmpty)
    }

    @Test func `refuses a member that is there twice`() throws {
        let text = String(RFCKeys.jwsP256.dropLast()) + #","kty":"EC"}"#
        let error = try #require(throws: KeyError.self) { try JWK(json: text) }
        guard case .jsonMalformed(let cause) = error else { throw error }
        #expect(cause.expected == .uniqueName)
    }

    @Test(arguments: ["", "[]", "null", "{", "{}", "\u{FEFF}{}"])
    func `refuses what is no JWK`(text: String) {
        #expect(throws: KeyError.self) { try JWK(json: text) }
    }

    @Test(arguments: [RFCKeys.jwsP256, RFCKeys.ed25519, RFCKeys.rsaPublic, RFCKeys.certified])
    func `refuses every truncation`(json: String) {
        for count in 0..<json.utf8.count {
            #expect(throws: KeyError.self) { try JWK(json: String(json.prefix(count))) }
        }
    }

    @Test func `refuses a text longer than any key`() {
        #expect(throws: KeyError.textTooLong(limit: 131_072)) {
            try JWK(json: String(repeating: " ", count: 131_073))
        }
    }

    // RFC 7518 §6.2.1.2: the full width of the field; the point below has a leading zero less.
    @Test func `refuses coordinates of another width`() throws {
        let key = try #require(try JSONValue.parse(RFCKeys.jwsP521).object)
        let x = try #require(key["x"]?.string)
        let short = Base64URL.encode([UInt8](try Base64URL.decode(x).dropFirst()))
        let error = try #require(throws: KeyError.self) { try JWK(Self.object(RFCKeys.jwsP521, "x", .string(short))) }
        guard case .keyUnusable(let reason) = error else { throw error }
        #expect(reason.contains("65 octets"))
    }

    @Test func `refuses a point that is not on its curve`() throws {
        let x = "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEQ"
        #expect(throws: KeyError.self) { try JWK(json: Self.withMember("x", .string(x))) }
    }

    @Test func `refuses a private part of another key`() throws {
        let d = "870MB6gfuTJ4HtUnUvYMyJpr5eUZNP4Bk43bVdj3eAE"
        #expect(throws: KeyError.self) { try JWK(json: Self.withMember("d", .string(d))) }
    }

    // RFC 7518 §6.3.2.
    @Test(arguments: ["d", "p", "q", "dp", "dq", "qi"])
    func `refuses an RSA key of which a private part is missing`(name: String) throws {
        #expect(throws: KeyError.memberMissing(name)) { try JWK(Self.object(RFCKeys.jwsRSA, name, nil)) }
    }

    @Test func `refuses an RSA key with its private exponent alone`() throws {
        var object = try #require(try JSONValue.parse(RFCKeys.jwsRSA).object)
        for name in ["p", "q", "dp", "dq", "qi"] { object[name] = nil }
        #expect(throws: KeyError.memberMissing("p")) { try JWK(object) }
    }

    @Test func `refuses an RSA key of more than two primes`() throws {
        let error = try #require(throws: KeyError.self) { try JWK(Self.object(RFCKeys.jwsRSA, "oth", [])) }
        guard case .memberInvalid("oth", _) = error else { throw error }
    }

    @Test(arguments: ["n", "e", "d", "p"])
    func `refuses a number with a leading zero octet`(name: String) throws {
        let object = try #require(try JSONValue.parse(RFCKeys.jwsRSA).object)
        let octets = try Base64URL.decode(try #require(object[name]?.string))
        let padded = JSONValue.string(Base64URL.encode([0] + octets))
        #expect(throws: KeyError.self) { try JWK(Self.object(RFCKeys.jwsRSA, name, padded)) }
    }

    @Test(arguments: ["Aw", "AQ", "AA", "Ag", "AQAA"])
    func `refuses a public exponent of one or an even one`(exponent: String) throws {
        if exponent == "Aw" {
            #expect(throws: Never.self) { try JWK(Self.object(RFCKeys.rsaPublic, "e", .string(exponent))) }
        } else {
            #expect(throws: KeyError.self) { try JWK(Self.object(RFCKeys.rsaPublic, "e", .string(exponent))) }
        }
    }

    @Test func `refuses a modulus of less than 2048 bits`() throws {
        let object = try #require(try JSONValue.parse(RFCKeys.rsaPublic).object)
        let octets = try Base64URL.decode(try #require(object["n"]?.string))
        let short = JSONValue.string(Base64URL.encode([UInt8](octets.suffix(128))))
        let error = try #require(throws: KeyError.self) { try JWK(Self.object(RFCKeys.rsaPublic, "n", short)) }
        guard case .rsaTooShort(let bits) = error else { throw error }
        #expect((1_000...1_024).contains(bits))
        #expect(error.description.contains("at least 2048"))
    }

    @Test func `refuses a secret that others may know or that is empty`() throws {
        let text = Base64URL.encode([UInt8](PEMTexts.publicKey.utf8))
        #expect(throws: KeyError.secretIsNoSecret) { try JWK(["kty": "oct", "k": .string(text)]) }
        #expect(throws: KeyError.secretEmpty) { try JWK(["kty": "oct", "k": ""]) }
        #expect(throws: KeyError.secretEmpty) { try JWK(secret: []) }
        #expect(throws: KeyError.secretIsNoSecret) { try JWK(secret: [UInt8](PEMTexts.certificate.utf8)) }
    }

    // RFC 7517 §4.3.
    @Test(arguments: [("sig", "encrypt"), ("sig", "deriveKey"), ("enc", "sign"), ("enc", "verify")])
    func `refuses use and key_ops that contradict each other`(use: String, operation: String) throws {
        var object = try Self.object(RFCKeys.jwsP256, "use", .string(use))
        object["key_ops"] = [.string(operation)]
        let error = try #require(throws: KeyError.self) { try JWK(object) }
        guard case .useContradictsOperations = error else { throw error }
    }

    @Test(arguments: [
        (RFCKeys.jwsP256, "ES384"), (RFCKeys.jwsP256, "RS256"), (RFCKeys.jwsP256, "HS256"),
        (RFCKeys.rsaPublic, "HS256"),
        (RFCKeys.rsaPublic, "ES256"), (RFCKeys.ed25519, "ES256"), (PeerKeys.x25519, "EdDSA"),
        (PeerKeys.secp256k1, "ES256"), (RFCKeys.macSecret, "RS256"),
    ])
    func `refuses an algorithm that contradicts the kind`(json: String, algorithm: String) throws {
        let error = try #require(throws: KeyError.self) { try JWK(Self.object(json, "alg", .string(algorithm))) }
        guard case .algorithmUnsuited = error else { throw error }
    }

    @Test func `takes what is public of what may be done`() throws {
        var key = try JWK(json: RFCKeys.jwsP256)
        key.operations = [.sign, .verify]
        #expect(key.publicJWK?.operations == [.verify])
        key.operations = [.deriveKey, .deriveBits]
        #expect(key.publicJWK?.operations == [])
        #expect(try JWK(secret: [1, 2, 3]).publicJWK == nil)
    }

    @Test func `shows a secret only when asked to`() throws {
        let key = try JWK(json: RFCKeys.macSecret)
        #expect(throws: KeyError.secretHasNoPublicPart) { try key.object() }
        #expect(throws: KeyError.secretHasNoPublicPart) { try key.json() }
        #expect(try JWK(json: key.json(includingPrivateParts: true)).thumbprint() == key.thumbprint())
    }

    @Test(arguments: [RFCKeys.macSecret, RFCKeys.jwsRSA, RFCKeys.jwsP256, RFCKeys.ed25519])
    func `shows nothing of its material`(json: String) throws {
        var key = try JWK(json: json)
        key.kid = "k1"
        let hidden = try #require(try JSONValue.parse(json).object).members.filter {
            ["d", "k", "p"].contains($0.name)
        }
        var dumped = ""
        dump(key, to: &dumped)
        for text in ["\(key)", String(reflecting: key), dumped] {
            #expect(text.contains("k1"))
            for member in hidden { #expect(!text.contains(try #require(member.value.string).prefix(12))) }
        }
    }

    @Test(
        arguments: [
            .rsa(bits: 2_048), .p256, .p384, .p521, .secp256k1, .ed25519, .ed448, .x25519, .x448, .secret(octets: 32),
        ] as [JWK.Kind]
    )
    func `makes a new key of each kind`(kind: JWK.Kind) throws {
        let key = try JWK.generate(kind)
        #expect(key.kind == kind)
        #expect(key.isPrivate)
        #expect(try JWK(json: key.json(includingPrivateParts: true)).thumbprint() == key.thumbprint())
        #expect(try JWK.generate(kind).thumbprint() != key.thumbprint())
    }

    @Test(arguments: [.rsa(bits: 1_024), .rsa(bits: 16_384), .secret(octets: 0), .secret(octets: 5_000)] as [JWK.Kind])
    func `makes no key that is too weak or takes too long`(kind: JWK.Kind) {
        #expect(throws: KeyError.sizeNotOffered(kind)) { try JWK.generate(kind) }
    }

    private static func withMember(_ name: String, _ value: JSONValue?) throws -> String {
        JSONValue.object(try object(RFCKeys.jwsP256, name, value)).description
    }

    static func object(_ json: String, _ name: String, _ value: JSONValue?) throws -> JSONObject {
        var object = try #require(try JSONValue.parse(json).object)
        object[name] = value
        return object
    }
}
