/// What the Transfer-Encoding lines of a request say (RFC 9112 §6.1, §7).
struct TransferCodings: Sendable {
    private var isChunked = false
    private var hasOthers = false
    private(set) var isEmpty = true

    /// Takes one line's value.
    ///
    /// Elements that are empty, and anything after `chunked`, are faults here even where a list could be read more
    /// kindly: readings that differ are how requests are smuggled (RFC 9112 §11.2).
    mutating func append(_ value: Range<Int>, of octets: Span<UInt8>) throws(HTTP.DecodingError) {
        isEmpty = false
        var elements = ListCursor(value)
        while let element = elements.next(in: octets) {
            let nameEnd = Octet.tokenEnd(in: octets, element)
            let name = element.lowerBound..<nameEnd
            let parameters = Octet.trimmed(nameEnd..<element.upperBound, of: octets)
            guard !name.isEmpty, parameters.isEmpty || octets[parameters.lowerBound] == Octet.semicolon else {
                throw .init(.malformedTransferEncoding)
            }
            if Octet.equals(octets, name, ignoringCase: "chunked") {
                guard !isChunked, parameters.isEmpty else { throw .init(.malformedTransferEncoding) }
                isChunked = true
            } else {
                guard !isChunked else { throw .init(.chunkedNotLast) }
                hasOthers = true
            }
        }
    }

    /// Throws unless the lines say `chunked` and nothing else.
    func check() throws(HTTP.DecodingError) {
        guard isChunked else { throw .init(.chunkedNotLast) }
        guard !hasOthers else { throw .init(.unsupportedTransferCoding) }
    }
}
