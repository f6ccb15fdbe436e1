/// Where in a path the values of a route's `{name}` segments stand.
///
/// The first two need no memory of their own, and few routes have more.
struct PathValues: Sendable {
    private var first = Place(0..<0)
    private var second = Place(0..<0)
    /// Nil rather than empty, because an empty array is released, too.
    private var others: [Range<Int>]?
    private var count: UInt32 = 0

    /// Half the size of a range; no head is as long as 4 GiB.
    private struct Place {
        private let start: UInt32
        private let end: UInt32

        init(_ range: Range<Int>) {
            start = UInt32(range.lowerBound)
            end = UInt32(range.upperBound)
        }

        var range: Range<Int> { Int(start)..<Int(end) }
    }

    mutating func append(_ value: Range<Int>) {
        switch count {
        case 0: first = Place(value)
        case 1: second = Place(value)
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
        case 0: first.range
        case 1: second.range
        default: others?[index - 2] ?? 0..<0
        }
    }
}
