/// Output buffers that one loop lends to its channels, so that an idle connection owns none and a busy one allocates none.
struct BufferPool {
    private static let maximumBuffers = 64
    /// A buffer that has grown beyond this is given back to the system instead.
    private static let maximumOctets = 64 * 1_024

    private var spare: [[UInt8]] = []

    mutating func take() -> [UInt8] {
        spare.popLast() ?? []
    }

    /// Takes `buffer`'s memory and leaves an empty array in its place.
    mutating func giveBack(_ buffer: inout [UInt8]) {
        var returned: [UInt8] = []
        swap(&returned, &buffer)
        guard spare.count < Self.maximumBuffers, 1...Self.maximumOctets ~= returned.capacity else { return }
        returned.removeAll(keepingCapacity: true)
        spare.append(returned)
    }
}
