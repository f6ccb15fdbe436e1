import ApusCrypto
import Testing

@Suite struct SecureRandomTests {
    @Test(arguments: [0, 1, 16, 4096])
    func `gives as many octets as were asked for`(count: Int) throws {
        #expect(try SecureRandom.bytes(count).count == count)
    }

    @Test func `never repeats itself`() throws {
        let draws = try (0..<1000).map { _ in try SecureRandom.bytes(16) }
        #expect(Set(draws).count == 1000)
    }
}
