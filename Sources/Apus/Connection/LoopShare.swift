import ApusHTTP
import ApusTransport

/// What the connections of one event loop share, so that none of them has it all its life.
///
/// `@unchecked Sendable`: belongs to the loop's thread, on which its connections are.
final class LoopShare: @unchecked Sendable {
    private let loop: EventLoop
    private var second = -1
    /// The Date field of a response that is written now (RFC 9110 §6.6.1), with its line end; made anew once a second.
    private var dateField: [UInt8] = []
    /// Unchecked, because each response would pay for it: while a head is written nobody is called.
    @exclusivity(unchecked) private var beginning = ResponseBeginning()
    /// Holds nothing between two uses: messages that come whole leave nothing behind, so that all connections are read with the same one.
    let input: ConnectionInput
    private var spareInput: ConnectionInput?
    /// One that is over: the next is made in its memory.
    private var spareRequest: Request?
    /// Its head, for the same purpose.
    private var spareHead: HTTP.RequestHead?
    private let limits: HTTP.DecoderLimits
    private let published: Published<RouteTable>
    private var reader: Published<RouteTable>.Reader
    /// Nil only while somebody uses it.
    private var ownTable: RouteTable?

    init(loop: EventLoop, service: ConnectionService) {
        self.loop = loop
        limits = service.decoderLimits
        input = ConnectionInput(limits: limits)
        published = service.responder.router.published
        reader = published.reader()
        ownTable = reader.value.copy()
    }

    /// Lends the routes as they are now, in a table that is the loop's own.
    ///
    /// It is taken out meanwhile, so that nobody counts a reference to it.
    @inline(__always)
    func withTable<Result>(_ body: (RouteTable) -> Result) -> Result {
        let table = takeTable()
        defer { ownTable = table }
        return body(table)
    }

    @inline(__always)
    private func takeTable() -> RouteTable {
        if published.isLatest(reader), let table = ownTable.take() { return table }
        reader = published.reader()
        return reader.value.copy()
    }

    /// Appends a response without fields of its own: see `ResponseBeginning`.
    @inline(__always)
    func encodeHead(
        status: HTTP.Status, contentType: HTTP.ContentType?, length: Int, version: HTTP.Version, closes: Bool,
        content: Span<UInt8>, into out: inout [UInt8]
    ) {
        beginning.encodeHead(
            status: status, contentType: contentType, length: length, version: version, closes: closes,
            at: loop.secondsSince1970, content: content, into: &out)
    }

    /// Appends any response: see `ResponseEncoder`.
    @inline(never)
    func encodeHead(
        status: HTTP.Status, contentType: HTTP.ContentType?, fields: HTTP.Fields?,
        framing: ResponseEncoder.Framing, version: HTTP.Version, closes: Bool, content: Span<UInt8>,
        into out: inout [UInt8]
    ) {
        let now = loop.secondsSince1970
        if now != second {
            second = now
            dateField = IMFFixdate.dateField(secondsSince1970: now)
        }
        let date = dateField
        ResponseEncoder.encodeHead(
            status: status, contentType: contentType, fields: fields, framing: framing, version: version,
            closes: closes, date: date.span, content: content, into: &out)
    }

    /// The memory for the next request; nil when there is none.
    @inline(__always)
    func takeRequest() -> Request? { spareRequest.take() }

    /// Takes back a request that is over; one that somebody has kept stays as it is.
    ///
    /// - Parameter connection: becomes what is known of the connection that the request came from.
    @inline(__always)
    func giveBack(_ request: consuming Request, _ connection: inout ConnectionContext?) {
        guard let head = request.forget(&connection) else { return }
        spareRequest = request
        spareHead = head
    }

    /// The memory for the next head; nil when there is none.
    @inline(__always)
    func takeHead() -> HTTP.RequestHead? { spareHead.take() }

    /// Takes back memory for a head that was not used.
    func giveBack(_ head: consuming HTTP.RequestHead?) { spareHead = head }

    /// What the last use of `input` has left, for a connection to have for itself; nil when that is nothing.
    @inline(__always)
    func takeRest() -> ConnectionInput? {
        input.isUnused ? nil : moveRest()
    }

    @inline(never)
    private func moveRest() -> ConnectionInput {
        let kept = spareInput ?? ConnectionInput(limits: limits)
        spareInput = nil
        kept.exchangeContents(with: input)
        return kept
    }

    /// Takes back an input that holds nothing any more.
    func giveBack(_ input: ConnectionInput) {
        spareInput = input
    }
}
