/// Reads content in the chunked transfer coding, and the trailers after it (RFC 9112 §7.1).
struct ChunkedDecoder: Sendable {
    private enum Expectation {
        case header
        case content(Int)
        case contentEnd
        case trailers
    }

    private var expectation = Expectation.header
    private var scanner = LineScanner()
    private var section = FieldSection()
    private var extensionLength = 0

    /// The next event; at most one chunk is read in one call.
    mutating func decode(
        _ input: Span<UInt8>, limits: HTTP.DecoderLimits
    ) throws(HTTP.DecodingError) -> RequestDecoder.Step {
        var consumed = 0
        while true {
            let rest = input.extracting(consumed..<input.count)
            switch expectation {
            case .header:
                guard let header = try decodeHeader(rest, limits) else { return .init(consumed, .incomplete) }
                consumed &+= scanner.lineStart
                scanner = LineScanner()
                expectation = header.size > 0 ? .content(header.size) : .trailers
            case .content(let remaining):
                let length = min(remaining, rest.count)
                guard length > 0 else { return .init(consumed, .incomplete) }
                expectation = length < remaining ? .content(remaining &- length) : .contentEnd
                return .init(consumed &+ length, .body(consumed..<consumed &+ length))
            case .contentEnd:
                guard rest.count > 0 else { return .init(consumed, .incomplete) }
                guard rest[0] == Octet.carriageReturn else { throw .init(.missingChunkEnd) }
                guard rest.count > 1 else { return .init(consumed, .incomplete) }
                guard rest[1] == Octet.lineFeed else { throw .init(.missingChunkEnd) }
                consumed &+= 2
                expectation = .header
            case .trailers:
                guard try decodeTrailers(rest, limits) else { return .init(consumed, .incomplete) }
                let trailers = Trailers.allowed(section.takeLines(), of: rest.extracting(0..<scanner.lineStart))
                return .init(consumed &+ scanner.lineStart, .end(trailers: trailers))
            }
        }
    }

    private mutating func decodeHeader(
        _ input: Span<UInt8>, _ limits: HTTP.DecoderLimits
    ) throws(HTTP.DecodingError) -> ChunkHeader? {
        if input.count > 0, Octet.hexadecimalValue(input[0]) == nil { throw .init(.invalidChunkSize) }
        let tooLong = HTTP.DecodingError.Reason.chunkExtensionsTooLong(limit: limits.chunkExtensionBytes)
        let end = ChunkHeader.digitLimit &+ limits.chunkExtensionBytes &- extensionLength
        guard let line = try scanner.nextLine(in: input, endingBy: end, else: tooLong) else { return nil }
        let header = try ChunkHeader(parsing: line, of: input)
        extensionLength &+= header.extensionLength
        guard extensionLength <= limits.chunkExtensionBytes else { throw .init(tooLong) }
        return header
    }

    private mutating func decodeTrailers(
        _ input: Span<UInt8>, _ limits: HTTP.DecoderLimits
    ) throws(HTTP.DecodingError) -> Bool {
        let limits = FieldSection.Limits(ofTrailers: limits)
        while true {
            switch try section.next(in: input, with: &scanner, from: 0, limits: limits) {
            case .line: break
            case .end: return true
            case .incomplete: return false
            }
        }
    }
}
