/// The first line of a response (RFC 9112 §4).
enum StatusLine {
    /// Without a registered phrase the line ends in a space, as the grammar has it.
    @inline(__always)
    static func encode(_ status: HTTP.Status, into out: inout OctetBuffer) {
        if status.code == HTTP.Status.ok.code {
            out.append(literal: "HTTP/1.1 200 OK\r\n")
        } else {
            encodeOther(status, into: &out)
        }
    }

    private static func encodeOther(_ status: HTTP.Status, into out: inout OctetBuffer) {
        out.append(literal: "HTTP/1.1 ")
        out.append(decimal: status.code)
        out.append(Octet.space)
        out.append(contentsOf: status.reasonPhrase.utf8)
        out.appendLineEnd()
    }
}
