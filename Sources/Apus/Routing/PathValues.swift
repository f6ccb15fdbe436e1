/// Where in a path the values of a route's `{name}` segments stand.
///
/// The first two need no memory of their own, and few routes have more.
struct PathValues: Sendable {
    private(set) var firstTwo = Two()
    /// Nil rather than empty, because an empty array is released, too.
    private var others: [Range<Int>]?
    private var count: UInt32 = 0

    /// The first two.
    struct Two: Sendable {
        var first = Place(0..<0)
        var second = Place(0..<0)
    }

    /// Half the size of a range; no head is as long as 4 GiB.
    struct Place: Sendable {
        private let start: UInt32
        private let end: UInt32

        init(_ range: Range<Int>) {
            start = UInt32(range.lowerBound)
            end = UInt32(range.upperBound)
        }

        var range: Range<Int> { Int(start)..<Int(end) }
    }

    /// Whether the first two are all.
    var areFew: Bool { others == nil }

    mutating func append(_ value: Range<Int>) {
        switch count {
        case 0: firstTwo.first = Place(value)
        case 1: firstTwo.second = Place(value)
        default: others = (others ?? []) + [value]
        }
        count += 1
    }

    mutating func removeLast() {
        count -= 1
        if count >= 2 { others?.removeLast() }
    }

    /// - Precondition: `index` is less than the number of values.
    subscript(index: Int) -> Range<Int> {
        switch index {
        case 0: firstTwo.first.range
        case 1: firstTwo.second.range
        default: others?[index - 2] ?? 0..<0
        }
    }
}
