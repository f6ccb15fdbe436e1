/// A request's target, taken apart into offsets (RFC 9112 §3.2).
struct RequestTarget: Sendable {
    enum Form: Sendable { case origin, absolute, authority, asterisk }

    let form: Form
    let extent: Extent
    /// Empty for the forms that have no path.
    let path: Extent
    /// Both end at zero where there is none, as neither that exists can: an optional would be moved piece by piece.
    private let queryExtent: Extent
    private let authorityExtent: Extent
    /// The path has no octet that could make it mean another: see `Octet.plainPath`.
    let isPathPlain: Bool

    var query: Extent? { queryExtent.end > 0 ? queryExtent : nil }
    /// Only in the forms that carry one.
    var authority: Extent? { authorityExtent.end > 0 ? authorityExtent : nil }

    private static let none = Extent(0..<0)

    /// No target.
    init() {
        (form, extent, path) = (.origin, Self.none, Self.none)
        (queryExtent, authorityExtent) = (Self.none, Self.none)
        isPathPlain = false
    }

    /// A path that begins with a slash and has plain octets only, without a query.
    @inline(__always)
    init(plainPath range: Range<Int>) {
        extent = Extent(range)
        path = extent
        form = .origin
        (queryExtent, authorityExtent) = (Self.none, Self.none)
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
            (form, path) = (.authority, Extent(range.upperBound..<range.upperBound))
            (queryExtent, authorityExtent) = (Self.none, extent)
            isPathPlain = false
            return
        }
        if octets[range.lowerBound] == Octet.slash {
            (form, authorityExtent, pathStart) = (.origin, Self.none, range.lowerBound)
        } else {
            try Self.checkCharacters(range, of: octets)
            if range.count == 1, octets[range.lowerBound] == Octet.asterisk {
                guard isForOptions else { throw .init(.targetFormMismatch) }
                (form, path) = (.asterisk, Extent(range.upperBound..<range.upperBound))
                (queryExtent, authorityExtent) = (Self.none, Self.none)
                isPathPlain = false
                return
            }
            let host = try Self.authority(in: range, of: octets)
            (form, authorityExtent, pathStart) = (.absolute, Extent(host), host.upperBound)
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
        queryExtent = pathEnd < range.upperBound ? Extent(pathEnd &+ 1..<range.upperBound) : Self.none
        if pathEnd > pathStart {
            path = Extent(pathStart..<pathEnd)
        } else {
            // An empty path means `/` (RFC 9110 §4.2.3), and there is one in the octets: before the authority.
            let slash = pathStart &- authorityExtent.count &- 1
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
