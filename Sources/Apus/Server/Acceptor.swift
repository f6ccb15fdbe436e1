import ApusCrypto
import ApusTransport

/// Accepts the connections of one listener, and gives each to the loop that has the fewest.
actor Acceptor {
    nonisolated let loop: EventLoop
    private let listener: Listener
    private let tls: TLSContext?
    private let workers: [Worker]
    private let logger: Logger
    private var lastStarvation: ContinuousClock.Instant?

    nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }

    init(_ listener: Listener, tls: TLSContext?, on loop: EventLoop, workers: [Worker], logger: Logger) {
        self.listener = listener
        self.tls = tls
        self.loop = loop
        self.workers = workers
        self.logger = logger
    }

    /// Runs until `close()`.
    func run() async throws {
        try listener.activate(on: loop)
        var inARow = 0
        while let accepted = await listener.accept(starved: reportStarvation) {
            leastBusy().adopt(Arrival(socket: accepted, tls: tls))
            inARow += 1
            if inARow.isMultiple(of: Self.turn) { await Task.yield() }
        }
    }

    /// Connections that are accepted before the loop's other work has its turn, however many are waiting.
    private static let turn = 64

    func close() {
        listener.close()
    }

    private func leastBusy() -> Worker {
        var best = workers[0]
        for worker in workers.dropFirst() where worker.connectionCount < best.connectionCount { best = worker }
        return best
    }

    /// Says once a second at most that connections have to wait.
    private func reportStarvation(_ error: SystemError) {
        let now = ContinuousClock.now
        if let lastStarvation, lastStarvation.duration(to: now) < .seconds(1) { return }
        lastStarvation = now
        logger.log(.warning, "Cannot accept connections for now", ["cause": .string(error.description)])
    }
}

/// A connection on its way from the loop that accepted it to the one that will serve it.
struct Arrival: Sendable {
    let socket: Listener.Accepted
    let tls: TLSContext?
}
