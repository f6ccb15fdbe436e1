import Synchronization

extension EventLoop {
    /// Suspends the task for `nanoseconds` by this loop's clock, wherever it runs.
    ///
    /// - Throws: `CancellationError` as soon as the task is cancelled.
    package func sleep(nanoseconds: UInt64) async throws {
        try await Sleeper(on: self).sleep(nanoseconds)
    }
}

/// One sleep on a loop, on which its timer is set.
private actor Sleeper {
    private nonisolated let loop: EventLoop
    private nonisolated let sleep = Mutex(Sleep.ahead)

    nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }

    private enum Sleep {
        case ahead
        case asleep(UnsafeContinuation<Void, any Error>)
        /// It may be over before anybody waits: by a time that has come at once, or a task that was cancelled before.
        case over(Result<Void, any Error>)
    }

    init(on loop: EventLoop) {
        self.loop = loop
    }

    func sleep(_ nanoseconds: UInt64) async throws {
        let timer = LoopTimer { [self] in end(with: .success(())) }
        loop.schedule(timer, in: nanoseconds)
        defer { loop.cancel(timer) }
        try await withTaskCancellationHandler {
            try await withUnsafeThrowingContinuation { continuation in
                let outcome = sleep.withLock { sleep -> Result<Void, any Error>? in
                    if case .over(let outcome) = sleep { return outcome }
                    sleep = .asleep(continuation)
                    return nil
                }
                if let outcome { continuation.resume(with: outcome) }
            }
        } onCancel: {
            end(with: .failure(CancellationError()))
        }
    }

    private nonisolated func end(with result: Result<Void, any Error>) {
        let sleeper = sleep.withLock { sleep -> UnsafeContinuation<Void, any Error>? in
            if case .over = sleep { return nil }
            defer { sleep = .over(result) }
            if case .asleep(let continuation) = sleep { return continuation }
            return nil
        }
        sleeper?.resume(with: result)
    }
}
