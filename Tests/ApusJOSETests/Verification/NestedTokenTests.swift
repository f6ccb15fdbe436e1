import ApusCrypto
import FoundationEssentials
import Testing

@testable import ApusJOSE

/// Tokens that were signed and then encrypted (RFC 7519 §5.2, §11.2).
@Suite struct NestedTokenTests {
    private static let secret = [UInt8](repeating: 0x2A, count: 32)

    private static func encryptionKey(kid: String? = "hull") throws -> EncryptionKey {
        try EncryptionKey(secret: SecretBytes(copying: secret.span), kid: kid)
    }

    private static func decryptionKey(kid: String? = "hull") throws -> DecryptionKey {
        try DecryptionKey(secret: SecretBytes(copying: secret.span), kid: kid)
    }

    private static func parameters() throws -> ValidationParameters {
        var parameters = try Forge.parameters()
        parameters.decryptionKeys = [try decryptionKey()]
        return parameters
    }

    private static func seal(_ content: String, header: JSONObject = ["cty": "JWT"]) throws -> String {
        try JWE.encrypt([UInt8](content.utf8), to: try encryptionKey(), header: header)
    }

    @Test func `what a builder encrypts, its own parameters accept`() async throws {
        let builder = JWTBuilder(keys: try KeyStore(Forge.key()), clock: Forge.clock())
            .issuer("KestrunApi").audience("KestrunClients").subject("admin").encrypted(to: try Self.encryptionKey())
        let issued = try await builder.build()
        #expect(issued.token.split(separator: ".", omittingEmptySubsequences: false).count == 5)
        #expect(try builder.validationParameters.verify(issued.token).claims.subject == "admin")
        #expect(throws: TokenError.notEncrypted) { try builder.validationParameters.verify(Forge.token()) }
    }

    @Test func `a key pair seals a token for its owner`() async throws {
        let pair = try AsymmetricKey.generate(.x25519)
        let builder = JWTBuilder(keys: try KeyStore(Forge.key()), clock: Forge.clock())
            .issuer("KestrunApi").audience("KestrunClients").encrypted(to: try EncryptionKey(key: pair.publicKey))
        let issued = try await builder.build()
        var parameters = builder.validationParameters
        #expect(throws: TokenError.encryptionNotAccepted) { try parameters.verify(issued.token) }
        parameters.decryptionKeys = [try DecryptionKey(key: pair)]
        #expect(try parameters.verify(issued.token).claims.issuer == "KestrunApi")
    }

    @Test func `a token may stay unencrypted unless the parameters demand otherwise`() throws {
        var parameters = try Self.parameters()
        #expect(throws: Never.self) { try parameters.verify(Forge.token()) }
        parameters.requiresEncryption = true
        #expect(throws: TokenError.notEncrypted) { try parameters.verify(Forge.token()) }
    }

    // CVE-2026-29000: decryption is no authentication.
    @Test(arguments: [Forge.claims, #"{"alg":"none"}"#, "eyJhbGciOiJub25lIn0.e30."])
    func `claims that were encrypted and not signed are refused`(content: String) throws {
        #expect(throws: TokenError.self) { try Self.parameters().verify(Self.seal(content)) }
    }

    // RFC 7519 §5.2: in this case, the value MUST be "JWT".
    @Test(arguments: [[:], ["cty": "text/plain"], ["cty": "jose"]] as [JSONObject])
    func `a hull that does not announce a token is refused`(header: JSONObject) throws {
        #expect(throws: TokenError.notSigned) {
            try Self.parameters().verify(Self.seal(Forge.token(), header: header))
        }
    }

    @Test func `a hull within a hull is refused`() throws {
        let inner = try Self.seal(Forge.token())
        #expect(throws: TokenError.notSigned) { try Self.parameters().verify(Self.seal(inner)) }
    }

    @Test func `a forged token within a good hull is refused`() throws {
        let forged = try Forge.token(key: .hmac(generated: .hs256, kid: Forge.kid))
        #expect(throws: TokenError.signatureInvalid) { try Self.parameters().verify(Self.seal(forged)) }
    }

    // RFC 7519 §5.3: the application verifies that replicated values are identical.
    @Test(
        arguments: [
            (["cty": "JWT", "iss": "KestrunApi", "aud": "KestrunClients"], true),
            (["cty": "JWT", "iss": "Other"], false),
            (["cty": "JWT", "aud": ["KestrunClients"]], false), (["cty": "JWT", "sub": 1], false),
        ] as [(JSONObject, Bool)])
    func `claims that stand in the hull must be those of the token`(header: JSONObject, isAccepted: Bool) throws {
        let sealed = try Self.seal(Forge.token(), header: header)
        if isAccepted {
            #expect(throws: Never.self) { try Self.parameters().verify(sealed) }
        } else {
            #expect(throws: TokenError.self) { try Self.parameters().verify(sealed) }
        }
    }

    @Test func `another key, another kid and a changed octet are told apart only as far as nobody learns from it`()
        throws
    {
        let sealed = try Self.seal(Forge.token())
        var parameters = try Self.parameters()
        parameters.decryptionKeys = [
            try DecryptionKey(secret: SecretBytes(copying: [UInt8](repeating: 1, count: 32).span), kid: "hull")
        ]
        #expect(throws: TokenError.decryptionFailed) { try parameters.verify(sealed) }
        parameters.decryptionKeys = [try Self.decryptionKey(kid: "other")]
        #expect(throws: TokenError.decryptionKeyNotFound) { try parameters.verify(sealed) }
        var segments = sealed.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        segments[3] = (segments[3].hasPrefix("A") ? "B" : "A") + segments[3].dropFirst()
        #expect(throws: TokenError.decryptionFailed) {
            try Self.parameters().verify(segments.joined(separator: "."))
        }
    }

    /// RFC 7520 §6, a second before the token expires unless said otherwise.
    private static func cookbookParameters(at seconds: Double = 1_300_819_379) throws -> ValidationParameters {
        let key = try VerificationKey(JWK(json: NestedVectors.signingKey))
        var parameters = ValidationParameters(
            keys: try KeySet([key]), issuers: ["hobbiton.example"],
            clock: { Date(timeIntervalSince1970: seconds) })
        parameters.decryptionKeys = [try EncryptionForge.decryptionKey(jwk: RFC7520Vectors.key2, .rsaOAEP)]
        return parameters
    }

    // Neither the token nor its hull has a kid, so the only key of each algorithm is meant.
    @Test(arguments: [NestedVectors.compact, NestedVectors.signed])
    func `verifies RFC 7520 §6, compact, and the token within it`(token: String) throws {
        let verified = try Self.cookbookParameters().verify(token)
        #expect(try JSONValue.object(verified.claims.members) == JSONValue.parse(NestedVectors.claims))
        #expect(verified.header.algorithm == "PS256")
        let expired = TokenError.expired(at: Date(timeIntervalSince1970: 1_300_819_380))
        #expect(throws: expired) { try Self.cookbookParameters(at: 1_300_819_440).verify(token) }
        var others = try Self.cookbookParameters()
        others.keys = try KeySet([VerificationKey(JWK(json: CookbookKeys.rsaPublic))])
        #expect(throws: TokenError.signatureInvalid) { try others.verify(token) }
    }

    @Test(arguments: [NestedVectors.general, NestedVectors.flattened])
    func `decrypts RFC 7520 §6 in JSON, and verifies what is within`(json: String) throws {
        let parameters = try Self.cookbookParameters()
        let message = try JWE.decrypt(json: json, with: parameters.decryptionKeys)
        #expect(message.protectedHeader == ["alg": "RSA-OAEP", "cty": "JWT", "enc": "A128GCM"])
        #expect(message.text == NestedVectors.signed)
        #expect(try parameters.verify(message.text).claims.issuer == "hobbiton.example")
        // RFC 7519 §1: a JWT is always compact.
        #expect(throws: TokenError.malformed) { try parameters.verify(json) }
    }
}
