import ApusTransport
import Synchronization

/// How many connections each client has, so that no one takes all there are.
///
/// It holds no more clients than there are connections.
final class AddressCount: Sendable {
    private let limit: Int
    private let counts = Mutex<[UInt64: Int32]>([:])

    init(limit: Int) {
        self.limit = limit
    }

    /// Counts a connection of `peer`, which must be followed by `leave(_:)`; false when it has as many as it may.
    func enter(_ peer: SocketAddress) -> Bool {
        guard let network = Self.network(of: peer) else { return true }
        return counts.withLock { counts in
            let count = counts[network, default: 0]
            guard count < limit, count < .max else { return false }
            counts[network] = count + 1
            return true
        }
    }

    func leave(_ peer: SocketAddress) {
        guard let network = Self.network(of: peer) else { return }
        counts.withLock { counts in
            let count = counts[network, default: 0]
            counts[network] = count > 1 ? count - 1 : nil
        }
    }

    /// A client's network as a number, because there may be one for each connection; nil for clients that are not told apart.
    ///
    /// IPv4 addresses have numbers of IPv6's multicast networks, from which no connection comes (RFC 4291 §2.7).
    private static func network(of peer: SocketAddress) -> UInt64? {
        if case .unix = peer { return nil }
        guard let octets = SocketAddress.network(ofHost: peer.host) else { return nil }
        let number = octets.reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        return octets.count == 4 ? 0xFF << 56 | number : number
    }
}
