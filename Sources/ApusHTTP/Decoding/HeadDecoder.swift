/// Reads a request's head, from its request line to the empty line after its fields (RFC 9112 §2.1).
struct HeadDecoder: Sendable {
    private var scanner = LineScanner()
    private var requestLine: RequestLine?
    private var fieldStart = 0
    private var section = FieldSection()

    /// How many octets the head has, once it is complete.
    var length: Int { scanner.lineStart }

    /// The head; `nil` if its end has not come yet.
    ///
    /// The input begins with the head.
    mutating func decode(
        _ input: Span<UInt8>, limits: HTTP.DecoderLimits
    ) throws(HTTP.DecodingError) -> HTTP.RequestHead? {
        if let requestLine { return try decodeFields(input, behind: requestLine, limits) }
        guard let line = try decodeRequestLine(input, limits) else { return nil }
        return try decodeFields(input, behind: line, limits)
    }

    private mutating func decodeFields(
        _ input: Span<UInt8>, behind line: RequestLine, _ limits: HTTP.DecoderLimits
    ) throws(HTTP.DecodingError) -> HTTP.RequestHead? {
        let limits = FieldSection.Limits(
            octets: limits.fieldSectionBytes, tooLarge: .fieldSectionTooLarge(limit: limits.fieldSectionBytes),
            count: limits.fieldCount, tooMany: .tooManyFields(limit: limits.fieldCount))
        guard try section.decode(input, with: &scanner, from: fieldStart, limits: limits) else {
            // Kept only here: the head that arrives whole, which is the usual one, has no need of it.
            requestLine = line
            return nil
        }

        var controls = ControlFields()
        let lines = section.takeLines()
        for line in lines { try controls.note(line, of: input) }
        let octets = OctetBuffer(copying: input.extracting(0..<length))
        return try HTTP.RequestHead(
            octets: octets, method: line.method, parts: line.target, version: line.version,
            fields: HTTP.Fields(octets: octets, lines: lines, roles: controls.roles), controls: controls)
    }

    private mutating func decodeRequestLine(
        _ input: Span<UInt8>, _ limits: HTTP.DecoderLimits
    ) throws(HTTP.DecodingError) -> RequestLine? {
        guard input.count > 0 else { return nil }
        // Whatever does not speak HTTP, such as a TLS client, shows it in its first octet.
        guard Octet.token.contains(input[0]) else { throw .init(.invalidMethod) }
        let limit = limits.requestLine
        guard let line = try scanner.nextLine(in: input, endingBy: limit, else: .requestLineTooLong(limit: limit))
        else { return nil }
        fieldStart = scanner.lineStart
        return try RequestLine(parsing: line, of: input)
    }
}
