import ApusTesting

/// What writes a script.
extension SplitMix64 {
    mutating func number(in range: ClosedRange<Int>) -> Int { .random(in: range, using: &self) }

    mutating func happens(_ share: Double) -> Bool { .random(in: 0..<1, using: &self) < share }

    mutating func octets(_ count: Int) -> [UInt8] { (0..<count).map { _ in UInt8(truncatingIfNeeded: next()) } }
}
