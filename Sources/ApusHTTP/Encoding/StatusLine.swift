/// The first line of a response (RFC 9112 §4).
enum StatusLine {
    /// The most octets that the line of `status` has.
    @inline(__always)
    static func limit(_ status: HTTP.Status) -> Int {
        status.code == HTTP.Status.ok.code ? 17 : 9 + Octet.longestNumber + 3 + status.reasonPhrase.utf8.count
    }

    /// Without a registered phrase the line ends in a space, as the grammar has it.
    @inline(__always)
    static func encode(_ status: HTTP.Status, into out: inout OutputSpan<UInt8>) {
        if status.code == HTTP.Status.ok.code {
            out.append(literal: "HTTP/1.1 200 OK\r\n")
        } else {
            encodeOther(status, into: &out)
        }
    }

    private static func encodeOther(_ status: HTTP.Status, into out: inout OutputSpan<UInt8>) {
        out.append(literal: "HTTP/1.1 ")
        out.append(decimal: status.code)
        out.append(Octet.space)
        out.append(copying: status.reasonPhrase.utf8.span)
        out.appendLineEnd()
    }
}
