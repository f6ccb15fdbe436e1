import Glibc

/// Decides what happens next: a job of some actor, a look at the sockets, or the passing of time.
final class SimulationScheduler {
    private let kernel: SimulatedKernel
    private let executor: SimulationExecutor
    private let maximumSteps: Int
    private(set) var steps = 0

    init(_ kernel: SimulatedKernel, _ executor: SimulationExecutor, maximumSteps: Int) {
        self.kernel = kernel
        self.executor = executor
        self.maximumSteps = maximumSteps
    }

    /// The longest that one step takes by the simulation's clock, in nanoseconds.
    private static let longestStep: UInt64 = 20_000

    /// - Throws: the rule that was broken.
    func run(until isDone: () -> Bool) throws {
        while !isDone() {
            steps += 1
            guard steps <= maximumSteps else { throw SimulationThread.Breach.endless(steps: maximumSteps) }
            if !takeStep() { try letTimePass() }
            try checkRules()
        }
    }

    func checkRules() throws {
        if let breach = kernel.thread.firstBreach { throw breach }
    }

    /// - Returns: false when nobody has anything to do.
    private func takeStep() -> Bool {
        let network = kernel.network
        network.advance(to: network.now &+ kernel.chance.nanoseconds(in: 0...Self.longestStep))
        var awake = executor.readyJobCount > 0 ? 1 : 0
        for loop in kernel.loops where !loop.isAsleep { awake += 1 }
        guard awake > 0 else { return false }
        var choice = kernel.chance.below(awake)
        kernel.trace.mix(UInt64(choice))
        for loop in kernel.loops where !loop.isAsleep {
            if choice == 0 {
                kernel.step(loop)
                return true
            }
            choice -= 1
        }
        executor.runReadyJob(at: kernel.chance.below(executor.readyJobCount))
        return true
    }

    /// Goes on to what happens next; sometimes a little further, so that several things have happened at once.
    private func letTimePass() throws {
        let network = kernel.network
        guard let next = network.nextEvent else { return try reportStandstill() }
        let lateness = kernel.chance.happens(0.2) ? kernel.chance.nanoseconds(in: 0...1_000_000) : 0
        network.advance(to: next &+ lateness)
        kernel.trace.mix(network.now)
    }

    /// How long, in milliseconds, another thread is waited for that might be at work for the simulation, which is against its rules.
    private static let patience = 5_000

    private func reportStandstill() throws {
        for _ in 0..<Self.patience {
            usleep(1_000)
            try checkRules()
        }
        throw SimulationThread.Breach.standstill
    }
}
