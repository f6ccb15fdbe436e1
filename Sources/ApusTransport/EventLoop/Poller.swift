import CLinux

/// One epoll instance and the memory that its events are read into.
///
/// Every registration is edge-triggered and for both directions at once, so a socket costs one `epoll_ctl` in its life.
package struct Poller: ~Copyable {
    /// What happened to a registered descriptor.
    package struct Readiness: Sendable {
        package let flags: UInt32

        /// Octets, an end of stream, or an error can be read.
        var isReadable: Bool { flags & (clinux_EPOLLIN | clinux_EPOLLRDHUP | clinux_EPOLLHUP | clinux_EPOLLERR) != 0 }
        var isWritable: Bool { flags & (clinux_EPOLLOUT | clinux_EPOLLHUP | clinux_EPOLLERR) != 0 }
        /// Both directions are gone: nobody can read an answer any more.
        var isHungUp: Bool { flags & (clinux_EPOLLHUP | clinux_EPOLLERR) != 0 }
        /// More will not come: the peer has ended its sending direction.
        var isEnding: Bool { flags & (clinux_EPOLLRDHUP | clinux_EPOLLHUP | clinux_EPOLLERR) != 0 }
    }

    /// Each may be the beginning of a turn, and the next look comes after all of them.
    private static let capacity: Int32 = 64

    private let kernel: Kernel
    private let epoll: Int32
    private let events: UnsafeMutableRawPointer
    private let eventSize = Int(clinux_epoll_event_size())

    init(on kernel: Kernel) throws(SystemError) {
        self.kernel = kernel
        epoll = try kernel.epollCreate()
        events = .allocate(byteCount: Int(Self.capacity) * eventSize, alignment: 16)
    }

    deinit {
        events.deallocate()
        kernel.close(epoll)
    }

    /// `token` comes back with every event of this descriptor, until the descriptor is closed.
    func add(_ descriptor: Int32, token: UInt64) throws(SystemError) {
        let interest = clinux_EPOLLIN | clinux_EPOLLOUT | clinux_EPOLLRDHUP | clinux_EPOLLET
        try kernel.epollAdd(epoll, descriptor, events: interest, token: token)
    }

    /// - Parameter sleeping: wait until there is an event; otherwise only look.
    /// - Returns: how many events there are to look at with `event(_:)`.
    func wait(sleeping: Bool) -> Int {
        Int(kernel.epollWait(epoll, events, capacity: Self.capacity, sleeping: sleeping))
    }

    func event(_ index: Int) -> (token: UInt64, readiness: Readiness) {
        let index = Int32(index)
        return (
            clinux_epoll_event_token(events, index), Readiness(flags: clinux_epoll_event_flags(events, index))
        )
    }
}
