import Synchronization

/// Runs what belongs to no loop of a simulation: its body, and what that awaits.
///
/// `@unchecked Sendable`: the jobs are touched on the simulation's thread only; what comes from elsewhere breaks a rule, and is dropped.
final class SimulationExecutor: SerialExecutor, TaskExecutor, @unchecked Sendable {
    private let thread: SimulationThread
    private var ready: [UnownedJob] = []

    init(on thread: SimulationThread) {
        self.thread = thread
    }

    var readyJobCount: Int { ready.count }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        guard thread.check(.foreignJob) else { return }
        ready.append(job)
    }

    func runReadyJob(at place: Int) {
        let job = ready.remove(at: place)
        unsafe job.runSynchronously(isolatedTo: asUnownedSerialExecutor(), taskExecutor: asUnownedTaskExecutor())
    }

    func asUnownedSerialExecutor() -> UnownedSerialExecutor { UnownedSerialExecutor(ordinary: self) }

    func checkIsolated() {
        precondition(thread.isCurrent, "expected to run in the simulation")
    }

    func isIsolatingCurrentContext() -> Bool? { thread.isCurrent }
}
