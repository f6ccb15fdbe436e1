import ApusTransport

/// Does on an event loop what signals ask of a server.
actor SignalWatch {
    private nonisolated let loop: EventLoop
    private let server: RunningServer
    private let manager: ServiceManager
    private let signals: Signals

    nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }

    /// Takes the signals over at once; they are given back at the end of this actor.
    ///
    /// SIGHUP goes on ending a server that has nothing to reload, as it does when somebody closes its terminal.
    init(on loop: EventLoop, of server: RunningServer, manager: ServiceManager) throws(SystemError) {
        self.loop = loop
        self.server = server
        self.manager = manager
        signals = try Signals(withHangUp: server.hasSomethingToReload)
    }

    /// Has the server reload at each SIGHUP, and end at SIGTERM or SIGINT; returns then, or when the task is cancelled.
    func run() async throws {
        try signals.activate(on: loop)
        await withTaskCancellationHandler {
            while await signals.next() == .hangUp {
                manager.reloading()
                await server.reload()
                manager.ready()
            }
        } onCancel: {
            signals.cancel()
        }
        signals.deactivate()
        server.shutdown()
    }
}
