/// Writes responses in the HTTP/1.1 wire format (RFC 9112).
package enum ResponseEncoder {
    /// How the response's content is delimited (RFC 9112 §6).
    package enum Framing: Hashable, Sendable {
        /// As many octets as the number, which is not negative; for HEAD and 304, as the response to GET would have.
        case length(Int)
        /// Chunks; only for a client of HTTP/1.1, for another it becomes `.untilClose`.
        case chunked
        /// Everything until the connection is closed.
        case untilClose
        /// No content and no Content-Length: 1xx, 204 and the like.
        case none
    }

    /// Appends status line, fields, the empty line after them, and content that is ready.
    ///
    /// `ResponseBeginning` is for responses without fields of their own.
    ///
    /// Content-Type and Date among `fields` win over the arguments. Content-Length, Transfer-Encoding and Connection
    /// among them are left out: the server alone says how content is delimited. `version` is that of the request; the status line always says HTTP/1.1 (RFC 9110 §2.5).
    /// `date` is a whole field line with its CRLF, or nothing. No fields are best told by nil.
    package static func encodeHead(
        status: HTTP.Status, contentType: HTTP.ContentType?, fields: HTTP.Fields?, framing: Framing,
        version: HTTP.Version,
        closes: Bool, date: Span<UInt8>, content: Span<UInt8> = Span(), into out: inout [UInt8]
    ) {
        let date = fields?.roles.contains(.date) ?? false ? Span() : date
        let contentType = fields?.roles.contains(.contentType) ?? false ? nil : contentType
        encodeBeginning(status, contentType, date, into: &out)
        fields?.encodeWithoutFraming(into: &out)
        out.append(addingCapacity: endLimit + content.count) { out in
            encodeEnd(framing, status: status, version: version, closes: closes, into: &out)
            out.append(copying: content)
        }
    }

    /// Appends the lines that are the server's own, but for those at the end.
    static func encodeBeginning(
        _ status: HTTP.Status, _ contentType: HTTP.ContentType?, _ date: Span<UInt8>, into out: inout [UInt8]
    ) {
        let limit = StatusLine.limit(status) + date.count + fieldLimit + (contentType?.encodedCount ?? 0)
        out.append(addingCapacity: limit) { out in
            StatusLine.encode(status, into: &out)
            out.append(copying: date)
            contentType?.encode(into: &out)
        }
    }

    /// The most octets of what `encodeEnd` appends.
    static let endLimit = 2 * fieldLimit

    /// The most octets that a field line of these has, apart from the media type: `Transfer-Encoding: chunked`, or a longest number.
    private static let fieldLimit = 48

    /// Appends the lines that say where the content ends and what becomes of the connection, and the empty line.
    private static func encodeEnd(
        _ framing: Framing, status: HTTP.Status, version: HTTP.Version, closes: Bool, into out: inout OutputSpan<UInt8>
    ) {
        var closes = closes
        switch framing {
        // A Content-Length in a response that has no content by definition is forbidden (RFC 9110 §8.6).
        case .length(let length) where !status.forbidsContent || status == .notModified:
            out.append(literal: "Content-Length: ")
            out.append(decimal: length)
            out.appendLineEnd()
        case .chunked where !status.forbidsContent:
            if version == .http11 {
                out.append(literal: "Transfer-Encoding: chunked\r\n")
            } else {
                closes = true
            }
        case .untilClose: closes = true
        case .length, .chunked, .none: break
        }
        out.append(literal: persistence(version, closes: closes))
        out.append(literal: "\r\n")
    }

    /// The line that says what becomes of the connection, where that does not go without saying (RFC 9112 §9.3).
    @inline(__always)
    private static func persistence(_ version: HTTP.Version, closes: Bool) -> StaticString {
        if closes { return "Connection: close\r\n" }
        return version == .http10 ? "Connection: keep-alive\r\n" : ""
    }

    /// Ends a line, and the head with what becomes of the connection.
    @inline(__always)
    static func encodeHeadEnd(_ version: HTTP.Version, closes: Bool, into out: inout OutputSpan<UInt8>) {
        guard closes || version == .http10 else { return out.append(literal: "\r\n\r\n") }
        out.append(literal: "\r\n")
        out.append(literal: persistence(version, closes: closes))
        out.append(literal: "\r\n")
    }

    /// Appends the interim response that asks for the content (RFC 9110 §15.2.1).
    package static func encodeContinue(into out: inout [UInt8]) {
        out.append(literal: "HTTP/1.1 100 Continue\r\n\r\n")
    }

    /// Appends the first digit of a next chunk's size, whatever chunk that will be (RFC 9112 §7.1: `chunk-size = 1*HEXDIG`).
    package static func encodeLeadingZero(into out: inout [UInt8]) {
        out.append(literal: "0")
    }

    /// Appends one chunk; no octets give no chunk, as an empty one would end the content (RFC 9112 §7.1).
    package static func encodeChunk(_ bytes: Span<UInt8>, into out: inout [UInt8]) {
        guard bytes.count > 0 else { return }
        out.append(hexadecimal: bytes.count)
        out.appendLineEnd()
        out.append(copying: bytes)
        out.appendLineEnd()
    }

    /// Appends the chunk that ends the content; trailers that must not stand there are left out (RFC 9110 §6.5.1).
    package static func encodeLastChunk(trailers: HTTP.Fields?, into out: inout [UInt8]) {
        out.append(Octet.zero)
        out.appendLineEnd()
        if let trailers { trailers.encodeTrailers(into: &out) }
        out.appendLineEnd()
    }
}
