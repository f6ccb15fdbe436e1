/// Reads a response's head, from its status line to the empty line after its fields (RFC 9112 §2.1).
struct ResponseHeadDecoder: Sendable {
    struct Head {
        let status: HTTP.Status
        let fields: HTTP.Fields
        /// Nil when the end of the connection ends the content.
        let framing: HTTP.BodyFraming?
    }

    private var scanner = LineScanner()
    private var statusLine: StatusLine?
    private var fieldStart = 0
    private var section = FieldSection()
    private var controls = ControlFields()

    /// How many octets the head has, once it is complete.
    var length: Int { scanner.lineStart }

    private struct StatusLine {
        let version: HTTP.Version
        let status: HTTP.Status
    }

    /// The head; `nil` if its end has not come yet.
    ///
    /// The input begins with the head.
    mutating func decode(
        _ input: Span<UInt8>, limits: HTTP.DecoderLimits
    ) throws(ResponseDecodingError) -> Head? {
        do throws(HTTP.DecodingError) {
            if statusLine == nil {
                let limit = limits.requestLine
                guard
                    let line = try scanner.nextLine(in: input, endingBy: limit, else: .requestLineTooLong(limit: limit))
                else { return nil }
                fieldStart = scanner.lineStart
                statusLine = Self.statusLine(input.extracting(line))
                if statusLine == nil { throw .init(.malformedVersion) }
            }
            guard let statusLine else { return nil }
            let limits = FieldSection.Limits(limits)
            lines: while true {
                switch try section.next(in: input, with: &scanner, from: fieldStart, limits: limits) {
                case .line(let line): try controls.note(line, of: input)
                case .end: break lines
                case .incomplete: return nil
                }
            }
            let octets = OctetBuffer(copying: input.extracting(0..<length))
            return Head(
                status: statusLine.status,
                fields: HTTP.Fields(octets: octets, lines: section.takeLines(), roles: controls.roles),
                framing: try controls.framingOfResponse(statusLine.version))
        } catch {
            throw statusLine == nil ? .malformedStatusLine : .malformed(error)
        }
    }

    /// `HTTP/1.1 200 OK`; a reason that is left out with the space before it is taken as well (RFC 9112 §4).
    private static func statusLine(_ line: Span<UInt8>) -> StatusLine? {
        guard line.count >= 12, line.count == 12 || line[12] == Octet.space, line[8] == Octet.space else { return nil }
        let version: HTTP.Version
        switch Octet.packed(line.extracting(0..<8)) {
        case 0x4854_5450_2F31_2E31: version = .http11
        case 0x4854_5450_2F31_2E30: version = .http10
        default: return nil
        }
        var code = 0
        for index in 9..<12 {
            guard Octet.isDigit(line[index]) else { return nil }
            code = code * 10 + Int(line[index] &- Octet.zero)
        }
        // RFC 9110 §15: there are no other classes.
        guard 100...599 ~= code else { return nil }
        return StatusLine(version: version, status: HTTP.Status(code: code))
    }
}

/// Why a response cannot be used.
package enum ResponseDecodingError: Error, Equatable, CustomStringConvertible {
    case malformedStatusLine
    case malformed(HTTP.DecodingError)
    case contentTooLarge(limit: Int)
    case endedEarly

    package var description: String {
        switch self {
        case .malformedStatusLine: "Expected a status line of HTTP/1 (RFC 9112 §4), found something else"
        case .malformed(let error): "The response is malformed: \(error)"
        case .contentTooLarge(let limit): "The content has more than \(limit) octets"
        case .endedEarly: "The connection ended before the response did"
        }
    }
}
