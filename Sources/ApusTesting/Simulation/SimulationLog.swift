import Apus
import Synchronization

/// Keeps the last lines that the servers of a simulation log.
final class SimulationLog: LogDestination {
    private let kept = Mutex<[String]>([])
    private static let maximumLines = 100

    var lines: [String] { kept.withLock(\.self) }

    func write(_ record: LogRecord) {
        let fields = record.fields.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: " ")
        kept.withLock { kept in
            if kept.count == Self.maximumLines { kept.removeFirst() }
            kept.append("\(record.label) \(record.level) \(record.message) \(fields)")
        }
    }
}
