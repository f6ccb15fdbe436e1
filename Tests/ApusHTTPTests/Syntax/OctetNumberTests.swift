import Testing

@testable import ApusHTTP

/// Digits that are read together make the number that they make one by one.
@Suite struct OctetNumberTests {
    private static func expected(_ octets: [UInt8]) -> Int? {
        guard (1...8).contains(octets.count), octets.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        return Int(String(decoding: octets, as: UTF8.self))
    }

    @Test func `each octet at each place of each length`() {
        for count in 0...10 {
            for place in 0..<max(count, 1) {
                for octet in UInt8.min...UInt8.max {
                    var octets = (0..<count).map { UInt8(0x30 + ($0 * 7 + place + 9) % 10) }
                    if count > 0 { octets[place] = octet }
                    guard Octet.number(octets.span) != Self.expected(octets) else { continue }
                    Issue.record("octet \(octet) at \(place) of \(count)")
                }
            }
        }
    }

    @Test func `any digits`() {
        var random = SplitMix64(seed: 1)
        for _ in 0..<20_000 {
            let octets = (0..<Int(random.next() % 9)).map { _ in UInt8(0x30 + random.next() % 10) }
            guard Octet.number(octets.span) != Self.expected(octets) else { continue }
            Issue.record("\(octets)")
        }
    }
}
