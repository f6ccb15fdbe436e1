@testable import ApusHTTP

/// Everything that a decoder says about some input, in a form that can be compared.
struct Transcript: Equatable {
    struct Message: Equatable {
        let head: HTTP.RequestHead
        /// The octets of the input that were the head.
        let octets: [UInt8]
        var content: [UInt8] = []
        var trailers: HTTP.Fields?
        var isComplete: Bool

        static func == (first: Self, second: Self) -> Bool {
            first.isSameRequest(as: second) && first.octets == second.octets
        }

        /// Whether both mean the same, whatever they were read from.
        func isSameRequest(as other: Message) -> Bool {
            head.method == other.head.method && head.target == other.head.target
                && head.version == other.head.version && head.fields == other.head.fields
                && head.control.framing == other.head.control.framing
                && head.control.keepsAlive == other.head.control.keepsAlive
                && head.control.expectsContinue == other.head.control.expectsContinue
                && content == other.content && trailers == other.trailers && isComplete == other.isComplete
        }
    }

    private(set) var messages: [Message] = []
    private(set) var failure: HTTP.DecodingError?
    /// Octets that the decoder has not consumed.
    private(set) var rest: [UInt8] = []
    private(set) var isBetweenMessages = true

    /// Shows a new decoder the pieces one after the other, as a connection would.
    init(feeding pieces: [[UInt8]], limits: HTTP.DecoderLimits) throws(Violation) {
        var decoder = RequestDecoder(limits: limits)
        var head: HTTP.RequestHead?
        for piece in pieces {
            rest += piece
            do {
                while try step(&decoder, &head) {}
            } catch let error as HTTP.DecodingError {
                failure = error
                rest = []
                let more = [UInt8]("GET / HTTP/1.0\r\n\r\n".utf8)
                let again = Result { try decoder.decode(more.span, into: &head) }
                guard case .failure(let second as HTTP.DecodingError) = again, second == error else {
                    throw Violation("After an error every call throws that error")
                }
                break
            } catch let violation as Violation {
                throw violation
            } catch {
                throw Violation("Only decoding errors are thrown")
            }
        }
        isBetweenMessages = decoder.isBetweenMessages
    }

    private mutating func step(
        _ decoder: inout RequestDecoder, _ head: inout HTTP.RequestHead?
    ) throws -> Bool {
        let step = try decoder.decode(rest.span, into: &head)
        try require((0...rest.count).contains(step.consumed), "A step consumes what there is")
        let consumed = Array(rest[..<step.consumed])
        rest.removeFirst(step.consumed)
        switch step.event {
        case .incomplete:
            return false
        case .head(let hasContent):
            guard let head else { throw Violation("A head is where it was asked for") }
            try require(hasContent == (head.control.framing != .none), "A head says whether content follows")
            // The empty line before a head is consumed with it or by itself, as it comes.
            let octets = consumed.starts(with: [0x0D, 0x0A]) ? Array(consumed.dropFirst(2)) : consumed
            messages.append(Message(head: head, octets: octets, isComplete: head.control.framing == .none))
        case .body(let range):
            try require(!range.isEmpty && range.upperBound <= consumed.count, "Content lies in what is consumed")
            try require(messages.last?.isComplete == false, "Content belongs to a message")
            messages[messages.count - 1].content += consumed[range]
        case .end(let trailers):
            try require(messages.last?.isComplete == false, "A message ends once")
            messages[messages.count - 1].trailers = trailers
            messages[messages.count - 1].isComplete = true
        }
        return true
    }
}
