import Testing

@testable import ApusJOSE

/// Tokens under asymmetric keys (RFC 8725 and the CVE classes behind it).
@Suite struct AsymmetricTokenTests {
    private static let keys = [
        RFCKeys.jwsRSA, RFCKeys.jwsP256, PeerKeys.p384, RFCKeys.jwsP521, PeerKeys.secp256k1, RFCKeys.ed25519,
        PeerKeys.ed448,
    ]

    @Test(arguments: keys)
    func `builds what its own parameters accept`(json: String) async throws {
        let store = try KeyStore(SigningKey(JWK(json: json)))
        let tokens = JWTBuilder(keys: store, clock: Forge.clock()).issuer("me").audience("you").subject("ada")
        let issued = try await tokens.build()
        let token = try tokens.validationParameters.verify(issued.token)
        #expect(token.claims.subject == "ada")
        #expect(token.header.algorithm == issued.header.algorithm)
    }

    @Test(arguments: keys)
    func `accepts a token by the public key alone`(json: String) async throws {
        let signer = try SigningKey(JWK(json: json))
        let store = try KeyStore(.hmac(generated: .hs256))
        let publicKey = try #require(JWK(json: json).publicJWK)
        try await store.add(VerificationKey(publicKey))
        let header = #"{"alg":"\#(signer.algorithm.rawValue)","kid":"\#(signer.kid)"}"#
        let token = try Forge.token(header: header, key: signer)
        #expect(try Forge.parameters(store).verify(token).claims.subject == "admin")
        let changed = token.replacing(".ey", with: ".fy")
        #expect(throws: TokenError.self) { try Forge.parameters(store).verify(changed) }
    }

    @Test func `accepts each algorithm of a key that names none, and narrows them`() async throws {
        let store = try KeyStore(.hmac(generated: .hs256))
        try await store.add(VerificationKey(JWK(json: RFCKeys.jwsRSA), kid: "rsa"))
        for algorithm in [SignatureAlgorithm.rs256, .rs384, .rs512, .ps256, .ps384, .ps512] {
            let key = try SigningKey(JWK(json: RFCKeys.jwsRSA), algorithm: algorithm, kid: "rsa")
            let token = try Forge.token(header: #"{"alg":"\#(algorithm.rawValue)","kid":"rsa"}"#, key: key)
            var parameters = try Forge.parameters(store)
            #expect(throws: Never.self) { try parameters.verify(token) }
            parameters.algorithms = [algorithm == .ps256 ? .rs256 : .ps256]
            #expect(throws: TokenError.algorithmNotAllowed(algorithm.rawValue)) { try parameters.verify(token) }
        }
    }

    // One algorithm's signature under another's name, which is among the key's own too.
    @Test func `takes no PSS signature for a PKCS1 one`() async throws {
        let store = try KeyStore(.hmac(generated: .hs256))
        try await store.add(VerificationKey(JWK(json: RFCKeys.jwsRSA), kid: "rsa"))
        let key = try SigningKey(JWK(json: RFCKeys.jwsRSA), algorithm: .ps256, kid: "rsa")
        let token = try Forge.token(header: #"{"alg":"RS256","kid":"rsa"}"#, key: key)
        #expect(throws: TokenError.signatureInvalid) { try Forge.parameters(store).verify(token) }
    }

    // CVE-2015-9235, CVE-2023-48223: every text of the public key as the secret of an HMAC.
    @Test(arguments: ["HS256", "HS384", "HS512", " HS256"])
    func `is not led from RS256 to HS256`(name: String) async throws {
        let signer = try SigningKey(JWK(json: RFCKeys.jwsRSA), kid: "rsa")
        let store = try KeyStore(signer)
        let secret = try SigningKey.hmac(generated: .hs256, kid: "rsa")
        let token = try Forge.token(header: #"{"alg":"\#(name)","kid":"rsa"}"#, key: secret)
        #expect(throws: TokenError.algorithmNotAllowed(name)) { try Forge.parameters(store).verify(token) }
        // Neither when the store holds a secret of its own beside the public key.
        let both = try KeyStore(signer, .hmac(generated: .hs256, kid: "mac"))
        #expect(throws: TokenError.algorithmNotAllowed(name)) { try Forge.parameters(both).verify(token) }
        #expect(throws: KeyError.secretIsNoSecret) {
            try SigningKey.hmac(passphrase: JWK(json: RFCKeys.jwsRSA).pem())
        }
        #expect(throws: KeyError.secretIsNoSecret) {
            try SigningKey.hmac(passphrase: JWK(json: RFCKeys.jwsRSA).json())
        }
        #expect(throws: KeyError.secretIsNoSecret) { try SigningKey.hmac(bytes: JWK(json: RFCKeys.jwsRSA).der()) }
    }

    // CVE-2022-21449, RFC 7518 §3.4.
    @Test(arguments: [(RFCKeys.jwsP256, 64), (PeerKeys.p384, 96), (RFCKeys.jwsP521, 132), (PeerKeys.secp256k1, 64)])
    func `refuses psychic signatures and those of another length`(json: String, count: Int) throws {
        let signer = try SigningKey(JWK(json: json), kid: "ec")
        let parameters = try Forge.parameters(KeyStore(signer))
        let input = try String(
            #require(
                Forge.token(header: #"{"alg":"\#(signer.algorithm.rawValue)","kid":"ec"}"#, key: signer).wholeMatch(
                    of: #/(.*\.).*/#)?.1))
        for length in [1, count - 1, count, count + 1, 2 * count, 2_100] {
            for octet in [0x00, 0xFF] as [UInt8] {
                let forgery = Base64URL.encode([UInt8](repeating: octet, count: length))
                #expect(throws: TokenError.signatureInvalid) { try parameters.verify(input + forgery) }
            }
        }
        #expect(throws: TokenError.malformed) { try parameters.verify(input + "AAAA=") }
        #expect(throws: TokenError.malformed) { try parameters.verify(input) }
    }

    // RFC 8725 §3.10: what a header says about keys is data for attackers to choose.
    @Test func `follows no key in the header`() throws {
        let attacker = try SigningKey.generated(.es256, kid: "own")
        let own = try SigningKey.generated(.es256, kid: "own")
        let jwk = JSONValue.object(try #require(attacker.verificationKey.publicJWK).object())
        for member in [("jwk", jwk), ("jku", "https://evil.example/keys"), ("x5u", "https://evil.example/cert")] {
            let header: JSONObject = ["alg": "ES256", "kid": "own", member.0: member.1]
            let token = try Forge.token(header: JSONValue.object(header).description, key: attacker)
            #expect(throws: TokenError.signatureInvalid) { try Forge.parameters(KeyStore(own)).verify(token) }
        }
    }
}
