import Apus

/// A server that a test can shut down while it watches.
struct RunningInstance: Sendable {
    let running: RunningServer
    private let stop: Gate
    private let stopped: Gate

    /// Runs `server` for as long as `body` does, or until `shutDown()`.
    static func run<Result>(
        _ server: Server, _ body: (RunningInstance) async throws -> Result
    ) async throws -> Result {
        let (started, whenStarted) = AsyncStream.makeStream(of: RunningServer.self)
        let (stop, stopped) = (Gate(), Gate())
        return try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask {
                defer {
                    whenStarted.finish()
                    stopped.open()
                }
                try await server.withRunning { running in
                    whenStarted.yield(running)
                    await stop.wait()
                }
            }
            for await running in started {
                let result = try await body(RunningInstance(running: running, stop: stop, stopped: stopped))
                stop.open()
                try await tasks.waitForAll()
                return result
            }
            try await tasks.waitForAll()
            throw CancellationError()
        }
    }

    /// Begins to shut the server down.
    func shutDown() { stop.open() }

    /// Waits until the server has stopped.
    func waitUntilStopped() async { await stopped.wait() }
}
