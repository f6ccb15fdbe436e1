import ApusTransport
import Synchronization

/// How many connections each client has, so that no one takes all there are.
///
/// It holds no more clients than there are connections.
final class AddressCount: Sendable {
    private let limit: Int
    private let counts = Mutex<[[UInt8]: Int]>([:])

    init(limit: Int) {
        self.limit = limit
    }

    /// Counts a connection of `peer`, which must be followed by `leave(_:)`; false when it has as many as it may.
    func enter(_ peer: SocketAddress) -> Bool {
        guard let network = Self.network(of: peer) else { return true }
        return counts.withLock { counts in
            let count = counts[network, default: 0]
            guard count < limit else { return false }
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

    /// Nil for clients that are not told apart.
    private static func network(of peer: SocketAddress) -> [UInt8]? {
        if case .unix = peer { nil } else { SocketAddress.network(ofHost: peer.host) }
    }
}
