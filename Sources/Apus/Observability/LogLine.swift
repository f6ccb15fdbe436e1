import FoundationEssentials

/// A record as one line of text: time, level, label, message, then `name=value` fields in the order of their names.
enum LogLine {
    static func text(_ record: LogRecord, at time: Date) -> String {
        var line = time.formatted(
            .iso8601.year().month().day().time(includingFractionalSeconds: true).timeZone(separator: .omitted))
        line += " \(record.level.rawValue.uppercased()) [\(escaped(record.label))] \(escaped(record.message))"
        for (name, value) in record.fields.sorted(by: { $0.key < $1.key }) {
            switch value {
            case .integer(let number): line += " \(name)=\(number)"
            case .string(let text): line += " \(name)=\(quoted(text))"
            }
        }
        return line + "\n"
    }

    private static func quoted(_ text: String) -> String {
        let isPlain = !text.isEmpty && text.utf8.allSatisfy { 0x21...0x7E ~= $0 && $0 != UInt8(ascii: "\"") }
        return isPlain ? text : "\"" + escaped(text).replacing("\"", with: "\\\"") + "\""
    }

    /// A line of the log is one line, whatever a peer has sent: control characters become `\u{…}`.
    private static func escaped(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: isControl) else { return text }
        return text.unicodeScalars.reduce(into: "") { line, scalar in
            if isControl(scalar) {
                line += "\\u{\(String(scalar.value, radix: 16))}"
            } else {
                line.unicodeScalars.append(scalar)
            }
        }
    }

    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator: true
        default: false
        }
    }
}
