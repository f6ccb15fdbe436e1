import ApusCrypto
import ApusTransport

/// Accepts the connections of one listener, and gives each to the loop that has the fewest.
actor Acceptor {
    nonisolated let loop: EventLoop
    private let listener: Listener
    private let certificates: EndpointCertificates?
    private let workers: [Worker]
    private let service: ConnectionService
    /// By the loop's clock.
    private var lastReport: UInt64?

    nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }

    init(
        _ listener: Listener, certificates: EndpointCertificates?, on loop: EventLoop, workers: [Worker],
        service: ConnectionService
    ) {
        self.listener = listener
        self.certificates = certificates
        self.loop = loop
        self.workers = workers
        self.service = service
    }

    /// Runs until `close()`.
    func run() async throws {
        try listener.activate(on: loop)
        var inARow = 0
        while let accepted = await listener.accept(starved: { report($0.description) }) {
            if service.addresses.enter(accepted.peer) {
                guard await isPlaceTaken() else { return discard(accepted) }
                adopt(accepted)
            } else {
                report("A client has as many connections as the limits allow to one address", accepted.peer)
                accepted.reset()
            }
            inARow += 1
            if inARow.isMultiple(of: Self.turn) { await Task.yield() }
        }
    }

    /// Connections that are accepted before the loop's other work has its turn, however many are waiting.
    private static let turn = 64

    private func adopt(_ accepted: Listener.Accepted) {
        leastBusy().adopt(Arrival(socket: accepted, tls: certificates?.published.current))
    }

    private func discard(_ accepted: Listener.Accepted) {
        service.addresses.leave(accepted.peer)
        accepted.discard()
    }

    /// Enough for the second half of most handshakes.
    private static let handshakeTime: UInt64 = 500_000_000

    /// Stops listening; who was connected already in the kernel's queue is served, because closing would reset it.
    func close() async {
        if listener.sharesPort {
            listener.yieldPort()
            // Handshakes that have begun with this listener end with it: accepting goes on meanwhile.
            try? await loop.sleep(nanoseconds: Self.handshakeTime)
        }
        // No more than the queue can hold, or clients that connect fast enough would keep the server from ending.
        for _ in 0..<Listener.backlog {
            guard let accepted = listener.acceptWaiting() else { break }
            guard service.addresses.enter(accepted.peer) else {
                accepted.reset()
                continue
            }
            if service.places.enterNow() { adopt(accepted) } else { discard(accepted) }
        }
        service.places.close()
        listener.close()
    }

    private func leastBusy() -> Worker {
        var best = workers[0]
        for worker in workers.dropFirst() where worker.connectionCount < best.connectionCount { best = worker }
        return best
    }

    /// The connection that has come last waits, unread, while there are too many; those behind it wait in the kernel.
    private func isPlaceTaken() async -> Bool {
        if service.places.enterNow() { return true }
        report("The server has as many connections as its limits allow")
        return (try? await service.places.enter()) != nil
    }

    private static let reportInterval: UInt64 = 1_000_000_000

    /// Says once a second at most that connections have to wait.
    private func report(_ cause: String, _ peer: SocketAddress? = nil) {
        let now = loop.now
        if let lastReport, now - lastReport < Self.reportInterval { return }
        lastReport = now
        var fields: Logger.Fields = ["cause": .string(cause)]
        if let peer { fields["peer"] = .string(peer.host) }
        service.logger.log(.warning, "Cannot accept connections for now", fields)
    }
}

/// A connection on its way from the loop that accepted it to the one that will serve it.
struct Arrival: Sendable {
    let socket: Listener.Accepted
    let tls: TLSContext?
}
