import Apus
import Synchronization

/// Keeps what the sample logs.
final class CollectedLog: LogDestination {
    private let collected = Mutex("")

    var text: String { collected.withLock { $0 } }

    func write(_ record: LogRecord) {
        collected.withLock { $0 += "\(record.level) \(record.message) \(record.fields)\n" }
    }
}
