/// Octets that were received and not yet used.
///
/// They are looked at where they lie: what could be copied would cost a reference each time.
struct UnusedOctets: ~Copyable {
    private var octets: [UInt8] = []
    /// How many of them have been used.
    private var start = 0

    var isEmpty: Bool { start == octets.count }

    @inline(__always)
    func withOctets<Result, Failure: Error>(
        _ body: (Span<UInt8>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try octets.withUnsafeBufferPointer { octets throws(Failure) in try body(octets.extracting(start...).span) }
    }

    /// Drops octets from the front; the memory goes with the last of them.
    @inline(__always)
    mutating func drop(_ count: Int) {
        start += count
        guard isEmpty else { return }
        octets = []
        start = 0
    }

    mutating func append(_ received: Span<UInt8>) {
        if start > 0 {
            octets.removeSubrange(..<start)
            start = 0
        }
        received.withUnsafeBufferPointer { octets.append(contentsOf: $0) }
    }
}
