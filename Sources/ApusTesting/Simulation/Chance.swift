/// What decides in a simulation.
typealias Chance = SplitMix64

extension Chance {
    /// A number from 0 to `bound` - 1.
    ///
    /// The bias of a bound far below 2^64 is of no matter here, and the generic `random(in:)` costs many times as much.
    mutating func below(_ bound: Int) -> Int {
        bound <= 1 ? 0 : Int(next().multipliedFullWidth(by: UInt64(bound)).high)
    }

    mutating func number(in range: ClosedRange<Int>) -> Int {
        range.lowerBound + below(range.upperBound - range.lowerBound + 1)
    }

    mutating func nanoseconds(in range: ClosedRange<UInt64>) -> UInt64 {
        range.lowerBound + next().multipliedFullWidth(by: range.upperBound - range.lowerBound + 1).high
    }

    /// True in `share` of all cases.
    mutating func happens(_ share: Double) -> Bool {
        share > 0 && Double(next() >> 11) < share * 0x1p53
    }
}
