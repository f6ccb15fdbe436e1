/// Turns the octets of a connection into requests (RFC 9112): the one place that knows where a message ends.
///
/// Show it everything that has been received and not yet consumed, drop as many octets from the front as a step has
/// consumed, and go on until a step is `.incomplete`; then come again with more octets behind those that are left. It
/// remembers how far it has looked, so a peer that sends one octet at a time costs no more than one that sends all.
package struct RequestDecoder: Sendable {
    package enum Event: Sendable {
        /// More octets are needed.
        case incomplete
        /// A head; if it has content `.body`s and one `.end` follow, else the request is over.
        case head(hasContent: Bool)
        /// A run of the content, as offsets into the input of this step.
        case body(Range<Int>)
        /// The content is over, which may be told without any input; trailers that must not stand there have been
        /// dropped (RFC 9110 §6.5.1).
        case end(trailers: HTTP.Fields?)
    }

    package struct Step: Sendable {
        /// How many octets to drop from the front of the input, whatever the event is.
        package let consumed: Int
        package let event: Event

        init(_ consumed: Int, _ event: Event) {
            self.consumed = consumed
            self.event = event
        }
    }

    private enum Expectation {
        case head
        case content(Int)
        case chunks
    }

    private let limits: HTTP.DecoderLimits
    private var expectation = Expectation.head
    private var headDecoder = HeadDecoder()
    private var chunks = ChunkedDecoder()
    private var hasSkippedEmptyLine = false
    private var hasBegun = false
    private var failure: HTTP.DecodingError?

    package init(limits: HTTP.DecoderLimits) { self.limits = limits }

    /// Whether no octet of a next request has been seen, so that closing loses nothing.
    package var isBetweenMessages: Bool {
        guard case .head = expectation else { return false }
        return !hasBegun && failure == nil
    }

    /// The next event of the input; after an error, every call throws that error.
    ///
    /// - Parameter head: becomes the head that is found. One that it was before lends its memory, if nobody else has it any more.
    package mutating func decode(
        _ input: Span<UInt8>, into head: inout HTTP.RequestHead?
    ) throws(HTTP.DecodingError) -> Step {
        if let failure { throw failure }
        do {
            switch expectation {
            case .head: return try decodeHead(input, into: &head)
            case .content(let remaining): return decodeContent(input, remaining)
            case .chunks: return try decodeChunks(input)
            }
        } catch {
            failure = error
            throw error
        }
    }

    /// Steps over the content that the last head has announced with Content-Length, and over its end, if all of it is here.
    ///
    /// - Returns: how many octets the content has; nil when there is none, or not all of it among the next `available` octets.
    package mutating func passContent(within available: Int) -> Int? {
        guard case .content(let length) = expectation, length > 0, length <= available else { return nil }
        expectation = .head
        return length
    }

    @inline(__always)
    private mutating func decodeHead(
        _ input: Span<UInt8>, into head: inout HTTP.RequestHead?
    ) throws(HTTP.DecodingError) -> Step {
        hasBegun = input.count > 0
        var skipped = 0
        // Old clients send an empty line after the content of the request before (RFC 9112 §2.2).
        if hasBegun, !hasSkippedEmptyLine, input[0] == Octet.carriageReturn {
            guard input.count > 1 else { return Step(0, .incomplete) }
            guard input[1] == Octet.lineFeed else { throw .init(.bareCarriageReturn) }
            hasSkippedEmptyLine = true
            skipped = 2
            hasBegun = input.count > 2
        }
        let found = try headDecoder.decode(input.extracting(skipped..<input.count), limits: limits, into: &head)
        guard let framing = found else { return Step(skipped, .incomplete) }
        let consumed = skipped &+ headDecoder.length
        headDecoder.reset()
        hasSkippedEmptyLine = false
        hasBegun = false
        switch framing {
        case .none: return Step(consumed, .head(hasContent: false))
        case .length(let length): expectation = .content(length)
        case .chunked: expectation = .chunks
        }
        return Step(consumed, .head(hasContent: true))
    }

    private mutating func decodeContent(_ input: Span<UInt8>, _ remaining: Int) -> Step {
        guard remaining > 0 else {
            expectation = .head
            return Step(0, .end(trailers: nil))
        }
        let length = min(remaining, input.count)
        guard length > 0 else { return Step(0, .incomplete) }
        expectation = .content(remaining &- length)
        return Step(length, .body(0..<length))
    }

    private mutating func decodeChunks(_ input: Span<UInt8>) throws(HTTP.DecodingError) -> Step {
        let step = try chunks.decode(input, limits: limits)
        if case .end = step.event {
            expectation = .head
            chunks = ChunkedDecoder()
        }
        return step
    }
}
