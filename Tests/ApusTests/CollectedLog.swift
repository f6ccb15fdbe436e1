import Apus
import Synchronization

/// Keeps what a server logs.
final class CollectedLog: LogDestination {
    private let collected = Mutex<[LogRecord]>([])

    var records: [LogRecord] { collected.withLock { $0 } }

    /// The records of errors that were answered.
    var problems: [LogRecord] { records.filter { $0.fields["id"] != nil } }

    func write(_ record: LogRecord) {
        collected.withLock { $0.append(record) }
    }

    /// Everything that was logged, as a console would show it and more.
    var text: String {
        records.map { "\($0.level) \($0.label) \($0.message) \($0.fields)" }.joined(separator: "\n")
    }
}

extension Server {
    /// A server of these routes that keeps its log.
    static func logging(
        _ log: CollectedLog = CollectedLog(), @RouteBuilder routes: () -> Routes
    ) -> Server {
        var server = Server("Test", routes: routes)
        server.logger = Logger(label: "test", level: .trace, destination: log)
        server.mode = .production
        return server
    }
}
