import Testing

@testable import Apus

@Suite struct LimitsTests {
    static let durations: [(Duration, UInt64)] = [
        (.zero, 0), (.nanoseconds(1), 1), (.milliseconds(1_500), 1_500_000_000), (.seconds(-1), 0),
        (.nanoseconds(-1), 0),
        (.seconds(Int64.max), UInt64(Int64.max)),
    ]

    @Test(arguments: durations)
    func `durations become nanoseconds, and never overflow`(duration: Duration, nanoseconds: UInt64) {
        #expect(duration.nanoseconds == nanoseconds)
    }

    /// SECURITY, part B.
    @Test func `the defaults are safe`() {
        let limits = Limits()
        #expect(limits.decoding.fieldCount == 100 && limits.decoding.fieldSectionBytes == 32_768)
        #expect(limits.decoding.requestLine == 8_192 && limits.headDeadline == .seconds(30))
        #expect(limits.discardedOctets == 65_536 && limits.content == 1_048_576 && limits.connections == 65_536)
        let deadlines = [limits.idleDeadline, limits.contentPause, limits.writeStall, limits.shutdownGrace]
        #expect(deadlines.allSatisfy { $0 > .zero && $0 <= .seconds(120) })
    }
}
