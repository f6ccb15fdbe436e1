import Foundation
import Testing

@testable import Apus

@Suite struct LoggerTests {
    @Test func `records below the level are not made`() {
        let log = CollectedLog()
        let logger = Logger(label: "x", level: .warning, destination: log)
        for level in Logger.Level.allCases { logger.log(level, "\(level)") }
        #expect(log.records.map(\.level) == [.warning, .error, .critical])
        #expect(Logger.Level.allCases.filter(logger.isEnabled) == [.warning, .error, .critical])
    }

    @Test func `levels have the order of how much they matter`() {
        #expect(Logger.Level.allCases == [.trace, .debug, .info, .notice, .warning, .error, .critical])
        #expect(Logger.Level.allCases.sorted() == Logger.Level.allCases && Logger.Level.trace < .critical)
    }

    @Test(arguments: ["Authorization", "cookie", "Set-Cookie", "x-api-key", "PASSWORD", "token", "secret", "key"])
    func `fields that speak of a secret are replaced`(name: String) {
        let log = CollectedLog()
        Logger(label: "x", destination: log).log(.info, "message", [name: "hunter2", "harmless": "shown", "count": 3])
        let fields = log.records.first?.fields
        #expect(fields?[name] != "hunter2" && fields?[name] != nil)
        #expect(fields?["harmless"] == "shown" && fields?["count"] == 3)
    }

    private static func line(_ message: String, _ fields: Logger.Fields = [:]) -> String {
        let record = LogRecord(level: .error, label: "Birds", message: message, fields: fields)
        return LogLine.text(record, at: Date(timeIntervalSince1970: 1_700_000_000.25))
    }

    @Test func `a console line has time, level, label, message and fields by name`() {
        let line = Self.line("Lost", ["b": 2, "a": "x y", "c": "plain", "d": #"say "hi""#, "e": ""])
        let time = "2023-11-14T22:13:20.250Z"
        #expect(line == "\(time) ERROR [Birds] Lost a=\"x y\" b=2 c=plain d=\"say \\\"hi\\\"\" e=\"\"\n")
    }

    /// CWE-117: what a peer sends must not begin a line of its own, nor move the cursor.
    @Test(arguments: ["\n", "\r", "\u{1B}[2J", "\u{0}", "\u{85}", "\u{2028}", "\u{202E}", "\u{7F}", "\t"])
    func `a line of the log is one line`(control: String) {
        for line in [Self.line("a\(control)b"), Self.line("m", ["f": .string("a\(control)b")])] {
            #expect(line.hasSuffix("\n"))
            let inside = line.unicodeScalars.dropLast()
            let unseen = control.unicodeScalars.filter { !(0x20...0x7E ~= $0.value) }
            #expect(!unseen.isEmpty && !inside.contains { unseen.contains($0) })
        }
    }
}
