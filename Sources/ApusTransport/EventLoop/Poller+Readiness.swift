import CLinux

extension Poller.Readiness {
    package static let nothing = Poller.Readiness(flags: 0)
    package static let readable = Poller.Readiness(flags: clinux_EPOLLIN)
    /// The socket is of no more use to either side.
    package static let failed = Poller.Readiness(
        flags: clinux_EPOLLIN | clinux_EPOLLOUT | clinux_EPOLLRDHUP | clinux_EPOLLHUP | clinux_EPOLLERR)

    package init(readable: Bool, writable: Bool, ending: Bool, hungUp: Bool) {
        flags =
            (readable ? clinux_EPOLLIN : 0) | (writable ? clinux_EPOLLOUT : 0) | (ending ? clinux_EPOLLRDHUP : 0)
            | (hungUp ? clinux_EPOLLHUP : 0)
    }

    package var isNothing: Bool { flags == 0 }
}

extension Poller {
    /// Puts an event where the kernel would put it.
    package static func write(
        _ readiness: Readiness, token: UInt64, at index: Int, of events: UnsafeMutableRawPointer
    ) {
        clinux_epoll_event_set(events, Int32(index), readiness.flags, token)
    }
}
