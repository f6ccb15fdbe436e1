import ApusHTTP

/// What a connection has received and not yet used: turns octets into heads and content.
///
/// A message that arrives whole is decoded where it lies; only what is left behind it, or of it, is copied.
///
/// A class, so that asking it something copies nothing, and so that a connection that holds nothing does without: see `LoopShare`.
final class ConnectionInput {
    /// One thing that a client sends.
    enum Item {
        /// If its content has a known length, see `takeArrived()`.
        case head(HTTP.RequestHead)
        /// Content; never empty.
        case content([UInt8])
        case end(trailers: HTTP.Fields?)
    }

    private var decoder: RequestDecoder
    private var octets: [UInt8] = []
    private var start = 0
    private var followsContent = false
    private var arrived: [UInt8]?

    init(limits: HTTP.DecoderLimits) {
        decoder = RequestDecoder(limits: limits)
    }

    /// No octet of a next message has come.
    var isBetweenMessages: Bool { !hasOctets && decoder.isBetweenMessages }

    /// It remembers nothing, so that any connection can use it next.
    private(set) var isUnused = true

    /// The first octets of a head have come, and not yet all of it; true once for each head.
    private(set) var hasJustBegunHead = false

    /// Something is here that was not yet used.
    var hasOctets: Bool { start < octets.count }

    /// The next item of what is here; nil when more must come first.
    func next() throws(InputError) -> Item? {
        // The end of content of a known length is told without further octets.
        guard hasOctets || followsContent else { return nil }
        isUnused = false
        let octets = octets
        let rest = octets.span.extracting(start..<octets.count)
        var (consumed, item) = try Self.decode(rest, with: &decoder)
        if case .head(let head)? = item { consumed += takeOver(from: rest, behind: consumed, head) }
        start += consumed
        if start == octets.count {
            self.octets = []
            start = 0
        }
        note(item)
        return item
    }

    /// The next item of what is here, followed by what has just come.
    func next(with received: Span<UInt8>) throws(InputError) -> Item? {
        if hasOctets {
            compact()
            hasJustBegunHead = false
            keep(received)
            return try next()
        }
        isUnused = false
        var (consumed, item) = try Self.decode(received, with: &decoder)
        if case .head(let head)? = item { consumed += takeOver(from: received, behind: consumed, head) }
        hasJustBegunHead = item == nil && consumed < received.count
        if consumed < received.count { keep(received.extracting(consumed..<received.count)) }
        note(item)
        return item
    }

    @inline(__always)
    private func note(_ item: borrowing Item?) {
        switch item {
        case .head(let head)?:
            followsContent = false
            if case .chunked = head.framing { return }
            // What has arrived with the head is taken at once.
            if case .length = head.framing, arrived == nil { return }
            isUnused = !hasOctets
        case .content?: followsContent = true
        case .end?:
            followsContent = false
            isUnused = !hasOctets
        case nil: followsContent = false
        }
    }

    /// Keeps the content behind a head if all of it is there, and returns how many octets that takes.
    @inline(__always)
    private func takeOver(from input: Span<UInt8>, behind consumed: Int, _ head: borrowing HTTP.RequestHead) -> Int {
        guard case .length = head.framing else { return 0 }
        return takeOver(from: input.extracting(consumed..<input.count))
    }

    @inline(never)
    private func takeOver(from rest: Span<UInt8>) -> Int {
        guard let length = decoder.passContent(within: rest.count) else { return 0 }
        arrived = rest.extracting(0..<length).withUnsafeBufferPointer { Array($0) }
        return length
    }

    /// Each has afterwards what the other had, but for content that arrived: that is taken from where its head was read.
    ///
    /// Value by value, because `swap` would need two members at once, and each use of them a check at run time that nobody else does.
    func exchangeContents(with other: ConnectionInput) {
        (decoder, other.decoder) = (other.decoder, decoder)
        (octets, other.octets) = (other.octets, octets)
        (start, other.start) = (other.start, start)
        (followsContent, other.followsContent) = (other.followsContent, followsContent)
        (isUnused, other.isUnused) = (other.isUnused, isUnused)
        (hasJustBegunHead, other.hasJustBegunHead) = (other.hasJustBegunHead, hasJustBegunHead)
    }

    /// The content of the head that was just given, if all of it has come along; neither `content` nor `end` follow then.
    func takeArrived() -> [UInt8]? {
        arrived.take()
    }

    private func compact() {
        guard start > 0 else { return }
        change { [start] in $0.removeSubrange(..<start) }
        start = 0
    }

    private func keep(_ received: Span<UInt8>) {
        received.withUnsafeBufferPointer { received in change { $0.append(contentsOf: received) } }
    }

    /// Lets `body` have the octets, which are taken out meanwhile: see `Channel.changeWire(_:)`.
    @inline(__always)
    private func change(_ body: (inout [UInt8]) -> Void) {
        var taken: [UInt8] = []
        swap(&taken, &octets)
        body(&taken)
        swap(&taken, &octets)
    }

    /// Steps over what is no item, such as the framing of chunks.
    @inline(__always)
    private static func decode(
        _ input: Span<UInt8>, with decoder: inout RequestDecoder
    ) throws(InputError) -> (consumed: Int, item: Item?) {
        var consumed = 0
        do throws(HTTP.DecodingError) {
            while true {
                let rest = input.extracting(consumed..<input.count)
                let step = try decoder.decode(rest)
                consumed += step.consumed
                switch step.event {
                case .head(let head):
                    return (consumed, .head(head))
                case .body(let range):
                    return (consumed, .content(rest.extracting(range).withUnsafeBufferPointer { Array($0) }))
                case .end(let trailers):
                    return (consumed, .end(trailers: trailers))
                case .incomplete:
                    return (consumed, nil)
                }
            }
        } catch {
            throw .malformed(error)
        }
    }
}

/// Why no further item comes from a connection.
enum InputError: Error {
    case malformed(HTTP.DecodingError)
    case deadline
    /// The peer has ended, or the connection was closed here.
    case ended
}
