import Glibc
import Synchronization

/// The process's termination signals, SIGTERM and SIGINT, as something to wait for on an event loop.
///
/// There is one per process: a second `watch` while the first lives is a programmer's mistake.
package final class Signals: @unchecked Sendable {
    // The handler may run on any thread at any moment, so all it does is one `write` to this descriptor.
    private static let descriptor = Atomic<Int32>(-1)
    private static let count = Atomic<Int>(0)

    private let isCancelled = Atomic<Bool>(false)

    // Confined to the loop that `activate(on:)` names, which is what makes this `@unchecked Sendable` true.
    private let event: Int32
    private var loop: EventLoop?
    private var waiter: UnsafeContinuation<Void, Never>?

    /// Takes over SIGTERM and SIGINT for as long as this object lives.
    package init() throws(SystemError) {
        event = try Syscall.eventDescriptor()
        let previous = Self.descriptor.exchange(event, ordering: .sequentiallyConsistent)
        precondition(previous == -1, "the signals of this process are watched already")
        Self.count.store(0, ordering: .sequentiallyConsistent)
        for number in [SIGTERM, SIGINT] {
            signal(number) { _ in
                let earlier = Signals.count.wrappingAdd(1, ordering: .relaxed).oldValue
                // Who asks a second time does not want to wait for the grace to end.
                if earlier >= 1 { _exit(130) }
                Syscall.signal(eventDescriptor: Signals.descriptor.load(ordering: .relaxed))
            }
        }
    }

    /// Begins to poll on `loop`, on which this, `next()` and `deactivate()` must be called.
    package func activate(on loop: EventLoop) throws(SystemError) {
        self.loop = loop
        try loop.register(event, for: self)
    }

    /// Suspends until a termination signal has come, or the wait is cancelled.
    package func next() async {
        while Self.count.load(ordering: .relaxed) == 0 && !isCancelled.load(ordering: .relaxed) {
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
        for number in [SIGTERM, SIGINT] { signal(number, SIG_DFL) }
        Self.descriptor.store(-1, ordering: .sequentiallyConsistent)
        Syscall.close(event)
    }

    private func resume() {
        guard let waiter else { return }
        self.waiter = nil
        waiter.resume()
    }
}

extension Signals: PollTarget {
    func becameReady(_ readiness: Poller.Readiness) {
        guard readiness.isReadable else { return }
        Syscall.drain(eventDescriptor: event)
        resume()
    }
}
