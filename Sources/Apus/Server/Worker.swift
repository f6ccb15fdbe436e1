import ApusCrypto
import ApusTransport
import Synchronization

/// Serves the connections of one event loop: the parent of their tasks.
actor Worker {
    nonisolated let loop: EventLoop
    private nonisolated let load = Atomic<Int>(0)
    private nonisolated let arrivals: AsyncStream<Arrival>.Continuation
    private let inbox: AsyncStream<Arrival>
    private nonisolated let service: ConnectionService
    private let date: DateField
    /// By their number, which tells in which order they came.
    private var connections: [Int: Connection] = [:]
    private var lastNumber = 0
    private var isShuttingDown = false
    private var graceTimer: LoopTimer?

    nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }

    init(loop: EventLoop, service: ConnectionService) {
        self.loop = loop
        self.service = service
        date = DateField(loop: loop)
        (inbox, arrivals) = AsyncStream.makeStream(of: Arrival.self)
    }

    /// Connections here or on their way; new ones go where it is least.
    nonisolated var connectionCount: Int { load.load(ordering: .relaxed) }

    /// Takes over a connection and its place, from any thread.
    nonisolated func adopt(_ arrival: Arrival) {
        load.add(1, ordering: .relaxed)
        if case .enqueued = arrivals.yield(arrival) { return }
        release(arrival.socket.peer)
        arrival.socket.discard()
    }

    /// Runs until `shutDown(grace:)` was called and the last connection is closed.
    func run() async {
        await withDiscardingTaskGroup { tasks in
            for await arrival in inbox {
                let connection = Connection(arrival, on: loop, service: service, date: date)
                lastNumber += 1
                let number = lastNumber
                connections[number] = connection
                if isShuttingDown { await connection.finish() }
                tasks.addTask(executorPreference: loop) {
                    await connection.run()
                    await self.ended(connection, number)
                }
            }
        }
        if let graceTimer { loop.cancel(graceTimer) }
    }

    private func ended(_ connection: Connection, _ number: Int) {
        connections[number] = nil
        release(connection.peer)
    }

    private nonisolated func release(_ peer: SocketAddress) {
        load.subtract(1, ordering: .relaxed)
        service.addresses.leave(peer)
        service.places.leave()
    }

    /// Has idle connections close, lets those with a request finish it, and cuts off what is left after `grace`.
    func shutDown(grace: Duration) async {
        guard !isShuttingDown else { return }
        isShuttingDown = true
        // Before anything that may end `run()`, which cancels it.
        let timer = LoopTimer { [unowned self] in assumeIsolated { $0.cutOff() } }
        graceTimer = timer
        loop.schedule(timer, in: grace.nanoseconds)
        arrivals.finish()
        for connection in inOrder { await connection.finish() }
    }

    private func cutOff() {
        for connection in inOrder { connection.assumeIsolated { $0.cutOff() } }
    }

    /// A dictionary's own order differs from one process to the next.
    private var inOrder: [Connection] { connections.keys.sorted().compactMap { connections[$0] } }
}
