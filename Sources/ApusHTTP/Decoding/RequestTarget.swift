/// A request's target, taken apart into offsets (RFC 9112 §3.2).
struct RequestTarget: Sendable {
    enum Form: Sendable { case origin, absolute, authority, asterisk }

    let form: Form
    let extent: Extent
    /// Empty for the forms that have no path.
    let path: Extent
    let query: Extent?
    /// Only in the forms that carry one.
    let authority: Extent?
    /// The path has no octet that could make it mean another: see `Octet.plainPath`.
    let isPathPlain: Bool

    /// No target.
    init() {
        (form, extent, path, query, authority) = (.origin, Extent(0..<0), Extent(0..<0), nil, nil)
        isPathPlain = false
    }

    /// A path that begins with a slash and has plain octets only, without a query.
    @inline(__always)
    init(plainPath range: Range<Int>) {
        extent = Extent(range)
        path = extent
        (form, query, authority) = (.origin, nil, nil)
        isPathPlain = true
    }

    init(
        _ range: Range<Int>, of octets: Span<UInt8>, isForConnect: Bool, isForOptions: Bool
    ) throws(HTTP.DecodingError) {
        extent = Extent(range)
        let pathStart: Int
        if isForConnect {
            try Self.checkCharacters(range, of: octets)
            guard Authority.isValid(range, of: octets, requiresPort: true) else { throw .init(.invalidAuthority) }
            (form, authority, query, path) = (.authority, extent, nil, Extent(range.upperBound..<range.upperBound))
            isPathPlain = false
            return
        }
        if octets[range.lowerBound] == Octet.slash {
            (form, authority, pathStart) = (.origin, nil, range.lowerBound)
        } else {
            try Self.checkCharacters(range, of: octets)
            if range.count == 1, octets[range.lowerBound] == Octet.asterisk {
                guard isForOptions else { throw .init(.targetFormMismatch) }
                (form, authority, query, path) = (.asterisk, nil, nil, Extent(range.upperBound..<range.upperBound))
                isPathPlain = false
                return
            }
            let host = try Self.authority(in: range, of: octets)
            (form, authority, pathStart) = (.absolute, Extent(host), host.upperBound)
        }

        var position = Octet.pathLetterEnd(in: octets, pathStart..<range.upperBound)
        while position < range.upperBound, Octet.plainPath.contains(octets[position]) { position &+= 1 }
        isPathPlain = position == range.upperBound || octets[position] == Octet.question
        while position < range.upperBound, octets[position] != Octet.question {
            guard Self.isAllowed(octets[position]) else { throw .init(.invalidTarget) }
            position &+= 1
        }
        let pathEnd = position
        while position < range.upperBound {
            guard Self.isAllowed(octets[position]) else { throw .init(.invalidTarget) }
            position &+= 1
        }
        query = pathEnd < range.upperBound ? Extent(pathEnd &+ 1..<range.upperBound) : nil
        if pathEnd > pathStart {
            path = Extent(pathStart..<pathEnd)
        } else {
            // An empty path means `/` (RFC 9110 §4.2.3), and there is one in the octets: before the authority.
            let slash = pathStart &- (authority?.count ?? 0) &- 1
            path = Extent(slash..<slash &+ 1)
        }
    }

    private static func authority(in range: Range<Int>, of octets: Span<UInt8>) throws(HTTP.DecodingError) -> Range<Int>
    {
        func begins(_ prefix: String) -> Bool {
            let end = range.lowerBound &+ prefix.utf8.count
            return end <= range.upperBound
                && Octet.equals(octets, range.lowerBound..<end, ignoringCase: prefix)
        }
        let start: Int
        if begins("http://") {
            start = range.lowerBound &+ 7
        } else if begins("https://") {
            start = range.lowerBound &+ 8
        } else {
            throw .init(.targetFormMismatch)
        }
        var end = start
        while end < range.upperBound, octets[end] != Octet.slash, octets[end] != Octet.question { end &+= 1 }
        guard Authority.isValid(start..<end, of: octets) else { throw .init(.invalidAuthority) }
        return start..<end
    }

    private static func checkCharacters(_ range: Range<Int>, of octets: Span<UInt8>) throws(HTTP.DecodingError) {
        for index in range where !isAllowed(octets[index]) { throw .init(.invalidTarget) }
    }

    /// Visible ASCII, and no fragment: it never leaves the client (RFC 9110 §7.1).
    @inline(__always)
    private static func isAllowed(_ octet: UInt8) -> Bool { octet &- 0x21 < 0x5E && octet != Octet.hash }
}
