import Testing

@testable import ApusCrypto

struct ProtocolPreferenceTests {
    @Test func `writes each name behind its length, RFC 7301 §3.1`() {
        #expect(ProtocolPreference(["h2", "http/1.1"]).wire == [2, 0x68, 0x32, 8] + Array("http/1.1".utf8))
        #expect(ProtocolPreference([]).wire.isEmpty)
    }

    @Test(
        arguments: [
            ([], nil),
            ([2], nil),
            ([2, 0x68], nil),
            ([2, 0x68, 0x32], 1..<3),
            ([2, 0x68, 0x33, 2, 0x68, 0x32], 4..<6),
            ([0, 2, 0x68, 0x32], 2..<4),
            ([255, 2, 0x68, 0x32], nil),
            ([3, 0x68, 0x32, 0x63], nil),
        ] as [([UInt8], Range<Int>?)])
    func `finds a name and reads no further than the list`(offer: [UInt8], place: Range<Int>?) {
        #expect(offer.withUnsafeBufferPointer { ProtocolPreference(["h2"]).selection(from: $0) } == place)
    }

    @Test func `names that the wire cannot carry stop the program`() async {
        await #expect(processExitsWith: .failure) { _ = ProtocolPreference([""]) }
        await #expect(processExitsWith: .failure) { _ = ProtocolPreference([String(repeating: "a", count: 256)]) }
        await #expect(processExitsWith: .success) { _ = ProtocolPreference([String(repeating: "a", count: 255)]) }
    }
}
