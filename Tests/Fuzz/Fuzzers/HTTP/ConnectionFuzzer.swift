@testable import Apus
@testable import ApusHTTP

extension Fuzzer {
    /// What a connection makes of its octets, in pieces of any size: the requests that the decoder reads, and nothing else.
    static let connection = Fuzzer(name: "connection") { (octets) throws(Violation) in
        let expected = try Transcript(feeding: [octets], limits: HTTP.DecoderLimits())
        for pieces in [[octets]] + InputSplitting.splits(of: octets) {
            var reading = ConnectionReading()
            for piece in pieces where reading.failure == nil && !piece.isEmpty { try reading.receive(piece) }
            try require(reading.failure == expected.failure, "The fault is the decoder's: \(reading)")
            try require(
                reading.messages == expected.messages.map(ConnectionReading.Message.init),
                "The requests are the decoder's: \(reading), \(expected)")
            guard reading.failure == nil else { continue }
            let isBetween = expected.rest.isEmpty && expected.isBetweenMessages
            try require(reading.input.isBetweenMessages == isBetween, "A connection is idle between messages alone")
        }
    }
}

/// What comes out of a connection's input.
private struct ConnectionReading {
    struct Message: Equatable {
        let method: String
        let target: String
        var content: [UInt8] = []
        var trailers: HTTP.Fields?
        var isComplete: Bool

        init(_ head: HTTP.RequestHead) {
            method = head.method.token
            target = head.target
            isComplete = head.control.framing == .none
        }

        init(_ message: Transcript.Message) {
            self.init(message.head)
            content = message.content
            trailers = message.trailers
            isComplete = message.isComplete
        }
    }

    let input = ConnectionInput(limits: HTTP.DecoderLimits())
    private(set) var messages: [Message] = []
    private(set) var failure: HTTP.DecodingError?
    private var head: HTTP.RequestHead?

    mutating func receive(_ piece: [UInt8]) throws(Violation) {
        do {
            var item = try input.next(with: piece.span, into: &head)
            while let found = item {
                try note(found)
                item = try input.next(into: &head)
            }
        } catch InputError.malformed(let fault) {
            failure = fault
        } catch let violation as Violation {
            throw violation
        } catch {
            throw Violation("Only a malformed request ends the input")
        }
    }

    private mutating func note(_ item: ConnectionInput.Item) throws(Violation) {
        if case .head = item {
            guard let head else { throw Violation("A head is where it was asked for") }
            messages.append(Message(head))
            if let arrived = input.takeArrived() {
                try note(.content(arrived))
                try note(.end(trailers: nil))
            }
            return
        }
        try require(messages.last?.isComplete == false, "Content and an end belong to a message")
        switch item {
        case .head: break
        case .content(let octets):
            try require(!octets.isEmpty, "Content is not empty")
            messages[messages.count - 1].content += octets
        case .end(let trailers):
            messages[messages.count - 1].trailers = trailers
            messages[messages.count - 1].isComplete = true
        }
    }
}
