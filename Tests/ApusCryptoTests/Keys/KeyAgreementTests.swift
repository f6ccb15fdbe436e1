import Testing

@testable import ApusCrypto

struct KeyAgreementTests {
    // RFC 7748 §6.1 and §6.2.
    @Test(arguments: [
        (
            KeyKind.x25519,
            [
                "77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a",
                "8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a",
                "5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb",
                "de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f",
                "4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742",
            ]
        ),
        (
            .x448,
            [
                "9a8f4925d1519f5775cf46b04b5800d4ee9ee8bae8bc5565d498c28d"
                    + "d9c9baf574a9419744897391006382a6f127ab1d9ac2d8c0a598726b",
                "9b08f7cc31b7e3e67d22d5aea121074a273bd2b83de09c63faa73d2c"
                    + "22c5d9bbc836647241d953d40c5b12da88120d53177f80e532c41fa0",
                "1c306a7ac2a0e2e0990b294470cba339e6453772b075811d8fad0d1d"
                    + "6927c120bb5ee8972b0d3e21374c9c921b09d1b0366f10b65173992d",
                "3eb7a829b0cd20f5bcfc0b599b6feccf6da4627107bdb0d4f345b430"
                    + "27d8b972fc3e34fb4232a13ca706dcb57aec3dae07bdc1c67bf33609",
                "07fff4181ac6cc95ec1c16a94a0f74d12da232ce40a77552281d282b"
                    + "b60c0b56fd2464c335543936521c24403085d59a449a5037514a879d",
            ]
        ),
    ])
    func `agrees on the secrets of RFC 7748 §6`(kind: KeyKind, numbers: [String]) throws {
        let octets = numbers.map { [UInt8](hex: $0) }
        let alice = try AsymmetricKey(okp: OKPComponents(kind: kind, x: octets[1], d: SecretBytes(hex: numbers[0])))
        let bob = try AsymmetricKey(okp: OKPComponents(kind: kind, x: octets[3], d: SecretBytes(hex: numbers[2])))
        #expect(try alice.sharedSecret(with: bob.publicKey).array == octets[4])
        #expect(try bob.sharedSecret(with: alice.publicKey).array == octets[4])
    }

    @Test(arguments: KeySample.ec.dropLast())
    func `agrees with openssl on a NIST curve`(sample: KeySample) async throws {
        let openssl = try OpenSSLCommand()
        try await openssl.makeKey(sample)
        let own = try AsymmetricKey.generate(sample.kind)
        try openssl.write(own.publicPEM(), to: "own.pub")
        try await openssl.run("pkeyutl", "-derive", "-inkey", "sample.key", "-peerkey", "own.pub", "-out", "secret")
        let peer = try AsymmetricKey(pem: openssl.text("sample.pub"))
        #expect(try own.sharedSecret(with: peer).array == openssl.octets("secret"))
    }

    @Test(arguments: [KeyKind.x25519, .x448])
    func `refuses the points of low order that make a secret of zeros`(kind: KeyKind) throws {
        let own = try AsymmetricKey.generate(kind)
        let width = try own.okpComponents().x.count
        for first: UInt8 in [0, 1] {
            let low = [first] + [UInt8](repeating: 0, count: width - 1)
            let peer = try AsymmetricKey(okp: OKPComponents(kind: kind, x: low))
            #expect(throws: CryptoError.self) { try own.sharedSecret(with: peer) }
        }
    }

    @Test func `refuses keys that do not agree`() throws {
        let kinds = [KeyKind.ec(.p256), .ec(.p384), .ec(.secp256k1), .x25519, .x448, .ed25519]
        let keys = try kinds.map { kind throws in try AsymmetricKey.generate(kind) }
        for one in keys {
            for other in keys where one.kind != other.kind {
                #expect(throws: CryptoError.self) { try one.sharedSecret(with: other.publicKey) }
            }
            #expect(throws: CryptoError.self) { try one.publicKey.sharedSecret(with: one.publicKey) }
        }
        #expect(throws: CryptoError.self) { try keys[2].sharedSecret(with: keys[2]) }
        #expect(throws: CryptoError.self) { try keys[5].sharedSecret(with: keys[5]) }
    }
}
