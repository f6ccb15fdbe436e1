import Glibc
import Synchronization

/// A thread that does something again and again until it is told to stop.
package final class WatchThread: Sendable {
    private let name: String
    private let interval: UInt64
    private let wakeUp: Int32
    private let thread = Mutex<pthread_t?>(nil)

    /// - Parameter interval: the nanoseconds between one time and the next.
    package init(_ name: String, every interval: UInt64) throws(SystemError) {
        self.name = name
        self.interval = interval
        wakeUp = try Syscall.eventDescriptor()
    }

    deinit {
        Syscall.close(wakeUp)
    }

    /// Begins; `body` gets the monotonic clock's nanoseconds.
    package func start(_ body: @escaping @Sendable (UInt64) -> Void) throws(SystemError) {
        let started = try Syscall.startThread(name) { [wakeUp, interval] in
            while !Syscall.waitForEvent(wakeUp, milliseconds: Int32(clamping: interval / 1_000_000)) {
                body(Syscall.monotonicNanoseconds())
            }
        }
        thread.withLock { $0 = started }
    }

    /// Ends the thread and waits for it.
    package func stop() {
        Syscall.signal(eventDescriptor: wakeUp)
        let started = thread.withLock { thread in
            defer { thread = nil }
            return thread
        }
        if let started { Syscall.join(started) }
    }
}
