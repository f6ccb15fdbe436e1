import ApusCrypto
import ApusTransport

/// Accepts the connections of one listener, and gives each to the loop that has the fewest.
actor Acceptor {
    nonisolated let loop: EventLoop
    private let listener: Listener
    private let tls: TLSContext?
    private let workers: [Worker]
    private let places: WaitingLine
    private let logger: Logger
    private var lastReport: ContinuousClock.Instant?

    nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }

    init(
        _ listener: Listener, tls: TLSContext?, on loop: EventLoop, workers: [Worker], places: WaitingLine,
        logger: Logger
    ) {
        self.listener = listener
        self.tls = tls
        self.loop = loop
        self.workers = workers
        self.places = places
        self.logger = logger
    }

    /// Runs until `close()`.
    func run() async throws {
        try listener.activate(on: loop)
        var inARow = 0
        while let accepted = await listener.accept(starved: { report($0.description) }) {
            guard await isPlaceTaken() else { return accepted.discard() }
            leastBusy().adopt(Arrival(socket: accepted, tls: tls))
            inARow += 1
            if inARow.isMultiple(of: Self.turn) { await Task.yield() }
        }
    }

    /// Connections that are accepted before the loop's other work has its turn, however many are waiting.
    private static let turn = 64

    func close() {
        places.close()
        listener.close()
    }

    private func leastBusy() -> Worker {
        var best = workers[0]
        for worker in workers.dropFirst() where worker.connectionCount < best.connectionCount { best = worker }
        return best
    }

    /// The connection that has come last waits, unread, while there are too many; those behind it wait in the kernel.
    private func isPlaceTaken() async -> Bool {
        if places.enterNow() { return true }
        report("The server has as many connections as its limits allow")
        return (try? await places.enter()) != nil
    }

    /// Says once a second at most that connections have to wait.
    private func report(_ cause: String) {
        let now = ContinuousClock.now
        if let lastReport, lastReport.duration(to: now) < .seconds(1) { return }
        lastReport = now
        logger.log(.warning, "Cannot accept connections for now", ["cause": .string(cause)])
    }
}

/// A connection on its way from the loop that accepted it to the one that will serve it.
struct Arrival: Sendable {
    let socket: Listener.Accepted
    let tls: TLSContext?
}
