import Testing

@testable import ApusJOSE

@Suite struct VerificationKeyTests {
    private let input = [UInt8]("header.payload".utf8)

    @Test func `accepts what its signing key signs`() throws {
        let key = try SigningKey.hmac(generated: .hs384, kid: "k")
        let signature = try key.signature(for: input)
        let verifier = key.verificationKey
        #expect(verifier.kid == "k")
        #expect(verifier.algorithms == [.hs384])
        #expect(verifier.isValid(signature, for: input, .hs384))
    }

    @Test func `accepts no algorithm that is not its own`() throws {
        let octets = [UInt8](0..<64)
        let key = try SigningKey.hmac(bytes: octets, algorithm: .hs512)
        let weaker = try SigningKey.hmac(bytes: octets, algorithm: .hs256)
        let signature = try weaker.signature(for: input)
        #expect(!key.verificationKey.isValid(signature, for: input, .hs256))
        #expect(!key.verificationKey.isValid(signature, for: input, .hs512))
        #expect(key.verificationKey.verifier(for: .hs256) == nil)
        #expect(key.verificationKey.verifier(for: .hs512)?.signatureCount == 64)
    }

    @Test func `shows nothing of its material`() throws {
        let key = try SigningKey.hmac(passphrase: "correct horse battery staple, 32+", kid: "k1").verificationKey
        var dumped = ""
        dump(key, to: &dumped)
        for text in ["\(key)", String(reflecting: key), dumped] {
            #expect(text.contains("k1"))
            #expect(!text.contains("horse"))
        }
    }
}
