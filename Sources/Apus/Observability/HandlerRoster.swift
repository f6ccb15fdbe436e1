import Synchronization

/// Whose task is whose, so that one that holds a loop can be named.
final class HandlerRoster: Sendable {
    private let connections = Mutex<[UInt: Connection]>([:])

    func enter(_ task: UInt, _ connection: Connection) {
        connections.withLock { $0[task] = connection }
    }

    func leave(_ task: UInt) {
        connections.withLock { $0[task] = nil }
    }

    /// The route that a connection's task is at, or was at last; nil for another's task, and for no route.
    func route(ofTask task: UInt) -> CompiledRoute? {
        connections.withLock { $0[task] }?.lastRoute.withLock { $0 }
    }
}
