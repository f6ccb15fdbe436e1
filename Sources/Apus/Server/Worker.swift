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
    private let shared: LoopShare
    /// In an order that is the same in each run of a simulation: the last takes the place of one that ends.
    private var connections: [Connection] = []
    private var isShuttingDown = false
    private var graceTimer: LoopTimer?

    nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }

    init(loop: EventLoop, service: ConnectionService) {
        self.loop = loop
        self.service = service
        shared = LoopShare(loop: loop, service: service)
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
                let connection = Connection(arrival, on: loop, service: service, shared: shared)
                put(connection, at: connections.count)
                if isShuttingDown { await connection.finish() }
                tasks.addTask(executorPreference: loop) {
                    await connection.run()
                    await self.ended(connection)
                }
            }
        }
        if let graceTimer { loop.cancel(graceTimer) }
    }

    private func put(_ connection: Connection, at place: Int) {
        if place == connections.count { connections.append(connection) } else { connections[place] = connection }
        connection.assumeIsolated { $0.place = UInt32(place) }
    }

    private func ended(_ connection: Connection) {
        let last = connections.removeLast()
        if last !== connection { put(last, at: connection.assumeIsolated { Int($0.place) }) }
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
        for connection in connections { await connection.finish() }
    }

    private func cutOff() {
        for connection in connections { connection.assumeIsolated { $0.cutOff() } }
    }
}
