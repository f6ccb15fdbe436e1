import Testing

@testable import ApusCrypto

struct RSAEncryptionTests {
    private let plaintext = [UInt8]((0..<32).map { UInt8($0) })

    @Test(arguments: [(DigestAlgorithm.sha1, "sha1"), (.sha256, "sha256"), (.sha384, "sha384"), (.sha512, "sha512")])
    func `agrees with openssl on OAEP, both ways`(digest: DigestAlgorithm, name: String) async throws {
        let openssl = try OpenSSLCommand()
        let key = try AsymmetricKey.generate(.rsa(bits: 2_048))
        try openssl.write(key.privateText(), to: "own.key")
        try openssl.write(plaintext, to: "plain")
        try openssl.write(key.publicKey.seal(plaintext, digest), to: "sealed")
        let options = ["rsa_padding_mode:oaep", "rsa_oaep_md:\(name)", "rsa_mgf1_md:\(name)"]
        try await openssl.run(
            "pkeyutl", "-decrypt", "-inkey", "own.key", "-in", "sealed", "-out", "opened", "-pkeyopt", options[0],
            "-pkeyopt", options[1], "-pkeyopt", options[2])
        #expect(try openssl.octets("opened") == plaintext)
        try await openssl.run(
            "pkeyutl", "-encrypt", "-inkey", "own.key", "-in", "plain", "-out", "theirs", "-pkeyopt", options[0],
            "-pkeyopt", options[1], "-pkeyopt", options[2])
        #expect(try key.open(openssl.octets("theirs"), digest) == plaintext)
    }

    @Test func `gives one error for every failure`() throws {
        let key = try AsymmetricKey.generate(.rsa(bits: 2_048))
        let sealed = try key.seal(plaintext, .sha256)
        var errors: Set<CryptoError> = []
        var changed = sealed
        changed[100] ^= 1
        let others = [
            changed, [], [UInt8](sealed.dropLast()), sealed + [0], [UInt8](repeating: 0, count: 256),
            [UInt8](repeating: 0xFF, count: 256), try key.seal(plaintext, .sha1),
        ]
        for other in others {
            do throws(CryptoError) {
                _ = try key.open(other, .sha256)
                Issue.record("decrypted")
            } catch {
                errors.insert(error)
            }
        }
        #expect(errors.count == 1)
        #expect(try key.open(sealed, .sha256) == plaintext)
    }

    @Test func `refuses a plaintext beyond the modulus less two digests and 2, and other kinds of keys`() throws {
        let key = try AsymmetricKey.generate(.rsa(bits: 2_048))
        let longest = [UInt8](repeating: 7, count: 256 - 64 - 2)
        let sealed = try key.seal(longest, .sha256)
        #expect(try key.open(sealed, .sha256) == longest)
        #expect(throws: CryptoError.self) { try key.seal(longest + [7], .sha256) }
        #expect(throws: CryptoError.self) { try key.publicKey.open(sealed, .sha256) }
        let other = try AsymmetricKey.generate(.ec(.p256))
        #expect(throws: CryptoError.self) { try other.seal(longest, .sha256) }
        #expect(throws: CryptoError.self) { try other.open(sealed, .sha256) }
    }
}
