import ApusCrypto
import Testing

@Suite struct WipingTests {
    @Test(arguments: [0, 1, 31, 4096]) func `wipes an array where it lies`(count: Int) {
        var octets = [UInt8](repeating: 0xA5, count: count)
        octets.wipe()
        #expect(octets == [UInt8](repeating: 0, count: count))
    }
}
