import ApusCrypto
import Testing

@testable import ApusJOSE

/// JWE → nested plain JWT (CVE-2026-29000): whoever has the public key can encrypt, so decryption authenticates nobody.
///
/// The parameters have the private keys, and every hull here opens.
@Suite struct NestedAttackTests {
    /// A key pair of which the attacker has the public part.
    struct Hull: Sendable, CustomTestStringConvertible {
        let jwk: String
        let algorithm: KeyManagementAlgorithm

        var testDescription: String { algorithm.rawValue }

        func seal(_ content: String, header: JSONObject = ["cty": "JWT"]) throws -> String {
            let publicKey = try EncryptionForge.asymmetric(jwk: jwk).publicKey
            return try JWE.encrypt(
                [UInt8](content.utf8), to: EncryptionKey(key: publicKey, algorithm: algorithm), header: header)
        }

        func parameters() throws -> ValidationParameters {
            var parameters = try Forge.parameters()
            let key = try EncryptionForge.asymmetric(jwk: jwk)
            parameters.decryptionKeys = [try DecryptionKey(key: key, algorithm: algorithm)]
            return parameters
        }
    }

    private static let hulls = [
        Hull(jwk: PeerVectors.rsa, algorithm: .rsaOAEP), Hull(jwk: PeerVectors.rsa, algorithm: .rsaOAEP256),
        Hull(jwk: PeerVectors.x25519, algorithm: .ecdhES), Hull(jwk: PeerVectors.x25519, algorithm: .ecdhESA256KW),
    ]

    private static func encoded(_ text: String) -> String { Base64URL.encode([UInt8](text.utf8)) }

    @Test(arguments: hulls)
    func `a token of ours opens in each hull, so that the others are refused for what they hold`(hull: Hull) throws {
        let parameters = try hull.parameters()
        #expect(try parameters.verify(hull.seal(Forge.token())).claims.subject == "admin")
    }

    @Test(arguments: hulls, ["none", "None", "nOnE", "NONE", ""])
    func `JWE → nested plain JWT: an unsigned token is refused`(hull: Hull, name: String) throws {
        let input = Self.encoded(#"{"alg":"\#(name)"}"#) + "." + Self.encoded(Forge.claims)
        for signature in ["", "AAAA", Self.encoded(String(repeating: "0", count: 32))] {
            let sealed = try hull.seal(input + "." + signature)
            #expect(throws: TokenError.algorithmNotAllowed(name)) { try hull.parameters().verify(sealed) }
        }
        let named = Self.encoded(#"{"alg":"\#(name)","typ":"JWT","kid":"\#(Forge.kid)"}"#)
        let sealed = try hull.seal(named + "." + Self.encoded(Forge.claims) + ".")
        #expect(throws: TokenError.algorithmNotAllowed(name)) { try hull.parameters().verify(sealed) }
    }

    @Test(arguments: hulls)
    func `JWE → nested plain JWT: bare claims are refused`(hull: Hull) throws {
        let parameters = try hull.parameters()
        for content in [Forge.claims, Self.encoded(Forge.claims), "", ".", "..", #"{"alg":"none"}"#] {
            let sealed = try hull.seal(content)
            #expect(throws: TokenError.malformed, "\(content)") { try parameters.verify(sealed) }
            // Without "cty" the claims could be meant for the content, which they are not here (RFC 7519 §5.2).
            let plain = try hull.seal(content, header: [:])
            #expect(throws: TokenError.notSigned, "\(content)") { try parameters.verify(plain) }
        }
        // The claims in the header, where RFC 7519 §5.3 lets some of them stand.
        let replicas: JSONObject = ["cty": "JWT", "iss": "KestrunApi", "aud": "KestrunClients", "sub": "admin"]
        let sealed = try hull.seal(Forge.claims, header: replicas)
        #expect(throws: TokenError.malformed) { try parameters.verify(sealed) }
    }

    @Test(arguments: hulls)
    func `JWE → nested plain JWT: a token that a stranger signed is refused`(hull: Hull) throws {
        let parameters = try hull.parameters()
        let stranger = try SigningKey.hmac(generated: .hs256, kid: Forge.kid)
        let forged = try hull.seal(Forge.token(key: stranger))
        #expect(throws: TokenError.signatureInvalid) { try parameters.verify(forged) }
        let unnamed = try hull.seal(Forge.token(header: #"{"alg":"HS256"}"#, key: stranger))
        #expect(throws: TokenError.signatureInvalid) { try parameters.verify(unnamed) }
        let unknown = try hull.seal(Forge.token(header: #"{"alg":"HS256","kid":"stranger"}"#, key: stranger))
        #expect(throws: TokenError.keyNotFound) { try parameters.verify(unknown) }
        let other = try SigningKey.generated(.es256, kid: Forge.kid)
        let foreign = try hull.seal(Forge.token(header: #"{"alg":"ES256","kid":"\#(Forge.kid)"}"#, key: other))
        #expect(throws: TokenError.algorithmNotAllowed("ES256")) { try parameters.verify(foreign) }
        // The public key of the hull, as the secret of an HMAC.
        let octets = try EncryptionForge.asymmetric(jwk: hull.jwk).publicDER()
        let input = Self.encoded(#"{"alg":"HS256","kid":"\#(Forge.kid)"}"#) + "." + Self.encoded(Forge.claims)
        let secret = try HMACKey(EncryptionForge.secret(octets), .sha256)
        let code = try secret.authenticationCode(for: [UInt8](input.utf8).span)
        let confused = try hull.seal(input + "." + Base64URL.encode(code))
        #expect(throws: TokenError.signatureInvalid) { try parameters.verify(confused) }
    }

    @Test(arguments: hulls)
    func `what waits for newer keys is refused as well`(hull: Hull) async throws {
        let parameters = try hull.parameters()
        let unsigned = try hull.seal(Self.encoded(#"{"alg":"none"}"#) + "." + Self.encoded(Forge.claims) + ".")
        await #expect(throws: TokenError.algorithmNotAllowed("none")) { try await parameters.validate(unsigned) }
        let bare = try hull.seal(Forge.claims)
        await #expect(throws: TokenError.malformed) { try await parameters.validate(bare) }
    }
}
