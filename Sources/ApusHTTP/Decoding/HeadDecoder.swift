/// Reads a request's head, from its request line to the empty line after its fields (RFC 9112 §2.1).
struct HeadDecoder: Sendable {
    private var scanner = LineScanner()
    /// Zero until the request line has come.
    private var fieldStart = 0
    private var section = FieldSection()
    private var controls = ControlFields()

    /// How many octets the head has, once it is complete.
    var length: Int { scanner.lineStart }

    /// Makes ready for the next head.
    @inline(__always)
    mutating func reset() {
        scanner = LineScanner()
        fieldStart = 0
        controls = ControlFields()
    }

    /// How the content behind a head is delimited, which `head` has then become; nil if its end has not come yet.
    ///
    /// The input begins with the head.
    @inline(__always)
    mutating func decode(
        _ input: Span<UInt8>, limits: HTTP.DecoderLimits, into head: inout HTTP.RequestHead?
    ) throws(HTTP.DecodingError) -> HTTP.BodyFraming? {
        var found = head.take() ?? HTTP.RequestHead()
        defer { head = found }
        let isLineNew = fieldStart == 0
        if isLineNew {
            // At the first look only: a line that comes in parts would be searched from its start again with each of them.
            if scanner.isAtLineStart, let path = RequestLine.plainPath(of: input, endingBy: limits.requestLine) {
                fieldStart = path.upperBound &+ RequestLine.plainEndCount &+ 2
                scanner.move(toLineAt: fieldStart)
                found.begin(withPlain: path)
            } else {
                guard let line = try nextRequestLine(in: input, limits) else { return nil }
                try found.begin(with: line, of: input)
            }
        }
        let limits = FieldSection.Limits(limits)
        lines: while try !section.takePlainLines(
            of: input, with: &scanner, from: fieldStart, limits: limits, noting: &controls)
        {
            switch try section.next(in: input, with: &scanner, from: fieldStart, limits: limits) {
            case .line(let line): try controls.note(line, of: input)
            case .end: break lines
            case .incomplete: return nil
            }
        }
        // That of a head which came in parts is read once more: to keep it would cost every connection the room.
        if !isLineNew { try found.begin(with: 0..<fieldStart &- 2, of: input) }
        return try found.complete(input.extracting(0..<length), linesOf: &section, controls)
    }

    @inline(__always)
    private mutating func nextRequestLine(
        in input: Span<UInt8>, _ limits: HTTP.DecoderLimits
    ) throws(HTTP.DecodingError) -> Range<Int>? {
        guard input.count > 0 else { return nil }
        // Whatever does not speak HTTP, such as a TLS client, shows it in its first octet.
        guard Octet.token.contains(input[0]) else { throw .init(.invalidMethod) }
        let limit = limits.requestLine
        let line = try scanner.nextLine(in: input, endingBy: limit, else: .requestLineTooLong(limit: limit))
        fieldStart = scanner.lineStart
        return line
    }
}
