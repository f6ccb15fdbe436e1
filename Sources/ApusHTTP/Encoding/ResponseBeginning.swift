/// The beginning of responses that have no fields of their own, as most have none: it is kept from one to the next.
///
/// Status line, Date, Content-Type, and Content-Length up to its number are the same for all of one second with one status and media type.
package struct ResponseBeginning: ~Copyable, Sendable {
    private var octets: [UInt8] = []
    private var status = HTTP.Status.ok
    private var contentType = HTTP.ContentType.Number.other
    private var second = Int.min
    /// The Date field of that second.
    private var date: [UInt8] = []

    package init() {}

    /// Appends the head of such a response, and content that is ready.
    ///
    /// Everything else is as in `ResponseEncoder.encodeHead`.
    ///
    /// - Parameters:
    ///   - status: one that allows content.
    ///   - length: that of the content, or of the content that GET would have had.
    ///   - second: the time, since 1970.
    package mutating func encodeHead(
        status: HTTP.Status, contentType: HTTP.ContentType?, length: Int, version: HTTP.Version, closes: Bool,
        at second: Int, content: Span<UInt8>, into out: inout [UInt8]
    ) {
        let number = HTTP.ContentType.number(of: contentType)
        if second != self.second || status != self.status || number != self.contentType || number == .other {
            begin(status, contentType, second)
        }
        // A span of the array would be one more reference to it.
        octets.withUnsafeBufferPointer { beginning in
            out.append(addingCapacity: beginning.count &+ ResponseEncoder.endLimit &+ content.count) { out in
                out.append(copying: beginning.span)
                out.append(decimal: length)
                ResponseEncoder.encodeHeadEnd(version, closes: closes, into: &out)
                out.append(copying: content)
            }
        }
    }

    @inline(never)
    private mutating func begin(_ status: HTTP.Status, _ contentType: HTTP.ContentType?, _ second: Int) {
        if second != self.second { date = IMFFixdate.dateField(secondsSince1970: second) }
        octets.removeAll(keepingCapacity: true)
        let date = date
        ResponseEncoder.encodeBeginning(status, contentType, date.span, into: &octets)
        octets.append(literal: "Content-Length: ")
        self.status = status
        self.contentType = HTTP.ContentType.number(of: contentType)
        self.second = second
    }
}
