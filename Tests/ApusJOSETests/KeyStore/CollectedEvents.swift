import Synchronization

@testable import ApusJOSE

/// The events of a store, in their order.
final class CollectedEvents: Sendable {
    private let events = Mutex<[KeyStoreEvent]>([])

    var collect: @Sendable (KeyStoreEvent) -> Void {
        { event in self.events.withLock { $0.append(event) } }
    }

    var collected: [KeyStoreEvent] { events.withLock { $0 } }

    var failures: Int {
        collected.count { event in
            switch event {
            case .reloadFailed, .rotationFailed, .fetchFailed: true
            default: false
            }
        }
    }
}
