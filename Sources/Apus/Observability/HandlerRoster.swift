import Synchronization

/// Whose task is whose, so that one that holds a loop can be named.
final class HandlerRoster: Sendable {
    private let entries = Mutex<[UInt: Entry]>([:])

    /// What a connection's task is at.
    final class Entry: Sendable {
        /// The route that it is at, or was at last; nil before the first, and for none.
        let route = Mutex<CompiledRoute?>(nil)
    }

    func enter(_ task: UInt) -> Entry {
        let entry = Entry()
        entries.withLock { $0[task] = entry }
        return entry
    }

    func leave(_ task: UInt) {
        entries.withLock { $0[task] = nil }
    }

    /// The route that a connection's task is at, or was at last; nil for another's task, and for no route.
    func route(ofTask task: UInt) -> CompiledRoute? {
        entries.withLock { $0[task] }?.route.withLock { $0 }
    }
}
