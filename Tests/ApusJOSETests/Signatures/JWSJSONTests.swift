import Testing

@testable import ApusJOSE

/// Messages in general and flattened JSON serialisation (RFC 7515 §7.2).
@Suite struct JWSJSONTests {
    private let payload = [UInt8]("any octets at all".utf8)
    private let cookbookPayload = [UInt8](CookbookSignatures.payload.utf8)

    private func rfcKeys() throws -> [VerificationKey] {
        [
            try VerificationKey(JWK(json: RFCKeys.jwsRSA), kid: "2010-12-29"),
            try VerificationKey(JWK(json: RFCKeys.jwsP256), kid: "e9bc097a-ce51-4036-9562-d2ade882db0d"),
        ]
    }

    private func cookbookKeys() throws -> [VerificationKey] {
        try [CookbookKeys.rsaPublic, CookbookKeys.ecPublic, CookbookKeys.macSecret].map { json in
            try VerificationKey(JWK(json: json))
        }
    }

    // RFC 7515 appendix A.6 and A.7.
    @Test func `verifies the messages of RFC 7515`() throws {
        let keys = try rfcKeys()
        let general = try JWS.verify(json: RFCSignatures.general, with: keys, requiring: .all)
        #expect(general.signatures.map(\.header.algorithm) == ["RS256", "ES256"])
        #expect(general.signatures[0].unprotectedHeader == ["kid": "2010-12-29"])
        #expect(try JSONValue.parse(general.payload)["iss"] == "joe")
        let flattened = try JWS.verify(json: RFCSignatures.flattened, with: keys)
        #expect(flattened.payload == general.payload)
        #expect(flattened.header.algorithm == "ES256")
    }

    @Test func `needs all signatures or one as it is told`() throws {
        let keys = try rfcKeys()
        for key in keys {
            let message = try JWS.verify(json: RFCSignatures.general, with: [key], requiring: .any)
            #expect(message.signatures.map(\.key.kid) == [key.kid])
            #expect(throws: JWSError.self) { try JWS.verify(json: RFCSignatures.general, with: [key], requiring: .all) }
        }
        let stranger = [try SigningKey.generated(.es256).verificationKey]
        #expect(throws: JWSError.algorithmNotAllowed("RS256")) {
            try JWS.verify(json: RFCSignatures.general, with: stranger, requiring: .any)
        }
        let forged = RFCSignatures.general.replacing("cC4hiUPo", with: "AAAAiUPo")
        #expect(throws: JWSError.signatureInvalid) { try JWS.verify(json: forged, with: keys) }
        #expect(try JWS.verify(json: forged, with: keys, requiring: .any).signatures.count == 1)
    }

    // RFC 7520 §4.1 to §4.4, §4.6.
    @Test(arguments: [
        CookbookSignatures.rs256General, CookbookSignatures.rs256Flattened, CookbookSignatures.ps384General,
        CookbookSignatures.ps384Flattened, CookbookSignatures.es512General, CookbookSignatures.es512Flattened,
        CookbookSignatures.hs256General, CookbookSignatures.hs256Flattened, CookbookSignatures.protectedHeaderGeneral,
        CookbookSignatures.protectedHeaderFlattened,
    ])
    func `verifies the messages of RFC 7520`(json: String) throws {
        #expect(try JWS.verify(json: json, with: cookbookKeys()).payload == cookbookPayload)
    }

    // RFC 7520 §4.5.
    @Test(arguments: [CookbookSignatures.detachedGeneral, CookbookSignatures.detachedFlattened])
    func `verifies a detached payload`(json: String) throws {
        let keys = try cookbookKeys()
        #expect(try JWS.verify(json: json, with: keys, detachedPayload: cookbookPayload).payload == cookbookPayload)
        #expect(throws: JWSError.payloadMissing) { try JWS.verify(json: json, with: keys) }
        #expect(throws: JWSError.payloadNotDetached) {
            try JWS.verify(json: CookbookSignatures.hs256Flattened, with: keys, detachedPayload: cookbookPayload)
        }
    }

    // RFC 7520 §4.7 and §4.8, where the algorithm is not signed.
    @Test(arguments: [
        CookbookSignatures.contentOnlyGeneral, CookbookSignatures.contentOnlyFlattened,
        CookbookSignatures.severalGeneral,
    ])
    func `takes an unprotected algorithm only when told to`(json: String) throws {
        let keys = try cookbookKeys()
        #expect(throws: JWSError.headerNotProtected("alg")) { try JWS.verify(json: json, with: keys) }
        let message = try JWS.verify(json: json, with: keys, allowingUnprotectedAlgorithms: true)
        #expect(message.payload == cookbookPayload)
    }

    @Test func `tells apart keys of several kinds under one identifier`() throws {
        let message = try JWS.verify(
            json: CookbookSignatures.severalGeneral, with: cookbookKeys(), allowingUnprotectedAlgorithms: true)
        #expect(message.signatures.map { $0.key.algorithms.first } == [.rs256, .es512, .hs256])
    }

    @Test func `writes the flattened messages of RFC 7520 that allow one signature only`() throws {
        let rsa = try SigningKey(JWK(json: CookbookKeys.rsaPrivate), algorithm: .rs256)
        let signed = try JWS.sign(cookbookPayload, with: [JWS.Signer(rsa)])
        #expect(try JSONValue.object(signed) == JSONValue.parse(CookbookSignatures.rs256Flattened))
        let key = try SigningKey(JWK(json: CookbookKeys.macSecret))
        let plain = try JWS.sign(cookbookPayload, with: [JWS.Signer(key)])
        #expect(try JSONValue.object(plain) == JSONValue.parse(CookbookSignatures.hs256Flattened))
        let detached = try JWS.sign(cookbookPayload, with: [JWS.Signer(key)], detached: true)
        #expect(try JSONValue.object(detached) == JSONValue.parse(CookbookSignatures.detachedFlattened))
        let unsignedName = JWS.Signer(key, unprotectedHeader: ["kid": .string(key.kid)])
        let split = try JWS.sign(cookbookPayload, with: [unsignedName])
        #expect(try JSONValue.object(split) == JSONValue.parse(CookbookSignatures.protectedHeaderFlattened))
    }

    @Test(arguments: [true, false])
    func `verifies what several sign`(encodesPayload: Bool) throws {
        let signers = try [SignatureAlgorithm.es256, .edDSA, .hs256].map { JWS.Signer(try SigningKey.generated($0)) }
        let message = try JWS.sign(payload, with: signers, encodesPayload: encodesPayload)
        #expect(message["signatures"]?.array?.count == 3)
        let keys = signers.map(\.key.verificationKey)
        let verified = try JWS.verify(json: JSONValue.object(message).description, with: keys)
        #expect(verified.payload == payload)
        #expect(verified.signatures.map(\.key.kid) == keys.map(\.kid))
    }

    // RFC 7515 §4: the names of the two headers are disjoint.
    @Test func `refuses a name in both headers`() throws {
        let key = try SigningKey.hmac(generated: .hs256)
        var message = try JWS.sign(payload, with: [JWS.Signer(key, header: ["x": 1])])
        message["header"] = ["x": 1]
        #expect(throws: JWSError.headerRepeated("x")) { try verify(message, key) }
        message["header"] = ["alg": "HS256"]
        #expect(throws: JWSError.headerRepeated("alg")) { try verify(message, key) }
        #expect(throws: JWSError.headerRepeated("x")) {
            try JWS.sign(payload, with: [JWS.Signer(key, header: ["x": 1], unprotectedHeader: ["x": 1])])
        }
    }

    @Test(arguments: ["crit", "b64"])
    func `refuses to be told unsigned how to read`(name: String) throws {
        let key = try SigningKey.hmac(generated: .hs256)
        var message = try JWS.sign(payload, with: [JWS.Signer(key)])
        message["header"] = .object([name: ["b64"]])
        #expect(throws: JWSError.headerNotProtected(name)) { try verify(message, key) }
        #expect(throws: JWSError.headerNotAllowed(name)) {
            try JWS.sign(payload, with: [JWS.Signer(key, unprotectedHeader: [name: true])])
        }
    }

    @Test(
        arguments: [
            ("payload", 5), ("payload", "cGF5bG9hZA="), ("protected", ""), ("protected", 1), ("protected", "W10"),
            ("signature", ""), ("signature", nil), ("signature", "AA="), ("header", []), ("header", [:]),
            ("signatures", []), ("signatures", [[:]]),
        ] as [(String, JSONValue?)])
    func `refuses what is no message`(name: String, value: JSONValue?) throws {
        let key = try SigningKey.hmac(generated: .hs256)
        var message = try JWS.sign(payload, with: [JWS.Signer(key)])
        message[name] = value
        #expect(throws: JWSError.self) { try verify(message, key) }
    }

    @Test func `takes both forms at once for neither`() throws {
        let key = try SigningKey.hmac(generated: .hs256)
        var message = try JWS.sign(payload, with: [JWS.Signer(key), JWS.Signer(key)])
        #expect(throws: Never.self) { try verify(message, key) }
        message["protected"] = "e30"
        #expect(throws: JWSError.malformed) { try verify(message, key) }
    }

    // RFC 7797 §3.
    @Test func `refuses signatures that disagree on how the payload is encoded`() throws {
        let key = try SigningKey.hmac(generated: .hs256)
        let encoded = try JWS.sign([], with: [JWS.Signer(key)])
        let plain = try JWS.sign([], with: [JWS.Signer(key)], encodesPayload: false)
        let signatures: [JSONValue] = [encoded, plain].map { message in
            ["protected": message["protected"] ?? nil, "signature": message["signature"] ?? nil]
        }
        #expect(throws: JWSError.headerNotSupported("b64")) {
            try verify(["payload": "", "signatures": .array(signatures)], key)
        }
    }

    @Test func `bounds the number of signatures`() throws {
        let key = try SigningKey.hmac(generated: .hs256)
        let many = [JWS.Signer](repeating: JWS.Signer(key), count: 17)
        #expect(throws: JWSError.tooManySignatures(limit: 16)) { try JWS.sign(payload, with: many) }
        #expect(throws: JWSError.signerMissing) { try JWS.sign(payload, with: []) }
        var message = try JWS.sign(payload, with: [JWS.Signer](many.prefix(16)))
        #expect(throws: Never.self) { try verify(message, key) }
        let signatures = try #require(message["signatures"]?.array)
        message["signatures"] = .array(signatures + signatures.prefix(1))
        #expect(throws: JWSError.tooManySignatures(limit: 16)) { try verify(message, key) }
    }

    @Test func `bounds the length`() throws {
        let key = try SigningKey.hmac(generated: .hs256)
        let text = JSONValue.object(try JWS.sign(payload, with: [JWS.Signer(key)])).description
        #expect(throws: JWSError.tooLarge(limit: 50)) {
            try JWS.verify(json: text, with: [key.verificationKey], maximumBytes: 50)
        }
    }

    @discardableResult
    private func verify(_ message: JSONObject, _ key: SigningKey) throws -> VerifiedMessage {
        try JWS.verify(json: JSONValue.object(message).description, with: [key.verificationKey])
    }
}
