import Glibc
import Synchronization

/// The one thread on which a simulation happens, and what has gone against its rules.
final class SimulationThread: Sendable {
    private let thread = pthread_self()
    private let breach = Mutex<Breach?>(nil)

    /// A rule that was broken.
    enum Breach: Error, CustomStringConvertible {
        /// A job came from another thread.
        case foreignJob
        /// A descriptor was used after it was closed, or for what it is not.
        case closedDescriptor(call: String, Int32)
        /// A loop has ended with something on it.
        case leftBehind(timers: Int, sockets: Int)
        /// A server has ended with descriptors open.
        case openDescriptors(Int)
        /// Nothing is left that could happen, and the body has not ended.
        case standstill
        /// The body has not ended in all the time that it was given.
        case endless(steps: Int)

        var description: String {
            switch self {
            case .foreignJob:
                """
                Expected every job on the simulation's own executors, found one that comes from another thread: something in it runs on \
                Swift's global pool. An unstructured Task { } outside of an actor does, and so do Task.detached, @concurrent functions, \
                offload(_:) and Task.sleep(for:). Use a task group and the world's sleep(for:).
                """
            case .closedDescriptor(let call, let descriptor):
                "Expected \(call) on an open descriptor of its kind, found \(descriptor), which is closed or of another kind."
            case .leftBehind(let timers, let sockets):
                "Expected nothing on an event loop that ends, found \(timers) timers and \(sockets) sockets."
            case .openDescriptors(let count):
                "Expected no descriptor of a server that has ended, found \(count)."
            case .standstill:
                "Expected the body to end, found that every task waits and that nothing is left to come: no octet, no timer."
            case .endless(let steps):
                "Expected the body to end, found it still at work after \(steps) steps; see Simulation.maximumSteps."
            }
        }
    }

    var isCurrent: Bool { pthread_equal(thread, pthread_self()) != 0 }

    /// Notes a breach; the first one counts.
    func note(_ found: Breach) {
        breach.withLock { $0 = $0 ?? found }
    }

    /// Notes `found` when the current thread is another; false then.
    func check(_ found: Breach) -> Bool {
        if isCurrent { return true }
        note(found)
        return false
    }

    var firstBreach: Breach? { breach.withLock(\.self) }
}
