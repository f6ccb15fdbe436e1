import ApusTransport
import FoundationEssentials

/// Appends records to a file, a line each, in the form of `ConsoleLog`.
///
/// The file is made when it is missing, for its owner and group alone. One that was renamed or removed, as tools that rotate logs do,
/// is made anew within a second. While the disk takes nothing lines are lost; then a line says how many.
public struct FileLog: LogDestination {
    private let file: AppendedFile

    /// Opens the file.
    ///
    /// - Throws: an error that names the path and what the system said.
    public init(path: String) throws {
        try self.init(path: path, checkInterval: .seconds(1))
    }

    init(path: String, checkInterval: Duration) throws {
        do throws(SystemError) {
            file = try AppendedFile(path, checkInterval: checkInterval.nanoseconds)
        } catch {
            throw StartError("Cannot open the log file '\(path)': \(error)")
        }
    }

    /// Appends one line, in one system call.
    public func write(_ record: LogRecord) {
        file.append(LogLine.text(record, at: Date.now)) { lost in
            let fields: Logger.Fields = ["lines": .integer(lost)]
            let notice = LogRecord(
                level: .warning, label: record.label, message: "Lines of this log were lost", fields: fields)
            return LogLine.text(notice, at: Date.now)
        }
    }
}
