import ApusTransport
import Glibc

/// A simulated socket that listens.
final class SimulatedListener: Pollable {
    let address: SocketAddress
    private var waiting: [SimulatedSocket] = []
    private let backlog: Int
    private(set) var isClosed = false

    init(_ address: SocketAddress, backlog: Int) {
        self.address = address
        self.backlog = backlog
    }

    override var readiness: Poller.Readiness { waiting.isEmpty ? .nothing : .readable }

    /// False when nothing more is taken.
    func queue(_ socket: SimulatedSocket) -> Bool {
        guard !isClosed, waiting.count < backlog else { return false }
        waiting.append(socket)
        happened()
        return true
    }

    func next() -> SimulatedSocket? { waiting.isEmpty ? nil : waiting.removeFirst() }

    /// Whoever was not accepted is reset, as Linux does.
    func close(by chance: inout Chance) {
        isClosed = true
        deregister()
        for socket in waiting {
            socket.resetOnClose()
            socket.close(by: &chance)
        }
        waiting = []
    }
}
