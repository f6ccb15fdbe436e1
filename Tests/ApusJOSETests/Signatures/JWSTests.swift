import Testing

@testable import ApusJOSE

/// Messages in compact serialisation: those of the RFCs, and our own.
@Suite struct JWSTests {
    private let payload = [UInt8]("any octets at all".utf8)

    @Test(arguments: [
        (RFCSignatures.hs256, RFCKeys.macSecret, SignatureAlgorithm.hs256),
        (RFCSignatures.rs256, RFCKeys.jwsRSA, .rs256), (RFCSignatures.es256, RFCKeys.jwsP256, .es256),
        (RFCSignatures.es512, RFCKeys.jwsP521, .es512), (RFCSignatures.edDSA, RFCKeys.ed25519, .edDSA),
        (CookbookSignatures.rs256, CookbookKeys.rsaPublic, .rs256),
        (CookbookSignatures.ps384, CookbookKeys.rsaPublic, .ps384),
        (CookbookSignatures.es512, CookbookKeys.ecPublic, .es512),
        (CookbookSignatures.hs256, CookbookKeys.macSecret, .hs256), (PeerKeys.es256K, PeerKeys.secp256k1, .es256K),
        (PeerKeys.es384, PeerKeys.p384, .es384), (PeerKeys.edDSA, PeerKeys.ed448, .edDSA),
        (PeerKeys.ps256, PeerKeys.rsa, .ps256), (PeerKeys.ps512, PeerKeys.rsa, .ps512),
    ])
    func `verifies the messages of others`(text: String, json: String, algorithm: SignatureAlgorithm) throws {
        let key = try VerificationKey(JWK(json: json), algorithm: algorithm)
        let message = try JWS.verify(text, with: [key])
        #expect(message.header.algorithm == algorithm.rawValue)
        #expect(message.signatures.count == 1)
        var forged = [UInt8](text.utf8)
        let last = try #require(forged.lastIndex(of: UInt8(ascii: "."))) + 5
        forged[last] = forged[last] == UInt8(ascii: "A") ? UInt8(ascii: "B") : UInt8(ascii: "A")
        #expect(throws: JWSError.signatureInvalid) {
            try JWS.verify(String(decoding: forged, as: UTF8.self), with: [key])
        }
    }

    @Test func `gives the payload that was signed`() throws {
        let es512 = try VerificationKey(JWK(json: RFCKeys.jwsP521))
        #expect(try JWS.verify(RFCSignatures.es512, with: [es512]).payload == [UInt8]("Payload".utf8))
        let cookbook = try VerificationKey(JWK(json: CookbookKeys.macSecret))
        let message = try JWS.verify(CookbookSignatures.hs256, with: [cookbook])
        #expect(message.payload == [UInt8](CookbookSignatures.payload.utf8))
    }

    // HMAC, RSASSA-PKCS1-v1_5 and EdDSA give one signature only.
    @Test(arguments: [
        (RFCSignatures.hs256, RFCKeys.macSecret, SignatureAlgorithm.hs256),
        (RFCSignatures.rs256, RFCKeys.jwsRSA, .rs256), (RFCSignatures.edDSA, RFCKeys.ed25519, .edDSA),
    ])
    func `signs to the same octets as the RFCs`(text: String, json: String, algorithm: SignatureAlgorithm) throws {
        let dot = try #require(text.lastIndex(of: "."))
        let signature = try SigningKey(JWK(json: json), algorithm: algorithm).signature(for: [UInt8](text[..<dot].utf8))
        #expect(Base64URL.encode(signature) == text[dot...].dropFirst())
    }

    @Test(arguments: [
        (CookbookSignatures.rs256, CookbookKeys.rsaPrivate, SignatureAlgorithm.rs256),
        (CookbookSignatures.hs256, CookbookKeys.macSecret, .hs256),
    ])
    func `writes the messages of RFC 7520`(text: String, json: String, algorithm: SignatureAlgorithm) throws {
        let key = try SigningKey(JWK(json: json), algorithm: algorithm)
        #expect(try JWS.sign([UInt8](CookbookSignatures.payload.utf8), with: key) == text)
    }

    @Test(arguments: SignatureAlgorithm.allCases)
    func `verifies what it signs`(algorithm: SignatureAlgorithm) throws {
        let isRSA = SignatureAlgorithm.suited(to: .rsa(bits: 2_048)).contains(algorithm)
        let rsa = try JWK(json: RFCKeys.jwsRSA)
        let key = try isRSA ? SigningKey(rsa, algorithm: algorithm) : .generated(algorithm)
        let text = try JWS.sign(payload, with: key, header: ["cty": "text/plain"])
        let message = try JWS.verify(text, with: [key.verificationKey])
        #expect(message.payload == payload)
        #expect(message.header.contentType == "text/plain")
        #expect(message.header.kid == key.kid)
        #expect(message.signatures[0].key.kid == key.kid)
        #expect(try JWS.verify(JWS.sign([], with: key), with: [key.verificationKey]).payload == [])
    }

    // RFC 7515 appendix F and RFC 7520 §4.5.
    @Test func `detaches the payload`() throws {
        let octets = [UInt8](CookbookSignatures.payload.utf8)
        let key = try SigningKey(JWK(json: CookbookKeys.macSecret))
        #expect(try JWS.sign(octets, with: key, detached: true) == CookbookSignatures.detached)
        let keys = [key.verificationKey]
        #expect(try JWS.verify(CookbookSignatures.detached, with: keys, detachedPayload: octets).payload == octets)
        #expect(throws: JWSError.signatureInvalid) { try JWS.verify(CookbookSignatures.detached, with: keys) }
        #expect(throws: JWSError.signatureInvalid) {
            try JWS.verify(CookbookSignatures.detached, with: keys, detachedPayload: octets + [0])
        }
        #expect(throws: JWSError.payloadNotDetached) {
            try JWS.verify(CookbookSignatures.hs256, with: keys, detachedPayload: octets)
        }
    }

    // RFC 7797 §4.1 and §4.2.
    @Test func `verifies a payload that is not encoded`() throws {
        let keys = [try VerificationKey(JWK(json: RFCKeys.macSecret), algorithm: .hs256)]
        let dollars = [UInt8]("$.02".utf8)
        let encoded = "eyJhbGciOiJIUzI1NiJ9.JC4wMg.5mvfOroL-g7HyqJoozehmsaqmvTYGEq5jTI1gVvoEoQ"
        #expect(try JWS.verify(encoded, with: keys).payload == dollars)
        let header = "eyJhbGciOiJIUzI1NiIsImI2NCI6ZmFsc2UsImNyaXQiOlsiYjY0Il19"
        let signature = "A5dxf2s96_n5FLueVuW1Z_vh161FwXZC4YLPff6dmDY"
        #expect(try JWS.verify("\(header)..\(signature)", with: keys, detachedPayload: dollars).payload == dollars)
        let json = #"{"protected":"\#(header)","payload":"$.02","signature":"\#(signature)"}"#
        #expect(try JWS.verify(json: json, with: keys).payload == dollars)
    }

    @Test func `signs a payload that is not encoded`() throws {
        let key = try SigningKey.hmac(generated: .hs256)
        let text = try JWS.sign(payload, with: key, encodesPayload: false)
        #expect(text.contains(".any octets at all."))
        let message = try JWS.verify(text, with: [key.verificationKey])
        #expect(message.payload == payload)
        #expect(message.header["b64"] == false)
        #expect(message.header["crit"] == ["b64"])
        let dotted = [UInt8]("$.02".utf8)
        #expect(throws: JWSError.payloadNotText) { try JWS.sign(dotted, with: key, encodesPayload: false) }
        #expect(throws: JWSError.payloadNotText) { try JWS.sign([0xFF], with: key, encodesPayload: false) }
        let detached = try JWS.sign(dotted, with: key, detached: true, encodesPayload: false)
        #expect(try JWS.verify(detached, with: [key.verificationKey], detachedPayload: dotted).payload == dotted)
    }

    @Test(arguments: ["alg", "kid", "b64"])
    func `lets nobody set what follows from the key`(name: String) throws {
        let key = try SigningKey.hmac(generated: .hs256)
        #expect(throws: JWSError.headerNotAllowed(name)) { try JWS.sign(payload, with: key, header: [name: "x"]) }
    }

    @Test(arguments: ["", ".", "..", "a.b", "a.b.c.d", "a..", "..c", "e30.e30.", "e30=.e30.AAAA", "W10.e30.AAAA"])
    func `refuses what is no message`(text: String) throws {
        let keys = [try SigningKey.hmac(generated: .hs256).verificationKey]
        #expect(throws: JWSError.self) { try JWS.verify(text, with: keys) }
    }

    @Test(arguments: [(RFCSignatures.rs256, RFCKeys.jwsRSA), (RFCSignatures.edDSA, RFCKeys.ed25519)])
    func `refuses every truncation`(text: String, json: String) throws {
        let keys = [try VerificationKey(JWK(json: json))]
        for count in 0..<text.utf8.count {
            #expect(throws: JWSError.self) { try JWS.verify(String(text.prefix(count)), with: keys) }
        }
    }

    @Test func `refuses a message beyond the limit unread`() throws {
        let key = try SigningKey.hmac(generated: .hs256)
        let text = try JWS.sign(payload, with: key)
        let count = text.utf8.count
        #expect(throws: JWSError.tooLarge(limit: count - 1)) {
            try JWS.verify(text, with: [key.verificationKey], maximumBytes: count - 1)
        }
        #expect(throws: Never.self) { try JWS.verify(text, with: [key.verificationKey], maximumBytes: count) }
    }
}
