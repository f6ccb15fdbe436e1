/// The first line of a response (RFC 9112 §4).
enum StatusLine {
    /// The lines of the five classes of codes that RFC 9110 knows, by code.
    private static let lines = (100...599).map { line(HTTP.Status(code: $0)) }

    @inline(__always)
    static func encode(_ status: HTTP.Status, into out: inout OctetBuffer) {
        let index = status.code - 100
        out.append(contentsOf: index < lines.count ? lines[index] : line(status))
    }

    /// Without a registered phrase the line ends in a space, as the grammar has it.
    private static func line(_ status: HTTP.Status) -> OctetBuffer {
        OctetBuffer("HTTP/1.1 \(status.code) \(status.reasonPhrase)\r\n".utf8)
    }
}
