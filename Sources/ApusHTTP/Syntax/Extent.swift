/// A range of offsets into a message's octets, half the size of `Range<Int>`.
struct Extent: Hashable, Sendable {
    let start: UInt32
    let end: UInt32

    /// Heads are limited to far less than 4 GiB (`HTTP.DecoderLimits`), and `HTTP.Fields` refuses to grow past it.
    @inline(__always)
    init(_ range: Range<Int>) {
        start = UInt32(range.lowerBound)
        end = UInt32(range.upperBound)
    }

    @inline(__always)
    var range: Range<Int> { Int(start)..<Int(end) }

    @inline(__always)
    var count: Int { Int(end) &- Int(start) }
}
