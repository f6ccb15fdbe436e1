import Synchronization

/// The door through which other threads hand work to an event loop.
final class RemoteJobs: Sendable {
    private struct State: ~Copyable {
        var jobs: [UnownedJob] = []
        /// The loop sleeps, or is about to: whoever adds a job must wake it.
        var isLoopAsleep = false
        var isStopped = false
    }

    private let state = Mutex(State())
    private let kernel: Kernel
    private let wakeUp: Int32

    /// - Parameter wakeUp: the event descriptor that the loop polls.
    init(wakeUp: Int32, on kernel: Kernel) {
        self.kernel = kernel
        self.wakeUp = wakeUp
    }

    func add(_ job: UnownedJob) {
        let mustWake = state.withLock { state in
            state.jobs.append(job)
            defer { state.isLoopAsleep = false }
            return state.isLoopAsleep
        }
        if mustWake { kernel.signal(eventDescriptor: wakeUp) }
    }

    func stop() {
        let mustWake = state.withLock { state in
            state.isStopped = true
            defer { state.isLoopAsleep = false }
            return state.isLoopAsleep
        }
        if mustWake { kernel.signal(eventDescriptor: wakeUp) }
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
    func take(into ready: JobQueue, sleeping: Bool) -> Arrival {
        state.withLock { state in
            if state.jobs.isEmpty {
                if state.isStopped { return .stopped }
                state.isLoopAsleep = sleeping
                return .none
            }
            for job in state.jobs { ready.append(job) }
            state.jobs.removeAll(keepingCapacity: true)
            return .jobs
        }
    }
}
