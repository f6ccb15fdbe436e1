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
    /// Content-Type and Date among `fields` win over the arguments. Content-Length, Transfer-Encoding and Connection
    /// among them are left out: the server alone says how content is delimited. `version` is that of the request; the status line always says HTTP/1.1 (RFC 9110 §2.5).
    /// `date` is a whole field line with its CRLF, or nothing. No fields are best told by nil.
    package static func encodeHead(
        status: HTTP.Status, contentType: HTTP.ContentType?, fields: HTTP.Fields?, framing: Framing,
        version: HTTP.Version,
        closes: Bool, date: Span<UInt8>, content: Span<UInt8> = Span(), into out: inout [UInt8]
    ) {
        guard let fields else {
            encodeHead(
                status: status, contentType: contentType, framing: framing, version: version, closes: closes,
                date: date,
                content: content, into: &out)
            return
        }
        let date = fields.roles.contains(.date) ? Span() : date
        let contentType = fields.roles.contains(.contentType) ? nil : contentType
        out.append(addingCapacity: beginningLimit(status, contentType, date)) { out in
            encodeBeginning(status, contentType, date, into: &out)
        }
        fields.encodeWithoutFraming(into: &out)
        out.append(addingCapacity: endLimit + content.count) { out in
            encodeEnd(framing, status: status, version: version, closes: closes, into: &out)
            out.append(copying: content)
        }
    }

    /// The same without fields of the handler's, as most responses are: in one piece.
    @inline(__always)
    private static func encodeHead(
        status: HTTP.Status, contentType: HTTP.ContentType?, framing: Framing, version: HTTP.Version, closes: Bool,
        date: Span<UInt8>, content: Span<UInt8>, into out: inout [UInt8]
    ) {
        out.append(addingCapacity: beginningLimit(status, contentType, date) + endLimit + content.count) { out in
            encodeBeginning(status, contentType, date, into: &out)
            encodeEnd(framing, status: status, version: version, closes: closes, into: &out)
            out.append(copying: content)
        }
    }

    /// The most octets that a status line has together with a media type and a date.
    @inline(__always)
    private static func beginningLimit(
        _ status: HTTP.Status, _ contentType: HTTP.ContentType?, _ date: Span<UInt8>
    ) -> Int {
        StatusLine.limit(status) + date.count + fieldLimit + (contentType?.encodedCount ?? 0)
    }

    @inline(__always)
    private static func encodeBeginning(
        _ status: HTTP.Status, _ contentType: HTTP.ContentType?, _ date: Span<UInt8>,
        into out: inout OutputSpan<UInt8>
    ) {
        StatusLine.encode(status, into: &out)
        out.append(copying: date)
        contentType?.encode(into: &out)
    }

    /// The most octets of what `encodeEnd` appends.
    private static let endLimit = 2 * fieldLimit

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
        if closes {
            out.append(literal: "Connection: close\r\n")
        } else if version == .http10 {
            out.append(literal: "Connection: keep-alive\r\n")
        }
        out.appendLineEnd()
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
