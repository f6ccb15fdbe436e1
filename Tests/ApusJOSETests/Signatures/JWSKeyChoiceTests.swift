import Testing

@testable import ApusJOSE

/// Which key a header leads to, and which it never does.
@Suite struct JWSKeyChoiceTests {
    private let payload = [UInt8]("payload".utf8)
    private let first: SigningKey
    private let second: SigningKey

    init() throws {
        first = try .hmac(generated: .hs256, kid: "first")
        second = try .hmac(generated: .hs256, kid: "second")
    }

    @Test func `takes the key of the identifier`() throws {
        let keys = [first.verificationKey, second.verificationKey]
        #expect(try JWS.verify(JWS.sign(payload, with: second), with: keys).signatures[0].key.kid == "second")
    }

    @Test func `falls back to no other key`() throws {
        let text = try JWS.sign(payload, with: first)
        #expect(throws: JWSError.keyNotFound) { try JWS.verify(text, with: [second.verificationKey]) }
        #expect(throws: JWSError.algorithmNotAllowed("HS256")) { try JWS.verify(text, with: []) }
    }

    @Test func `takes the only key for a header without identifier`() throws {
        let text = try Self.sign(#"{"alg":"HS256"}"#, with: first)
        #expect(throws: Never.self) { try JWS.verify(text, with: [first.verificationKey]) }
        let other = try SigningKey.generated(.es256).verificationKey
        #expect(throws: Never.self) { try JWS.verify(text, with: [other, first.verificationKey]) }
        #expect(throws: JWSError.keyNotFound) {
            try JWS.verify(text, with: [first.verificationKey, second.verificationKey])
        }
    }

    @Test(arguments: ["none", "None", "nOnE", "", "HS512", "ES256", "hs256", " HS256", "HS256 "])
    func `takes the algorithm from the key and not from the message`(name: String) throws {
        let header = JSONValue.object(["alg": .string(name), "kid": "first"]).description
        #expect(throws: JWSError.algorithmNotAllowed(name)) {
            try JWS.verify(Self.sign(header, with: first), with: [first.verificationKey])
        }
    }

    @Test(arguments: [#"{"kid":"first"}"#, #"{"alg":5,"kid":"first"}"#, #"{"alg":"HS256","kid":5}"#, "[]", "{"])
    func `refuses a header that is not what RFC 7515 says`(header: String) throws {
        #expect(throws: JWSError.self) {
            try JWS.verify(Self.sign(header, with: first), with: [first.verificationKey])
        }
    }

    // CVE-2015-9235: the octets of a public key as the secret of an HMAC.
    @Test func `takes no public key for a secret`() throws {
        let publicKey = try VerificationKey(JWK(json: PeerKeys.rsa), kid: "first")
        #expect(throws: JWSError.algorithmNotAllowed("HS256")) {
            try JWS.verify(Self.sign(#"{"alg":"HS256","kid":"first"}"#, with: first), with: [publicKey])
        }
    }

    // CVE-2022-21449: r or s of zero, n or more; and RFC 7518 §3.4: r and s side by side, not DER.
    @Test func `refuses psychic signatures and those of another length`() throws {
        let key = try VerificationKey(JWK(json: RFCKeys.jwsP256))
        let input = try #require(RFCSignatures.es256.lastIndex(of: "."))
        let order = [UInt8](repeating: 0xFF, count: 32)
        let genuine = try Base64URL.decode(String(RFCSignatures.es256[input...].dropFirst()))
        let forgeries: [[UInt8]] = [
            [UInt8](repeating: 0, count: 64), order + order, [UInt8](repeating: 0, count: 32) + genuine.suffix(32),
            genuine.prefix(32) + [UInt8](repeating: 0, count: 32), genuine + [0], [0] + genuine,
            [UInt8](genuine.dropLast()),
            [0x30, 0x06, 0x02, 0x01, 0x00, 0x02, 0x01, 0x00],
            [0x30, 0x44, 0x02, 0x20] + genuine.prefix(32) + [0x02, 0x20] + genuine.suffix(32),
        ]
        for forgery in forgeries {
            let text = RFCSignatures.es256[...input] + Base64URL.encode(forgery)
            #expect(throws: JWSError.signatureInvalid) { try JWS.verify(String(text), with: [key]) }
        }
    }

    /// Signs under any header whatever.
    static func sign(_ header: String, with key: SigningKey, payload: String = "cGF5bG9hZA") throws -> String {
        try Forge.sign(Base64URL.encode([UInt8](header.utf8)) + "." + payload, key: key)
    }
}

/// `crit` (RFC 7515 §4.1.11) and `b64` (RFC 7797 §6).
@Suite struct CriticalHeaderTests {
    private let key: SigningKey

    init() throws {
        key = try .hmac(generated: .hs256, kid: "k")
    }

    private func verify(_ members: String, understanding names: Set<String> = []) throws -> VerifiedMessage {
        let text = try JWSKeyChoiceTests.sign(#"{"alg":"HS256","kid":"k",\#(members)}"#, with: key)
        return try JWS.verify(text, with: [key.verificationKey], understanding: names)
    }

    @Test(arguments: [
        (#""crit":[]"#, "crit"), (#""crit":"exp""#, "crit"), (#""crit":{}"#, "crit"), (#""crit":null"#, "crit"),
        (#""crit":[1]"#, "crit"), (#""exp":1,"crit":["exp","exp"]"#, "crit"), (#""crit":["exp"]"#, "exp"),
        (#""exp":1,"crit":["exp","iat"]"#, "iat"), (#""crit":["alg"]"#, "alg"), (#""crit":["crit"]"#, "crit"),
        (#""jwk":{},"crit":["jwk"]"#, "jwk"), (#""enc":"A128GCM","crit":["enc"]"#, "enc"),
        (#""x":1,"crit":["x"]"#, "x"), (#""b64":false"#, "b64"), (#""b64":true"#, "b64"),
        (#""b64":0,"crit":["b64"]"#, "b64"), (#""b64":"false","crit":["b64"]"#, "b64"), (#""crit":["b64"]"#, "b64"),
    ])
    func `refuses what is not understood or against the rules`(members: String, name: String) {
        #expect(throws: JWSError.headerNotSupported(name)) {
            try verify(members, understanding: ["exp", "iat", "alg", "jwk", "enc", "crit"])
        }
    }

    @Test func `accepts what the caller understands`() throws {
        let message = try verify(#""exp":1,"crit":["exp"]"#, understanding: ["exp"])
        #expect(message.header["exp"] == 1)
        #expect(throws: Never.self) { try verify(#""b64":true,"crit":["b64"]"#) }
    }

    @Test func `signs what the caller demands of readers`() throws {
        let text = try JWS.sign([1], with: key, header: ["exp": 1, "crit": ["exp"]], encodesPayload: false)
        #expect(throws: JWSError.headerNotSupported("exp")) { try JWS.verify(text, with: [key.verificationKey]) }
        let message = try JWS.verify(text, with: [key.verificationKey], understanding: ["exp"])
        #expect(message.header["crit"] == ["exp", "b64"])
        #expect(throws: JWSError.headerNotSupported("exp")) { try JWS.sign([1], with: key, header: ["crit": ["exp"]]) }
        #expect(throws: JWSError.headerNotSupported("crit")) { try JWS.sign([1], with: key, header: ["crit": []]) }
        #expect(throws: JWSError.headerNotSupported("crit")) {
            try JWS.sign([1], with: key, header: ["crit": "exp"], encodesPayload: true)
        }
    }
}
