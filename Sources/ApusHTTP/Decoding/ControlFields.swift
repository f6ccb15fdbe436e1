/// The fields that decide how a request is read and whether its connection stays: collected line by line, then judged.
struct ControlFields: Sendable {
    private(set) var roles = FieldRole.Set()
    private var contentLength: Int?
    private var codings = TransferCodings()
    private var wishes = Wishes()

    /// What the client asks for, together in one octet: every head is made of this.
    private struct Wishes: OptionSet {
        let rawValue: UInt8
        static let close = Wishes(rawValue: 1)
        static let stay = Wishes(rawValue: 2)
        static let `continue` = Wishes(rawValue: 4)
        static let otherExpectation = Wishes(rawValue: 8)
    }

    @inline(__always)
    mutating func note(_ line: FieldLine, of octets: Span<UInt8>) throws(HTTP.DecodingError) {
        let role = FieldRole(octets, line.name.range)
        guard role != .none else { return }
        try note(role, line, of: octets)
    }

    private mutating func note(
        _ role: FieldRole, _ line: FieldLine, of octets: Span<UInt8>
    ) throws(HTTP.DecodingError) {
        let isFirst = !roles.contains(role)
        roles.insert(role)
        let value = line.value.range
        switch role {
        case .host:
            guard isFirst else { throw .init(.repeatedHost) }
            guard value.isEmpty || Authority.isValid(value, of: octets) else { throw .init(.invalidHost) }
        case .contentLength:
            guard isFirst else { throw .init(.repeatedContentLength) }
            guard line.isPlainlySpaced(in: octets) else { throw .init(.whitespaceAroundFraming) }
            contentLength = try Self.length(value, of: octets)
        case .transferEncoding:
            guard line.isPlainlySpaced(in: octets) else { throw .init(.whitespaceAroundFraming) }
            try codings.append(value, of: octets)
        case .connection:
            var options = ListCursor(value)
            while let option = options.next(in: octets) {
                if Octet.equals(octets, option, ignoringCase: "close") { wishes.insert(.close) }
                if Octet.equals(octets, option, ignoringCase: "keep-alive") { wishes.insert(.stay) }
            }
        case .expect:
            var expectations = ListCursor(value)
            while let expectation = expectations.next(in: octets) {
                guard !expectation.isEmpty else { continue }
                let isContinue = Octet.equals(octets, expectation, ignoringCase: "100-continue")
                wishes.insert(isContinue ? .continue : .otherExpectation)
            }
        case .none, .contentType, .date: break
        }
    }

    private static func length(_ value: Range<Int>, of octets: Span<UInt8>) throws(HTTP.DecodingError) -> Int {
        if let length = Octet.number(octets.extracting(value)) { return length }
        guard !value.isEmpty else { throw .init(.invalidContentLength) }
        var length = 0
        for index in value {
            let octet = octets[index]
            let (product, overflow) = length.multipliedReportingOverflow(by: 10)
            let (sum, carry) = product.addingReportingOverflow(Int(octet &- Octet.zero))
            guard Octet.isDigit(octet), !overflow, !carry else { throw .init(.invalidContentLength) }
            length = sum
        }
        return length
    }

    /// How the content is delimited (RFC 9112 §6.3).
    @inline(__always)
    func framing(_ version: HTTP.Version) throws(HTTP.DecodingError) -> HTTP.BodyFraming {
        guard roles.contains(.host) || version == .http10 else { throw .init(.missingHost) }
        guard roles.contains(.contentLength) || roles.contains(.transferEncoding) else { return .none }
        return try framingOfResponse(version) ?? .none
    }

    /// How the content of a response is delimited (RFC 9112 §6.3); nil when the end of the connection ends it.
    func framingOfResponse(_ version: HTTP.Version) throws(HTTP.DecodingError) -> HTTP.BodyFraming? {
        if !codings.isEmpty {
            guard version != .http10 else { throw .init(.transferEncodingInHTTP10) }
            guard contentLength == nil else { throw .init(.contentLengthWithTransferEncoding) }
            try codings.check()
            return .chunked
        }
        guard let contentLength else { return nil }
        return contentLength > 0 ? .length(contentLength) : HTTP.BodyFraming.none
    }

    /// Whether the client waits for 100 before it sends content; HTTP/1.0 has no such thing (RFC 9110 §10.1.1).
    @inline(__always)
    func expectsContinue(_ version: HTTP.Version) throws(HTTP.DecodingError) -> Bool {
        guard version != .http10 else { return false }
        guard !wishes.contains(.otherExpectation) else { throw .init(.unsupportedExpectation) }
        return wishes.contains(.continue)
    }

    /// Whether the connection persists after the exchange (RFC 9112 §9.3).
    @inline(__always)
    func keepsAlive(_ version: HTTP.Version) -> Bool {
        !wishes.contains(.close) && (version == .http11 || wishes.contains(.stay))
    }
}
