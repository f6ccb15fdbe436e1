import Synchronization

extension EventLoopGroup {
    /// Runs `body` while each loop runs within a child task of the caller.
    ///
    /// What a loop calls between its jobs, such as what serves a connection whose task nobody has to wake, belongs to that child task: it
    /// has the task-local values that the caller has, and Swift knows on which executor it runs.
    package func hosted<Result: Sendable>(_ body: () async throws -> Result) async throws -> Result {
        let hosts = loops.map(LoopHost.init)
        return try await withThrowingTaskGroup(of: Void.self) { tasks in
            for host in hosts { tasks.addTask { await host.run() } }
            do {
                let result = try await body()
                for host in hosts { await host.end() }
                return result
            } catch {
                for host in hosts { await host.end() }
                throw error
            }
        }
    }
}

/// Has a loop run within a job of its own.
private actor LoopHost {
    private nonisolated let loop: EventLoop
    /// Atomic, because it changes under the eyes of `run()`, which the compiler takes for alone.
    private nonisolated let hasEnded = Atomic(false)

    nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }

    init(_ loop: EventLoop) {
        self.loop = loop
    }

    /// Returns when `end()` has been called, which the loop runs meanwhile as it does every job.
    func run() {
        // Simulated loops run one step at a time, and leave no job unfinished.
        guard !loop.kernel.isStoodInFor else { return }
        repeat { loop.runReadyJobs() } while !hasEnded.load(ordering: .relaxed) && loop.look()
    }

    func end() {
        hasEnded.store(true, ordering: .relaxed)
    }
}
