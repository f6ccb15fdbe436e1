import ApusTransport

/// Lets a test run on an event loop.
actor Resident {
    nonisolated let loop: EventLoop
    private(set) var noted: [Int] = []

    nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }

    init(_ loop: EventLoop) {
        self.loop = loop
    }

    /// The preference is needed besides the isolation: Swift 6.3.1 runs a closure without `await` on the task's executor.
    func run<Result: Sendable>(_ body: @Sendable () async throws -> Result) async throws -> Result {
        try await withTaskExecutorPreference(loop) { try await body() }
    }

    /// - Returns: whether this runs on the loop's own thread.
    @discardableResult
    func note(_ number: Int) -> Bool {
        noted.append(number)
        return loop.isCurrent
    }
}

/// Runs `body` with event loops that stop when it ends.
@discardableResult
func withLoops<Result>(_ count: Int = 1, _ body: ([EventLoop]) async throws -> Result) async throws -> Result {
    let group = try EventLoopGroup(count: count)
    defer { group.stop() }
    return try await body(group.loops)
}

/// Runs `body` on the thread of an event loop that stops when it ends.
@discardableResult
func onLoop<Result: Sendable>(
    _ body: @Sendable (EventLoop) async throws -> Result
) async throws -> Result {
    try await withLoops { loops in
        let loop = loops[0]
        return try await Resident(loop).run { try await body(loop) }
    }
}
