/// Walks the elements of a comma-separated field value, without whitespace around them (RFC 9110 §5.6.1).
///
/// Empty elements are given too: some fields must ignore them, others refuse them.
struct ListCursor {
    private var position: Int?
    private let end: Int

    init(_ range: Range<Int>) {
        position = range.lowerBound
        end = range.upperBound
    }

    mutating func next(in octets: Span<UInt8>) -> Range<Int>? {
        guard let start = position else { return nil }
        var stop = start
        while stop < end, octets[stop] != Octet.comma { stop &+= 1 }
        position = stop < end ? stop &+ 1 : nil
        return Octet.trimmed(start..<stop, of: octets)
    }
}
