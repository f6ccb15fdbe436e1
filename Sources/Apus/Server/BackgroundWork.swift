/// Work that a server does beside answering requests.
struct BackgroundWork: Sendable {
    let name: String
    let perform: @Sendable (RunningServer) async throws -> Void
}

extension Server {
    /// Does `work` beside the requests: from the start until the last request is done, then it is cancelled.
    ///
    /// Work that returns earlier is done. Work that throws ends the server, which finishes the requests under way and throws the same
    /// error; so it should handle what it can live with. It runs on Swift's global pool, not on an event loop. A test in process has no
    /// running server, and so no work beside it.
    ///
    /// ```swift
    /// server.background("key rotation") { _ in try await keys.rotate(every: .seconds(86_400)) }
    /// ```
    /// - Parameters:
    ///   - name: says in the log which work it was.
    ///   - work: is told where the server listens.
    public func background(
        _ name: String, _ work: @escaping @Sendable (RunningServer) async throws -> Void
    ) -> Server {
        var server = self
        server.backgroundWork.append(BackgroundWork(name: name, perform: work))
        return server
    }
}

extension BackgroundWork {
    private enum Event<Result: Sendable>: Sendable {
        case bodyEnded(Swift.Result<Result, any Error>)
        case workEnded
        /// Somebody has asked the server to end, or this task was cancelled.
        case asked(grace: Duration?)
        case workFailed(name: String, any Error)
    }

    /// Runs `body` beside all of `work`; when it has ended, the server is asked to end, or some work has failed, `finish` while
    /// other work goes on.
    ///
    /// Work that fails cancels `body` and all other work; a body that has not ended by the end of `finish` is cancelled then.
    /// - Parameter untilAsked: the end of `body` is no reason to finish.
    /// - Returns: what `body` returned, or the error that ended it.
    /// - Throws: what `finish` throws.
    static func run<Result: Sendable>(
        _ work: [BackgroundWork], of running: RunningServer, logger: Logger, untilAsked: Bool,
        beside body: @escaping @Sendable () async throws -> Result,
        finish: (_ grace: Duration?) async throws -> Void
    ) async throws -> Swift.Result<Result, any Error> {
        try await withThrowingTaskGroup(of: Event<Result>.self) { tasks in
            tasks.addTask {
                do { return .bodyEnded(.success(try await body())) } catch { return .bodyEnded(.failure(error)) }
            }
            for item in work { tasks.addTask { await item.event(of: running) } }
            tasks.addTask { .asked(grace: await running.lifecycle.whenAsked()?.grace) }
            var outcome: Swift.Result<Result, any Error>?
            var grace: Duration?
            var failure: (any Error)?
            waiting: while let event = try await tasks.next() {
                switch event {
                case .bodyEnded(let result):
                    outcome = result
                    if case .success = result, untilAsked { break }
                    break waiting
                case .asked(let wanted):
                    grace = wanted
                    break waiting
                case .workFailed(let name, let error):
                    logger.log(
                        .error, "Background work has failed", ["work": .string(name), "cause": .string("\(error)")])
                    failure = failure ?? error
                    tasks.cancelAll()
                case .workEnded: break
                }
            }
            try await finish(grace)
            tasks.cancelAll()
            while outcome == nil, let event = try await tasks.next() {
                if case .bodyEnded(let result) = event { outcome = result }
            }
            return failure.map(Swift.Result.failure) ?? outcome ?? .failure(CancellationError())
        }
    }

    private func event<Result: Sendable>(of running: RunningServer) async -> Event<Result> {
        do {
            try await perform(running)
        } catch {
            // To be cancelled is how work ends with the server.
            if !(Task.isCancelled && error is CancellationError) { return .workFailed(name: name, error) }
        }
        return .workEnded
    }
}
