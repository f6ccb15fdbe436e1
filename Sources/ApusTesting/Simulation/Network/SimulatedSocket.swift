import ApusTransport
import Glibc

/// One end of a connection in a simulated network.
///
/// It behaves as a TCP socket of Linux does: octets that have come can be read even if an end or a reset followed them.
final class SimulatedSocket: Pollable {
    let local: SocketAddress
    let remote: SocketAddress
    let path: NetworkPath
    private unowned let network: SimulatedNetwork
    private(set) weak var peer: SimulatedSocket?

    private enum State {
        case connecting
        case open
        case refused
        case reset
        /// The process has closed it; what is under way may still be delivered.
        case closed
    }

    private var state = State.connecting
    /// What has arrived, from `readCount` on.
    private var received: [UInt8] = []
    private var readCount = 0
    private var hasEndArrived = false
    private var hasSentEnd = false
    private var closesWithReset = false
    /// Octets that were sent and that the peer's process has not read.
    private var outstanding = 0
    /// Of these, the ones that have not reached the peer's system.
    private var underway = 0
    /// A send has found no room: room is then something that happens.
    private var isFull = false
    /// Nothing that is sent arrives before what was sent earlier.
    private var lastArrival: UInt64 = 0

    init(local: SocketAddress, remote: SocketAddress, path: NetworkPath, network: SimulatedNetwork) {
        self.local = local
        self.remote = remote
        self.path = path
        self.network = network
    }

    var isConnecting: Bool { if case .connecting = state { true } else { false } }
    private var isClosed: Bool { if case .closed = state { true } else { false } }
    private var unreadCount: Int { received.count - readCount }
    private var room: Int { path.window - outstanding }

    override var readiness: Poller.Readiness {
        switch state {
        case .connecting, .closed: .nothing
        case .refused, .reset: .failed
        case .open:
            Poller.Readiness(
                readable: unreadCount > 0 || hasEndArrived, writable: room > 0 && !isFull || hasSentEnd,
                ending: hasEndArrived, hungUp: hasEndArrived && hasSentEnd)
        }
    }

    // MARK: Connecting

    /// Both ends are open from now on.
    static func join(_ client: SimulatedSocket, _ server: SimulatedSocket) {
        client.peer = server
        server.peer = client
        server.state = .open
        client.state = .open
        client.happened()
    }

    func refuse() {
        guard case .connecting = state else { return }
        state = .refused
        happened()
    }

    var pendingError: SystemError? {
        if case .refused = state { SystemError("connect", ECONNREFUSED) } else { nil }
    }

    // MARK: Sending

    func send(_ octets: UnsafeRawBufferPointer, by chance: inout Chance) -> Transfer {
        switch state {
        case .connecting: return .wouldBlock
        case .refused, .closed: return .failed(SystemError("send", EPIPE))
        case .reset: return .failed(SystemError("send", ECONNRESET))
        case .open: break
        }
        if hasSentEnd { return .failed(SystemError("send", EPIPE)) }
        guard room > 0 else {
            isFull = true
            return .wouldBlock
        }
        var count = min(octets.count, room)
        if count > 1, chance.happens(path.weather.shortWrites) {
            count = chance.number(in: 1...count)
            network.faults += 1
        }
        if count < octets.count { isFull = true }
        if chance.happens(path.weather.resets) {
            network.faults += 1
            network.after(network.now) { [self] in breakOff() }
        }
        outstanding += count
        underway += count
        dispatch(UnsafeRawBufferPointer(rebasing: octets[..<count]), by: &chance)
        return .count(count)
    }

    /// Lets octets leave in one piece or several.
    private func dispatch(_ octets: UnsafeRawBufferPointer, by chance: inout Chance) {
        var start = 0
        while start < octets.count {
            let most = octets.count - start
            let size = chance.happens(path.weather.fragmentation) ? chance.number(in: 1...most) : most
            if size < most { network.faults += 1 }
            let piece = Array(octets[start..<start + size])
            start += size
            network.after(arrival(of: size, by: &chance)) { [self] in deliver(piece) }
        }
    }

    private func arrival(of count: Int, by chance: inout Chance) -> UInt64 {
        let time = network.now &+ path.delay(of: count, by: &chance)
        lastArrival = max(lastArrival, time)
        return lastArrival
    }

    private func deliver(_ octets: [UInt8]) {
        underway -= octets.count
        if let peer, !peer.isClosed { return peer.arrive(octets) }
        // What comes for a socket that is no more is answered with a reset.
        network.after(network.now &+ path.latency) { [self] in resetArrives() }
    }

    func shutdownSending(by chance: inout Chance) {
        guard case .open = state, !hasSentEnd else { return }
        hasSentEnd = true
        network.after(arrival(of: 0, by: &chance)) { [self] in peer?.endArrives() }
        happened()
    }

    /// What the peer's system has not acknowledged.
    var unacknowledgedCount: Int { underway }

    // MARK: Receiving

    private func arrive(_ octets: [UInt8]) {
        switch state {
        case .open:
            received.append(contentsOf: octets)
            happened()
        case .connecting, .refused, .reset, .closed: break
        }
    }

    private func endArrives() {
        guard case .open = state else { return }
        hasEndArrived = true
        happened()
    }

    /// The connection is gone; what has arrived before can still be read.
    func resetArrives() {
        guard case .open = state else { return }
        state = .reset
        happened()
    }

    func read(into buffer: UnsafeMutableRawBufferPointer) -> Transfer {
        if case .connecting = state { return .wouldBlock }
        let count = min(buffer.count, unreadCount)
        guard count > 0 else {
            switch state {
            case .open where !hasEndArrived: return .wouldBlock
            case .open, .closed: return .count(0)
            default: return .failed(SystemError("recv", ECONNRESET))
            }
        }
        received.withUnsafeBytes { received in
            buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: received[readCount..<readCount + count]))
        }
        readCount += count
        if readCount == received.count {
            received.removeAll(keepingCapacity: true)
            readCount = 0
        }
        if let peer { network.after(network.now &+ path.latency) { peer.makeRoom(count) } }
        return .count(count)
    }

    private func makeRoom(_ count: Int) {
        outstanding -= count
        guard isFull, room > path.window / 3 else { return }
        isFull = false
        if case .open = state { happened() }
    }

    // MARK: End

    func resetOnClose() { closesWithReset = true }

    func close(by chance: inout Chance) {
        deregister()
        let wasOpen = if case .open = state { true } else { false }
        state = .closed
        guard wasOpen, let peer else { return }
        // As Linux does: what nobody will read any more is answered with a reset.
        if closesWithReset || unreadCount > 0 {
            network.after(network.now &+ path.latency) { peer.resetArrives() }
        } else if !hasSentEnd {
            network.after(arrival(of: 0, by: &chance)) { peer.endArrives() }
        }
    }

    /// Breaks the connection on both ends at once, as a device between them may.
    func breakOff() {
        guard case .open = state else { return }
        let peer = peer
        resetArrives()
        peer?.resetArrives()
    }
}
