import ApusHTTP
import Testing

/// Everything that a decoder says about some input, in a form that can be compared.
struct Transcript: Equatable {
    struct Message: Equatable {
        var method: String
        var target: String
        var version: HTTP.Version
        var fields: HTTP.Fields
        var framing: HTTP.BodyFraming
        var content: [UInt8] = []
        var trailers: HTTP.Fields?
        var isComplete: Bool

        var text: String { String(decoding: content, as: UTF8.self) }
    }

    var messages: [Message] = []
    var failure: HTTP.DecodingError?
    /// Octets that the decoder has not consumed.
    var rest: [UInt8] = []
    var isBetweenMessages = true

    /// Shows a new decoder the pieces one after the other, as a connection would.
    init(feeding pieces: [[UInt8]], limits: HTTP.DecoderLimits = HTTP.DecoderLimits()) {
        var decoder = RequestDecoder(limits: limits)
        var head: HTTP.RequestHead?
        for piece in pieces {
            rest += piece
            do {
                while try step(&decoder, &head) {}
            } catch {
                failure = error
                break
            }
        }
        isBetweenMessages = decoder.isBetweenMessages
    }

    init(_ text: String, limits: HTTP.DecoderLimits = HTTP.DecoderLimits()) {
        self.init(feeding: [Array(text.utf8)], limits: limits)
    }

    private mutating func step(
        _ decoder: inout RequestDecoder, _ head: inout HTTP.RequestHead?
    ) throws(HTTP.DecodingError) -> Bool {
        let step = try decoder.decode(rest.span, into: &head)
        defer { rest.removeFirst(step.consumed) }
        switch step.event {
        case .incomplete: return false
        case .head(let hasContent):
            guard let head, hasContent == (head.control.framing != .none) else {
                Issue.record("a head is where it was asked for, and says whether content follows")
                return false
            }
            messages.append(
                Message(
                    method: head.method.token, target: head.target, version: head.version, fields: head.fields,
                    framing: head.control.framing, isComplete: head.control.framing == .none))
        case .body(let range): messages[messages.count - 1].content += rest[range]
        case .end(let trailers):
            messages[messages.count - 1].trailers = trailers
            messages[messages.count - 1].isComplete = true
        }
        return true
    }
}

extension RequestDecoder {
    /// For who does not want to see a head.
    mutating func decode(_ input: Span<UInt8>) throws(HTTP.DecodingError) -> Step {
        var head: HTTP.RequestHead?
        return try decode(input, into: &head)
    }
}

/// The head of a request that is alone in the input.
func head(of text: String) throws -> HTTP.RequestHead? {
    var decoder = RequestDecoder(limits: HTTP.DecoderLimits())
    let octets = Array(text.utf8)
    var head: HTTP.RequestHead?
    guard case .head = try decoder.decode(octets.span, into: &head).event else { return nil }
    return head
}
