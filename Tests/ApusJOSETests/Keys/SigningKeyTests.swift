import Testing

@testable import ApusJOSE

@Suite struct SigningKeyTests {
    // Thumbprints of oct JWKs (RFC 7638) computed with Python's hashlib, the first with jwcrypto too.
    @Test func `takes the thumbprint of its JWK as identifier`() throws {
        #expect(try Forge.key().kid == "jwbiXTjK0hUWgutGn3I5M9qbiVvSq_5EtF08CAi1qbM")
        let octets48 = try SigningKey.hmac(bytes: [UInt8](0..<48))
        #expect(octets48.kid == "HeT5V2LCp6E2-0VI3-gT8sbre9L0I-DoroxqST1ZilU")
        let octets64 = try SigningKey.hmac(bytes: [UInt8](0..<64))
        #expect(octets64.kid == "C78xEqPp1b_LswE8KyDQ_0WikUVN-jmDtHmYDwUNRpw")
    }

    @Test func `is the same key from every form`() throws {
        let bytes = [UInt8]("correct horse battery staple, 32+".utf8)
        let hexadecimal = bytes.map { String($0, radix: 16) }.joined()
        let kids = try [
            SigningKey.hmac(bytes: bytes), .hmac(hexadecimal: hexadecimal),
            .hmac(hexadecimal: hexadecimal.uppercased()), .hmac(base64URL: Base64URL.encode(bytes)),
            .hmac(passphrase: "correct horse battery staple, 32+"),
        ].map(\.kid)
        #expect(Set(kids).count == 1)
    }

    @Test(arguments: [
        (32, SignatureAlgorithm.hs256), (47, .hs256), (48, .hs384), (63, .hs384), (64, .hs512), (200, .hs512),
    ])
    func `takes the strongest algorithm its length allows`(count: Int, algorithm: SignatureAlgorithm) throws {
        #expect(try SigningKey.hmac(bytes: [UInt8](repeating: 5, count: count)).algorithm == algorithm)
    }

    @Test func `takes the algorithm it is told`() throws {
        let bytes = [UInt8](repeating: 5, count: 64)
        #expect(try SigningKey.hmac(bytes: bytes, algorithm: .hs256).algorithm == .hs256)
    }

    // RFC 7518 §3.2.
    @Test(
        arguments: [
            (0, nil, 32), (31, nil, 32), (31, .hs256, 32), (47, .hs384, 48), (63, .hs512, 64),
        ] as [(Int, SignatureAlgorithm?, Int)]
    )
    func `refuses a key shorter than the hash`(count: Int, algorithm: SignatureAlgorithm?, minimum: Int) throws {
        let error = try #require(throws: KeyError.self) {
            try SigningKey.hmac(bytes: [UInt8](repeating: 5, count: count), algorithm: algorithm)
        }
        #expect(error == .secretTooShort(octets: count, minimum: minimum, algorithm: algorithm ?? .hs256))
        #expect(error.description.contains("\(count) octets"))
        #expect(error.description.contains("at least \(minimum)"))
        #expect(error.description.contains("RFC 7518 §3.2"))
    }

    @Test(arguments: ["6f1", "0x" + Forge.hexadecimal, " " + Forge.hexadecimal, Forge.hexadecimal + "\n", "zz", "６f"])
    func `refuses what is not hexadecimal`(text: String) {
        #expect(throws: KeyError.hexadecimalMalformed) { try SigningKey.hmac(hexadecimal: text) }
    }

    @Test(arguments: [
        "bxoc4ujMSlaFrQ4dHwuMCSttzk96CLHC0-T1prfI2eA=", "bxoc4ujMSlaFrQ4dHwuMCSttzk96CLHC0+T1prfI2eA", "A",
    ])
    func `refuses what is not Base64url`(text: String) {
        #expect(throws: KeyError.base64URLMalformed) { try SigningKey.hmac(base64URL: text) }
    }

    @Test(arguments: ["", String(repeating: "k", count: 257)])
    func `refuses an identifier that is empty or over 256 octets`(kid: String) {
        #expect(throws: KeyError.kidLengthInvalid(octets: kid.utf8.count)) {
            try SigningKey.hmac(generated: .hs256, kid: kid)
        }
    }

    @Test func `takes any identifier of 256 octets`() throws {
        let kid = "../../etc/passwd' OR 1=1;\r\n" + String(repeating: "k", count: 256 - 27)
        #expect(try SigningKey.hmac(generated: .hs256, kid: kid).kid == kid)
    }

    @Test(arguments: [SignatureAlgorithm.hs256, .hs384, .hs512])
    func `generates a new key each time`(algorithm: SignatureAlgorithm) throws {
        let keys = try (0..<20).map { _ in try SigningKey.hmac(generated: algorithm) }
        #expect(Set(keys.map(\.kid)).count == 20)
        #expect(keys.allSatisfy { $0.algorithm == algorithm })
    }

    @Test func `shows nothing of its material`() throws {
        let key = try SigningKey.hmac(passphrase: "correct horse battery staple, 32+", kid: "k1")
        var dumped = ""
        dump(key, to: &dumped)
        for text in ["\(key)", String(reflecting: key), dumped] {
            #expect(text.contains("k1"))
            #expect(!text.contains("horse"))
        }
    }
}
