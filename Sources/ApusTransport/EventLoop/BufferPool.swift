/// Output buffers that one loop lends to its channels, so that an idle connection owns none and a busy one allocates none.
///
/// Not an array, for the reason that `LoopQueue` gives.
final class BufferPool {
    private static let maximumBuffers = 64
    /// A buffer that has grown beyond this is given back to the system instead.
    private static let maximumOctets = 64 * 1_024

    private let spare = UnsafeMutablePointer<[UInt8]>.allocate(capacity: BufferPool.maximumBuffers)
    private var count = 0

    deinit {
        spare.deinitialize(count: count)
        spare.deallocate()
    }

    func take() -> [UInt8] {
        guard count > 0 else { return [] }
        count -= 1
        return (spare + count).move()
    }

    /// Takes `buffer`'s memory and leaves an empty array in its place.
    func giveBack(_ buffer: inout [UInt8]) {
        var returned: [UInt8] = []
        swap(&returned, &buffer)
        guard count < Self.maximumBuffers, 1...Self.maximumOctets ~= returned.capacity else { return }
        returned.removeAll(keepingCapacity: true)
        (spare + count).initialize(to: consume returned)
        count += 1
    }
}
