/// Where in a path the values of a route's `{name}` segments stand.
///
/// The first two need no memory of their own, and few routes have more.
struct PathValues: Sendable {
    private var first = 0..<0
    private var second = 0..<0
    /// Nil rather than empty, because an empty array is released, too.
    private var others: [Range<Int>]?
    private var count = 0

    mutating func append(_ value: Range<Int>) {
        switch count {
        case 0: first = value
        case 1: second = value
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
        case 0: first
        case 1: second
        default: others?[index - 2] ?? 0..<0
        }
    }
}
