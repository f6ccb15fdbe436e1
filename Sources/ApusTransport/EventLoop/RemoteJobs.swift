import Synchronization

/// The door through which other threads hand work to an event loop.
final class RemoteJobs: Sendable {
    private struct State: ~Copyable {
        var jobs: [UnownedJob] = []
        var isStopped = false
    }

    private let state = Mutex(State())
    /// Something has changed since the loop has looked at the state: most looks find nothing, and take no lock.
    private let hasNews = Atomic(false)
    /// The loop sleeps, or is about to: whoever has news must wake it.
    ///
    /// Loop and others each write one of the two and then read the other, in one order that all threads see: so not both can miss what the
    /// other has written.
    private let isLoopAsleep = Atomic(false)
    private let kernel: Kernel
    private let wakeUp: Int32

    /// - Parameter wakeUp: the event descriptor that the loop polls.
    init(wakeUp: Int32, on kernel: Kernel) {
        self.kernel = kernel
        self.wakeUp = wakeUp
    }

    func add(_ job: UnownedJob) {
        state.withLock { $0.jobs.append(job) }
        tellLoop()
    }

    func stop() {
        state.withLock { $0.isStopped = true }
        tellLoop()
    }

    private func tellLoop() {
        hasNews.store(true, ordering: .sequentiallyConsistent)
        if isLoopAsleep.exchange(false, ordering: .sequentiallyConsistent) { kernel.signal(eventDescriptor: wakeUp) }
    }

    /// What the loop finds here when it looks.
    enum Arrival {
        case jobs
        case none
        case stopped
    }

    /// Moves the jobs that came from elsewhere behind those of `ready`.
    ///
    /// - Parameter sleeping: the loop will wait in the kernel unless jobs came.
    func take(into ready: LoopQueue<UnownedJob>, sleeping: Bool) -> Arrival {
        if sleeping {
            isLoopAsleep.store(true, ordering: .sequentiallyConsistent)
        } else {
            isLoopAsleep.store(false, ordering: .relaxed)
        }
        while hasNews.load(ordering: .sequentiallyConsistent) {
            let arrival = takeNews(into: ready)
            // News whose job came along with that of others; the loop may still sleep, and must be known to.
            if case .none = arrival { continue }
            isLoopAsleep.store(false, ordering: .relaxed)
            return arrival
        }
        return .none
    }

    @inline(never)
    private func takeNews(into ready: LoopQueue<UnownedJob>) -> Arrival {
        state.withLock { state in
            // Before the jobs are taken, so that what is told from here on is news again; that the loop was stopped stays news.
            hasNews.store(state.isStopped, ordering: .sequentiallyConsistent)
            if state.jobs.isEmpty { return state.isStopped ? .stopped : .none }
            for job in state.jobs { ready.append(job) }
            state.jobs.removeAll(keepingCapacity: true)
            return .jobs
        }
    }
}
