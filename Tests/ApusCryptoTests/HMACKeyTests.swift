import ApusCrypto
import Testing

@Suite struct HMACKeyTests {
    @Test(arguments: HMACVector.rfc4231)
    func `gives the codes of RFC 4231`(vector: HMACVector) throws {
        for (digest, code) in [
            (DigestAlgorithm.sha256, vector.sha256), (.sha384, vector.sha384), (.sha512, vector.sha512),
        ] {
            let key = try HMACKey(vector.key, digest)
            #expect(try key.code(for: vector.message).hexadecimal == code)
        }
    }

    @Test func `gives the code of RFC 2202 for SHA-1`() throws {
        let key = try HMACKey([UInt8](repeating: 0x0B, count: 20), .sha1)
        let message = [UInt8]("Hi There".utf8)
        #expect(
            try key.code(for: message).hexadecimal == "b617318655057264e28bc0b6fb378c8ef146be00"
        )
    }

    @Test func `starts anew for each message`() throws {
        let vector = try #require(HMACVector.rfc4231.first)
        let key = try HMACKey(vector.key, .sha256)
        let other = [UInt8]("another message".utf8)
        for _ in 0..<3 {
            _ = try key.code(for: other)
            #expect(try key.code(for: vector.message).hexadecimal == vector.sha256)
        }
    }

    @Test(arguments: [DigestAlgorithm.sha256, .sha384, .sha512])
    func `accepts the whole code and no other`(digest: DigestAlgorithm) throws {
        let key = try HMACKey([UInt8](repeating: 7, count: 64), digest)
        let message = [UInt8]("header.payload".utf8)
        let code = try key.code(for: message)
        #expect(key.accepts(code, for: message))
        for index in code.indices {
            for bit in 0..<8 {
                var forged = code
                forged[index] ^= 1 << bit
                #expect(!key.accepts(forged, for: message))
            }
            let truncated = [UInt8](code[..<index])
            #expect(!key.accepts(truncated, for: message))
        }
        let longer = code + [0]
        #expect(!key.accepts(longer, for: message))
        #expect(!key.accepts(code, for: [UInt8]("header.payloae".utf8)))
    }

    @Test func `refuses the code of another key`() throws {
        let message = [UInt8]("header.payload".utf8)
        let code = try HMACKey([UInt8](repeating: 1, count: 32), .sha256).code(for: message)
        #expect(try !HMACKey([UInt8](repeating: 2, count: 32), .sha256).accepts(code, for: message))
    }

    @Test func `refuses a secret of no octets`() throws {
        #expect(throws: CryptoError.self) { try HMACKey([], .sha256) }
    }

    @Test func `serves many tasks at once`() async throws {
        let key = try HMACKey([UInt8](repeating: 3, count: 32), .sha256)
        let messages = (0..<64).map { number in [UInt8]("message \(number)".utf8) }
        let codes = try messages.map { message in try key.code(for: message) }
        let agreeing = await withTaskGroup(of: Int.self) { group in
            for start in 0..<64 {
                group.addTask {
                    (0..<200).count { step in
                        let index = (start + step) % 64
                        return key.accepts(codes[index], for: messages[index])
                            && !key.accepts(codes[index], for: messages[(index + 1) % 64])
                    }
                }
            }
            return await group.reduce(0, +)
        }
        #expect(agreeing == 64 * 200)
    }
}
