import ApusTransport
import FoundationEssentials

/// Writes records to standard error, a line each: time, level, label, message, then `name=value` fields in the order of their names.
public struct ConsoleLog: LogDestination {
    /// Makes a destination; all of them write to the same console.
    public init() {}

    /// Writes one line, in one system call.
    public func write(_ record: LogRecord) {
        Console.writeError(LogLine.text(record, at: Date.now))
    }
}
