import ApusTransport
import Glibc

/// Who listens where, and everything that is under way.
final class SimulatedNetwork {
    /// Nanoseconds since the world began, and somewhat more, as no clock of a machine begins at zero.
    private(set) var now: UInt64 = 1_000_000_000
    var weather = Weather()
    /// What the weather has done to connections.
    var faults = 0
    private var events = EventQueue()
    private var listeners: [SocketAddress: SimulatedListener] = [:]
    private var lastPort = 40_000
    private var lastHost = 0

    // MARK: Time

    func after(_ time: UInt64, _ action: @escaping () -> Void) {
        events.add(at: time, action)
    }

    var nextEvent: UInt64? { events.nextTime }

    /// Lets time pass, and what comes with it happen.
    func advance(to time: UInt64) {
        now = max(now, time)
        while let action = events.takeDue(at: now) { action() }
    }

    // MARK: Connections

    func listen(at address: SocketAddress, backlog: Int) throws(SystemError) -> SimulatedListener {
        var address = address
        switch address {
        case .ipv4(let host, port: 0): address = .ipv4(host: host, port: nextPort())
        case .ipv6(let host, port: 0): address = .ipv6(host: host, port: nextPort())
        case .ipv4, .ipv6: break
        case .unix: throw SystemError("socket", EAFNOSUPPORT)
        }
        guard listeners[address]?.isClosed ?? true else { throw SystemError("bind", EADDRINUSE) }
        let listener = SimulatedListener(address, backlog: backlog)
        listeners[address] = listener
        return listener
    }

    /// A socket whose connection begins; it comes about or is refused a while later.
    func connect(to address: SocketAddress, by chance: inout Chance) -> SimulatedSocket {
        let path = NetworkPath(in: weather, by: &chance)
        // Hosts of a documentation network (RFC 5737), one for each client: limits per address are met on purpose only.
        lastHost += 1
        let host = "198.51.\(100 + lastHost / 250 % 100).\(1 + lastHost % 250)"
        let local = SocketAddress.ipv4(host: host, port: nextPort())
        let client = SimulatedSocket(local: local, remote: address, path: path, network: self)
        let isRefused = chance.happens(weather.refusals)
        if isRefused { faults += 1 }
        after(now &+ 2 &* path.latency) { [self] in
            guard !isRefused, client.isConnecting, let listener = listeners[address] else { return client.refuse() }
            let server = SimulatedSocket(local: address, remote: local, path: path, network: self)
            SimulatedSocket.join(client, server)
            if !listener.queue(server) { client.resetArrives() }
        }
        return client
    }

    private func nextPort() -> Int {
        lastPort = lastPort == 60_999 ? 40_001 : lastPort + 1
        return lastPort
    }
}
