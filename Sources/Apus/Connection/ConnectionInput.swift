import ApusHTTP

/// What a connection has received and not yet used: turns octets into heads and content.
///
/// A message that arrives whole is decoded where it lies; only what is left behind it, or of it, is copied.
///
/// A class, so that asking it something copies nothing, and so that a connection that holds nothing does without: see `LoopShare`.
final class ConnectionInput {
    /// One thing that a client sends.
    enum Item {
        /// A head, which is where the caller has asked for it; if its content has a known length, see `takeArrived()`.
        case head
        /// Content; never empty.
        case content([UInt8])
        case end(trailers: HTTP.Fields?)
    }

    /// Unchecked, because each request would pay for it: only `find` is at work with it, and calls nobody who knows this input.
    @exclusivity(unchecked) private var decoder: RequestDecoder
    /// Unchecked for the same reason.
    @exclusivity(unchecked) private var unused = UnusedOctets()
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
    var hasOctets: Bool { !unused.isEmpty }

    /// The next item of what is here; nil when more must come first.
    ///
    /// - Parameter head: see `RequestDecoder.decode(_:into:)`.
    func next(into head: inout HTTP.RequestHead?) throws(InputError) -> Item? {
        // The end of content of a known length is told without further octets.
        guard hasOctets || followsContent else { return nil }
        isUnused = false
        var item: Item?
        let found = try unused.withOctets { octets throws(InputError) in
            try find(&item, &head, in: octets, with: &decoder)
        }
        unused.drop(found.consumed)
        note(found)
        return item
    }

    /// The next item of what is here, followed by what has just come.
    func next(with received: Span<UInt8>, into head: inout HTTP.RequestHead?) throws(InputError) -> Item? {
        if hasOctets {
            hasJustBegunHead = false
            unused.append(received)
            return try next(into: &head)
        }
        isUnused = false
        var item: Item?
        let found = try find(&item, &head, in: received, with: &decoder)
        hasJustBegunHead = !found.isItem && found.consumed < received.count
        if found.consumed < received.count {
            unused.append(received.extracting(found.consumed..<received.count))
        }
        note(found)
        return item
    }

    /// What there is to know about an item, or about octets without one.
    private struct Finding {
        var consumed = 0
        var isItem = true
        var isContent = false
        /// Of the message that the item belongs to there is more to come; what has arrived with its head is taken at once.
        var isAmidMessage = false
    }

    /// Finds the first item of some octets, and keeps the content behind a head if all of it is there.
    @inline(__always)
    private func find(
        _ item: inout Item?, _ head: inout HTTP.RequestHead?, in input: Span<UInt8>, with decoder: inout RequestDecoder
    ) throws(InputError) -> Finding {
        let step: RequestDecoder.Step
        do throws(HTTP.DecodingError) {
            step = try decoder.decode(input, into: &head)
        } catch {
            throw .malformed(error)
        }
        var found = Finding(consumed: step.consumed)
        switch step.event {
        case .head(let hasContent):
            if hasContent {
                let taken = takeOver(from: input.extracting(step.consumed..<input.count), with: &decoder)
                found.consumed += taken
                found.isAmidMessage = taken == 0
            }
            item = .head
        case .body(let range):
            item = .content(input.extracting(range).withUnsafeBufferPointer { Array($0) })
            found.isContent = true
            found.isAmidMessage = true
        case .end(let trailers):
            item = .end(trailers: trailers)
        case .incomplete:
            found.isItem = false
        }
        return found
    }

    @inline(__always)
    private func note(_ found: Finding) {
        followsContent = found.isContent
        if found.isItem, !found.isAmidMessage { isUnused = !hasOctets }
    }

    @inline(never)
    private func takeOver(from rest: Span<UInt8>, with decoder: inout RequestDecoder) -> Int {
        guard let length = decoder.passContent(within: rest.count) else { return 0 }
        arrived = rest.extracting(0..<length).withUnsafeBufferPointer { Array($0) }
        return length
    }

    /// Each has afterwards what the other had, but for content that arrived: that is taken from where its head was read.
    ///
    /// Most of it value by value, because `swap` would need two members at once, and each use of them a check at run time that nobody
    /// else does.
    func exchangeContents(with other: ConnectionInput) {
        swap(&decoder, &other.decoder)
        swap(&unused, &other.unused)
        (followsContent, other.followsContent) = (other.followsContent, followsContent)
        (isUnused, other.isUnused) = (other.isUnused, isUnused)
        (hasJustBegunHead, other.hasJustBegunHead) = (other.hasJustBegunHead, hasJustBegunHead)
    }

    /// The content of the head that was just given, if all of it has come along; neither `content` nor `end` follow then.
    func takeArrived() -> [UInt8]? {
        arrived.take()
    }
}

/// Why no further item comes from a connection.
enum InputError: Error {
    case malformed(HTTP.DecodingError)
    case deadline
    /// The peer has ended, or the connection was closed here.
    case ended
}
