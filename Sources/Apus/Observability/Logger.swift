/// Writes records with a level, a message and structured fields to a destination.
///
/// The shape is that of swift-log, so that a bridge is a `LogDestination` of ten lines.
public struct Logger: Sendable {
    /// How much a record matters, least first.
    public enum Level: String, Sendable, CaseIterable, Comparable {
        case trace, debug, info, notice, warning, error, critical

        /// Orders levels by how much they matter.
        public static func < (first: Level, second: Level) -> Bool { first.rank < second.rank }

        private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
    }

    /// A field's value.
    public enum Value: Sendable, Hashable, ExpressibleByStringLiteral, ExpressibleByIntegerLiteral {
        case string(String)
        case integer(Int)

        /// A text.
        public init(stringLiteral value: String) { self = .string(value) }
        /// A number.
        public init(integerLiteral value: Int) { self = .integer(value) }
    }

    /// Fields by name.
    public typealias Fields = [String: Value]

    /// Who writes, such as the server's name.
    public let label: String

    /// Records below this level are not made.
    public var level: Level

    private let destination: any LogDestination

    /// Makes a logger that writes to `destination`: by default to the console, from `.info` on.
    public init(label: String, level: Level = .info, destination: any LogDestination = ConsoleLog()) {
        self.label = label
        self.level = level
        self.destination = destination
    }

    /// True when a record of this level would be written: to be asked before costly fields are put together.
    public func isEnabled(_ level: Level) -> Bool { level >= self.level }

    /// Writes a record, unless its level is too low.
    ///
    /// Values of fields whose name speaks of a secret (`authorization`, `cookie`, `password`, `token`, `key` …) are replaced.
    public func log(_ level: Level, _ message: String, _ fields: Fields = [:]) {
        guard isEnabled(level) else { return }
        destination.write(LogRecord(level: level, label: label, message: message, fields: fields.withoutSecrets))
    }
}

/// One line of a log, before it is put into words.
public struct LogRecord: Sendable {
    /// How much it matters.
    public let level: Logger.Level
    /// Who wrote it.
    public let label: String
    /// What happened.
    public let message: String
    /// The circumstances; secrets have been replaced.
    public let fields: Logger.Fields
}

/// Where records go: the console, a file, another logging system.
public protocol LogDestination: Sendable {
    /// Writes one record. May be called on several threads at once, and is waited for: it should be quick.
    func write(_ record: LogRecord)
}

extension Logger.Fields {
    private static let secretNames: Set<String> = [
        "authorization", "proxy-authorization", "cookie", "set-cookie", "x-api-key", "password", "passphrase", "secret",
        "token", "access_token", "refresh_token", "id_token", "key", "api_key", "client_secret",
    ]

    fileprivate var withoutSecrets: Logger.Fields {
        guard keys.contains(where: { Self.secretNames.contains($0.lowercased()) }) else { return self }
        var safe = self
        for name in keys where Self.secretNames.contains(name.lowercased()) { safe[name] = "[redacted]" }
        return safe
    }
}
