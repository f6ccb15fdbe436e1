/// The socket on which a service manager hears from its services (sd_notify(3)).
package struct NotifySocket: Sendable {
    private let path: String

    /// - Parameter path: as in `NOTIFY_SOCKET`: a path from the root, or a name behind `@`; nil for anything else.
    package init?(path: String) {
        guard let first = path.utf8.first, [UInt8(ascii: "/"), UInt8(ascii: "@")].contains(first),
            2...SocketAddress.maximumPathOctets ~= path.utf8.count
        else { return nil }
        self.path = path
    }

    /// Sends one message without waiting; one that cannot be sent is lost.
    package func send(_ message: String) {
        Syscall.sendDatagram(Array(message.utf8), toSocketAt: path)
    }

    /// What a manager compares with its own clock: microseconds of the monotonic clock.
    package static var monotonicMicroseconds: UInt64 { Syscall.monotonicNanoseconds() / 1_000 }

    /// The number by which a manager knows this process.
    package static var processNumber: Int { Syscall.processNumber }
}
