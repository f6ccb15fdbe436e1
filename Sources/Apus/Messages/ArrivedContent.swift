import Synchronization

/// Content that has come along with its head: handed out once, as content is for which a handler waits.
final class ArrivedContent: Sendable {
    private let octets: Mutex<[UInt8]?>

    /// - Parameter octets: all of a request's content, at least one octet.
    init(_ octets: [UInt8]) {
        self.octets = Mutex(octets)
    }

    /// All of it; nil for whoever comes second.
    func take() -> [UInt8]? {
        octets.withLock { octets in octets.take() }
    }
}
