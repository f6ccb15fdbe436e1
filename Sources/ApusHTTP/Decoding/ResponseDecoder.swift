/// Reads one response to a GET or POST, for a client that gets one document per connection (RFC 9112).
///
/// It is as strict as the decoder of requests, and keeps no more than the limits allow.
package struct ResponseDecoder: Sendable {
    private enum Expectation {
        case head
        case content(Int)
        case chunks
        case contentUntilEnd
        case nothing
    }

    private let limits = HTTP.DecoderLimits()
    private let maximumContent: Int
    private var expectation = Expectation.head
    private var input: [UInt8] = []
    private var head = ResponseHeadDecoder()
    private var chunks = ChunkedDecoder()

    package private(set) var status = HTTP.Status.ok
    package private(set) var fields = HTTP.Fields()
    package private(set) var content: [UInt8] = []

    /// - Parameter maximumContent: how many octets of content are taken; one more is an error.
    package init(maximumContent: Int) {
        self.maximumContent = maximumContent
    }

    /// Takes what has come.
    ///
    /// - Returns: whether the response is complete; nothing that comes after it is read.
    package mutating func receive(_ octets: Span<UInt8>) throws(ResponseDecodingError) -> Bool {
        octets.withUnsafeBufferPointer { input.append(contentsOf: $0) }
        let received = input
        var consumed = 0
        var isIncomplete = false
        while !isIncomplete {
            if case .nothing = expectation { return true }
            let rest = received.span.extracting(consumed..<received.count)
            let count: Int
            (count, isIncomplete) = try advance(rest)
            consumed += count
        }
        input.removeFirst(consumed)
        return false
    }

    /// Notes that nothing more will come.
    ///
    /// - Throws: `ResponseDecodingError.endedEarly` when something is missing.
    package mutating func receiveEnd() throws(ResponseDecodingError) {
        switch expectation {
        case .nothing: break
        case .contentUntilEnd: expectation = .nothing
        case .head, .content, .chunks: throw .endedEarly
        }
    }

    private mutating func advance(
        _ input: Span<UInt8>
    ) throws(ResponseDecodingError) -> (consumed: Int, isIncomplete: Bool) {
        switch expectation {
        case .head:
            guard let decoded = try head.decode(input, limits: limits) else { return (0, true) }
            let length = head.length
            head = ResponseHeadDecoder()
            // Interim responses come before the final one (RFC 9110 §15.2).
            if decoded.status.code >= 200 { try begin(decoded) }
            return (length, false)
        case .content(let remaining):
            let count = min(remaining, input.count)
            try take(input.extracting(0..<count))
            expectation = count < remaining ? .content(remaining - count) : .nothing
            return (count, count < remaining)
        case .chunks:
            return try advanceChunks(input)
        case .contentUntilEnd:
            try take(input)
            return (input.count, true)
        case .nothing:
            return (0, true)
        }
    }

    private mutating func begin(_ head: ResponseHeadDecoder.Head) throws(ResponseDecodingError) {
        status = head.status
        fields = head.fields
        // RFC 9112 §6.3: these have no content, whatever their fields say.
        if status.forbidsContent {
            expectation = .nothing
            return
        }
        switch head.framing {
        case .some(.none): expectation = .nothing
        case .length(let length):
            guard length <= maximumContent else { throw .contentTooLarge(limit: maximumContent) }
            expectation = .content(length)
        case .chunked: expectation = .chunks
        case nil: expectation = .contentUntilEnd
        }
    }

    private mutating func advanceChunks(
        _ input: Span<UInt8>
    ) throws(ResponseDecodingError) -> (consumed: Int, isIncomplete: Bool) {
        let step: RequestDecoder.Step
        do {
            step = try chunks.decode(input, limits: limits)
        } catch {
            throw .malformed(error)
        }
        switch step.event {
        case .body(let range):
            try take(input.extracting(range))
            return (step.consumed, false)
        case .end:
            expectation = .nothing
            return (step.consumed, false)
        case .incomplete, .head:
            return (step.consumed, true)
        }
    }

    private mutating func take(_ octets: Span<UInt8>) throws(ResponseDecodingError) {
        guard content.count + octets.count <= maximumContent else { throw .contentTooLarge(limit: maximumContent) }
        octets.withUnsafeBufferPointer { content.append(contentsOf: $0) }
    }
}
