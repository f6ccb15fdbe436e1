import Glibc
import Synchronization

/// The process's signals SIGTERM, SIGINT and, if wanted, SIGHUP, as something to wait for on an event loop.
///
/// There is one per process: a second one while the first lives is a programmer's mistake.
package final class Signals: PollTarget, @unchecked Sendable {
    /// What came.
    package enum Kind {
        /// SIGTERM or SIGINT, or the wait was cancelled.
        case termination
        /// SIGHUP, once or more often.
        case hangUp
    }

    // The handlers may run on any thread at any moment, so all they do is to count and to `write` to this descriptor.
    private static let descriptor = Atomic<Int32>(-1)
    private static let terminations = Atomic<Int>(0)
    private static let hangUps = Atomic<Int>(0)

    private let isCancelled = Atomic<Bool>(false)
    private let numbers: [Int32]

    // Confined to the loop that `activate(on:)` names, which is what makes this `@unchecked Sendable` true.
    private let event: Int32
    private var loop: EventLoop?
    private var waiter: UnsafeContinuation<Void, Never>?

    /// Takes the signals over for as long as this object lives.
    ///
    /// A second SIGTERM or SIGINT ends the process at once, with 128 and the number of the signal as its status.
    package init(withHangUp: Bool = false) throws(SystemError) {
        event = try Syscall.eventDescriptor()
        let previous = Self.descriptor.exchange(event, ordering: .sequentiallyConsistent)
        precondition(previous == -1, "the signals of this process are watched already")
        Self.terminations.store(0, ordering: .sequentiallyConsistent)
        Self.hangUps.store(0, ordering: .sequentiallyConsistent)
        numbers = [SIGTERM, SIGINT] + (withHangUp ? [SIGHUP] : [])
        for number in [SIGTERM, SIGINT] {
            signal(number) { number in
                let earlier = Signals.terminations.wrappingAdd(1, ordering: .relaxed).oldValue
                // Who asks a second time does not want to wait for the grace to end.
                if earlier >= 1 { _exit(128 + number) }
                Syscall.signal(eventDescriptor: Signals.descriptor.load(ordering: .relaxed))
            }
        }
        guard withHangUp else { return }
        signal(SIGHUP) { _ in
            Signals.hangUps.add(1, ordering: .relaxed)
            Syscall.signal(eventDescriptor: Signals.descriptor.load(ordering: .relaxed))
        }
    }

    /// Begins to poll on `loop`, on which this, `next()` and `deactivate()` must be called.
    package func activate(on loop: EventLoop) throws(SystemError) {
        self.loop = loop
        try loop.register(event, for: self)
    }

    /// Suspends until a signal has come, or the wait is cancelled.
    package func next() async -> Kind {
        while true {
            if Self.terminations.load(ordering: .relaxed) > 0 || isCancelled.load(ordering: .relaxed) {
                return .termination
            }
            if Self.hangUps.exchange(0, ordering: .relaxed) > 0 { return .hangUp }
            await withUnsafeContinuation { waiter = $0 }
        }
    }

    /// Ends `next()`, from any thread.
    package func cancel() {
        isCancelled.store(true, ordering: .relaxed)
        Syscall.signal(eventDescriptor: event)
    }

    /// Ends the polling.
    ///
    /// The signals go back to the system's own handling when this object does.
    package func deactivate() {
        loop?.deregister(event)
        loop = nil
    }

    deinit {
        for number in numbers { signal(number, SIG_DFL) }
        Self.descriptor.store(-1, ordering: .sequentiallyConsistent)
        Syscall.close(event)
    }

    override func becameReady(_ readiness: Poller.Readiness) {
        guard readiness.isReadable else { return }
        Syscall.drain(eventDescriptor: event)
        resume()
    }

    private func resume() {
        guard let waiter else { return }
        self.waiter = nil
        waiter.resume()
    }
}
