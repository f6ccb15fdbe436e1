import Testing

@testable import ApusCrypto

@Suite struct SecretBytesTests {
    private enum Refusal: Error { case some }

    @Test func `lends the octets it was made from`() {
        let bytes: [UInt8] = [1, 2, 3]
        let secret = SecretBytes(copying: bytes.span)
        #expect(secret.count == 3)
        #expect(secret.array == bytes)
    }

    @Test func `starts as zeros and keeps what is filled in`() {
        let secret = SecretBytes(count: 4) { octets in octets[2] = 9 }
        #expect(secret.array == [0, 0, 9, 0])
    }

    @Test func `passes on the error of whoever fills it`() {
        #expect(throws: Refusal.some) { try SecretBytes(count: 4) { _ throws(Refusal) in throw .some } }
    }

    @Test func `shows no octet in any description`() {
        let bytes = [UInt8]("correct horse battery staple".utf8)
        let secret = SecretBytes(copying: bytes.span)
        var dumped = ""
        dump(secret, to: &dumped)
        for text in ["\(secret)", String(reflecting: secret), dumped] {
            #expect(text.contains("redacted"))
            #expect(!text.contains("correct") && !text.contains("99"))
        }
    }

    @Test func `draws random octets`() throws {
        let draws = try (0..<100).map { _ in
            try SecretBytes.random(32).array
        }
        #expect(Set(draws).count == 100)
        #expect(draws.allSatisfy { $0.count == 32 })
    }

    // The test owns the memory, so that it may look at it when the secret is gone.
    @Test(arguments: [1, 31, 32, 4_096]) func `wipes its memory when the last reference goes`(count: Int) {
        let memory = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: count)
        defer { memory.deallocate() }
        memory.initialize(repeating: 0xA5)
        var secret: SecretBytes? = SecretBytes(borrowing: memory)
        var other = secret
        #expect(secret?.array == [UInt8](repeating: 0xA5, count: count))
        secret = nil
        #expect(other?.array == [UInt8](repeating: 0xA5, count: count))
        other = nil
        #expect(memory.allSatisfy { $0 == 0 })
    }
}
