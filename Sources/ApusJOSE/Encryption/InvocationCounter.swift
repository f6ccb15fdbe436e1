import Synchronization

/// Counts the messages of one key whose nonces are random.
///
/// NIST SP 800-38D §8.3 allows 2^32 of them: beyond, two nonces may well be the same.
final class InvocationCounter: Sendable {
    static let limit: UInt64 = 1 << 32

    private let count: Atomic<UInt64>

    init(startingAt count: UInt64 = 0) {
        self.count = Atomic(count)
    }

    /// Counts one more message, or refuses it.
    func admit() -> Bool {
        count.wrappingAdd(1, ordering: .relaxed).oldValue < Self.limit
    }
}
