import Testing

@testable import ApusHTTP

/// What is found among eight or sixteen octets at a time is what is found one by one.
@Suite struct OctetBlocksTests {
    private static let letters = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ".utf8)
    private static let digits = Set("0123456789".utf8)

    /// A search, and the octets that it passes over.
    private struct Search: Sendable {
        let name: String
        let passed: Set<UInt8>
        let find: @Sendable (Span<UInt8>, Range<Int>) -> Int
    }

    private static let searches = [
        // RFC 9110 §5.5: of the controls of RFC 5234 (%x00-1F, %x7F) a line has HTAB alone.
        Search(name: "controls", passed: Set(0x20...0xFF).subtracting([0x7F]).union([0x09])) {
            Octet.firstControl(in: $0, $1)
        },
        Search(name: "letters", passed: letters.union("-".utf8)) { Octet.letterEnd(in: $0, $1) },
        Search(name: "path letters", passed: letters.union(digits).union("-/".utf8)) {
            Octet.pathLetterEnd(in: $0, $1)
        },
        Search(name: "host letters", passed: letters.union(digits).union("-.".utf8)) {
            Octet.hostLetterEnd(in: $0, $1)
        },
    ]

    @Test func `each octet at each place of each length`() {
        for search in Self.searches {
            let usual = Array(search.passed).sorted()
            for count in 0...36 {
                for place in 0..<count {
                    for octet in UInt8.min...UInt8.max {
                        var octets = (0..<count).map { usual[($0 &* 7 &+ place) % usual.count] }
                        octets[place] = octet
                        let expected = search.passed.contains(octet) ? count : place
                        guard search.find(octets.span, 0..<count) != expected else { continue }
                        Issue.record("\(search.name): octet \(octet) at \(place) of \(count)")
                    }
                }
            }
        }
    }

    @Test func `what stands around a range does not matter`() {
        for search in Self.searches {
            let passed = Array(search.passed).sorted()
            let others = (UInt8.min...UInt8.max).filter { !search.passed.contains($0) }
            for count in 0...40 {
                for start in 0...count {
                    for end in start...count {
                        let octets = (0..<count).map {
                            (start..<end).contains($0) ? passed[$0 % passed.count] : others[$0 % others.count]
                        }
                        guard search.find(octets.span, start..<end) != end else { continue }
                        Issue.record("\(search.name): \(start)..<\(end) of \(count)")
                    }
                }
            }
        }
    }
}
