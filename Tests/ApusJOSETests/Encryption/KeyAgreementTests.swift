import ApusCrypto
import Testing

@testable import ApusJOSE

@Suite struct KeyAgreementTests {
    private static let bob = #"""
        {"kty":"EC","crv":"P-256","x":"weNJy2HscCSM6AEDTDg04biOvhFhyyWvOHQfeF_PxMQ",\#
        "y":"e8lnCO-AlStT-NJVX-crhB7QRYhiix03illJOVAOyck","d":"VEmDZpDXXK8p8N0Cndsxs924q6nS1RXFASRl6BfUqdw"}
        """#
    private static let header = #"""
        {"alg":"ECDH-ES","enc":"A128GCM","apu":"QWxpY2U","apv":"Qm9i","epk":{"kty":"EC","crv":"P-256",\#
        "x":"gI0GAILBdu7T53akrFmMyGcsF3n5dO7MmwNBHKW5SV0","y":"SLW_xSffzlPWrHEVI30DHM_4egVwt3NQqeUD7nMFpps"}}
        """#

    @Test func `arrives at the key of RFC 7518 appendix C`() throws {
        let key = try EncryptionForge.decryptionKey(jwk: Self.bob, .ecdhES)
        let header = try JWEHeader(protected: JSONValue.parse(Self.header).object ?? [:])
        let contentKey = try key.contentKey([], .a128GCM, header)
        #expect(contentKey.octets == (try Base64URL.decode("VqqN6vgjbSBcIijNcacQGg")))
    }

    // RFC 8037 appendix A.6 and A.7; the keys and the secrets are those of RFC 7748 §6.1 and §6.2.
    @Test(arguments: [
        (
            KeyKind.x25519, "X25519", "5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb",
            "de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f",
            "8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a",
            "4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742"
        ),
        (
            .x448, "X448",
            "1c306a7ac2a0e2e0990b294470cba339e6453772b075811d8fad0d1d6927c120bb5ee8972b0d3e21374c9c921b09d1b0366f10b6"
                + "5173992d",
            "3eb7a829b0cd20f5bcfc0b599b6feccf6da4627107bdb0d4f345b43027d8b972fc3e34fb4232a13ca706dcb57aec3dae07bdc1c6"
                + "7bf33609",
            "9b08f7cc31b7e3e67d22d5aea121074a273bd2b83de09c63faa73d2c22c5d9bbc836647241d953d40c5b12da88120d53177f80e5"
                + "32c41fa0",
            "07fff4181ac6cc95ec1c16a94a0f74d12da232ce40a77552281d282bb60c0b56fd2464c335543936521c24403085d59a449a5037"
                + "514a879d"
        ),
    ])
    func `agrees upon the secrets of RFC 8037 appendix A`(
        kind: KeyKind, name: String, own: String, ownPublic: String, peer: String, agreed: String
    ) throws {
        let key = try AsymmetricKey(
            okp: OKPComponents(
                kind: kind, x: ownPublic.octetsOfHexadecimal, d: EncryptionForge.secret(own.octetsOfHexadecimal)))
        let epk: JSONObject = [
            "kty": "OKP", "crv": .string(name), "x": .string(Base64URL.encode(peer.octetsOfHexadecimal)),
        ]
        let header = try JWEHeader(protected: ["epk": .object(epk)])
        let ephemeral = try EphemeralKey.key(in: header, of: kind)
        #expect(try key.sharedSecret(with: ephemeral).octets == agreed.octetsOfHexadecimal)
        #expect(try EphemeralKey.object(of: ephemeral) == epk)
    }

    @Test(arguments: ["apu", "apv"])
    func `bounds the names of the parties`(name: String) throws {
        let key = try EncryptionForge.asymmetric(jwk: Self.bob)
        let encryptionKey = try EncryptionKey(key: key, algorithm: .ecdhES)
        let decryptionKey = try DecryptionKey(key: key, algorithm: .ecdhES)
        let longest = JSONValue.string(Base64URL.encode([UInt8](repeating: 1, count: 512)))
        let text = try JWE.encrypt([1], to: encryptionKey, header: [name: longest])
        #expect(try JWE.decrypt(text, with: [decryptionKey]).plaintext == [1])
        let invalid: [JSONValue] = [
            .string(Base64URL.encode([UInt8](repeating: 1, count: 513))), .string("QQ=="), .string("A"), 1, nil, ["QQ"],
        ]
        for value in invalid {
            #expect(throws: JWEError.headerParameterInvalid(name)) {
                try JWE.encrypt([1], to: encryptionKey, header: [name: value])
            }
        }
    }
}
