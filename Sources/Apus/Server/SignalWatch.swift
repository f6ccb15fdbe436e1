import ApusTransport

/// Waits for SIGTERM and SIGINT on an event loop.
actor SignalWatch {
    private nonisolated let loop: EventLoop
    private let signals: Signals

    nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }

    /// Takes the signals over at once; they are given back at the end of this actor.
    init(on loop: EventLoop) throws(SystemError) {
        self.loop = loop
        signals = try Signals()
    }

    /// Suspends until a signal comes or the task is cancelled.
    func wait() async throws {
        try signals.activate(on: loop)
        await withTaskCancellationHandler {
            await signals.next()
        } onCancel: {
            signals.cancel()
        }
        signals.deactivate()
    }
}
