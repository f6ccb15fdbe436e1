extension HTTP {
    /// The cookies of a request in the order in which they came (RFC 6265 §5.4).
    ///
    /// A name may occur several times: cookies of another path or a parent domain come under the same name, and nothing
    /// in a request tells them apart. Values are kept as they are, quotation marks included, and are not shown by
    /// descriptions.
    ///
    /// What is not `name=value` with a token for a name is passed over, because a cookie that somebody else set for the
    /// domain must not make the others unreadable. A semicolon always separates, even between quotation marks, and only
    /// spaces and tabs around a pair are dropped: a reader that is laxer can be told a cookie that no server ever set.
    public struct Cookies: Sendable {
        /// The most cookies that are taken unless told otherwise; browsers keep 180 for a domain.
        public static let defaultLimit = 200
        /// The most octets of cookies that are taken unless told otherwise.
        public static let defaultMaximumOctets = 32_768

        private struct Pair {
            let name: Extent
            let value: Extent
        }

        private let octets: OctetBuffer
        private let pairs: [Pair]

        /// Reads the cookies of all Cookie lines; that there is none is no error.
        ///
        /// - Parameters:
        ///   - limit: the most cookies to take.
        ///   - maximumOctets: the most octets that all Cookie lines together may have.
        /// - Throws: ``HTTP/CookieError/tooMany(limit:)`` and ``HTTP/CookieError/tooLarge(limit:)``.
        public init(
            _ fields: HTTP.Fields, limit: Int = Cookies.defaultLimit,
            maximumOctets: Int = Cookies.defaultMaximumOctets
        ) throws(HTTP.CookieError) {
            var pairs: [Pair] = []
            var total = 0
            var next = fields.firstIndex(of: .cookie, from: 0)
            while let index = next {
                let line = fields.lines[index].value
                total += line.count
                guard total <= maximumOctets else { throw .tooLarge(limit: maximumOctets) }
                try Self.read(line.range, of: fields.octets.span, into: &pairs, limit: limit)
                next = fields.firstIndex(of: .cookie, from: index + 1)
            }
            self.pairs = pairs
            octets = pairs.isEmpty ? [] : fields.octets
        }

        private static func read(
            _ line: Range<Int>, of octets: Span<UInt8>, into pairs: inout [Pair], limit: Int
        ) throws(HTTP.CookieError) {
            var start = line.lowerBound
            while start < line.upperBound {
                var end = start
                while end < line.upperBound, octets[end] != Octet.semicolon { end &+= 1 }
                let pair = Octet.trimmed(start..<end, of: octets)
                start = end &+ 1
                let nameEnd = Octet.tokenEnd(in: octets, pair)
                guard nameEnd > pair.lowerBound, nameEnd < pair.upperBound, octets[nameEnd] == Octet.equals else {
                    continue
                }
                guard pairs.count < limit else { throw .tooMany(limit: limit) }
                let value = Octet.trimmed(nameEnd &+ 1..<pair.upperBound, of: octets)
                pairs.append(Pair(name: Extent(pair.lowerBound..<nameEnd), value: Extent(value)))
            }
        }

        /// The value of the first cookie of that name, which is case-sensitive; nil when there is none.
        public subscript(name: String) -> String? {
            firstIndex(of: name, from: 0).map { text(pairs[$0].value) }
        }

        /// The values of all cookies of that name, in order.
        public func values(of name: String) -> [String] {
            var values: [String] = []
            var next = firstIndex(of: name, from: 0)
            while let index = next {
                values.append(text(pairs[index].value))
                next = firstIndex(of: name, from: index + 1)
            }
            return values
        }

        private func firstIndex(of name: String, from start: Int) -> Int? {
            let wanted = name.utf8.span
            let octets = octets.span
            return pairs.indices[start...].first { index in
                let name = pairs[index].name
                return name.count == wanted.count
                    && wanted.indices.allSatisfy { octets[Int(name.start) &+ $0] == wanted[$0] }
            }
        }

        private func text(_ extent: Extent) -> String { Octet.text(octets.span.extracting(extent.range)) }
    }
}

extension HTTP.Cookies: RandomAccessCollection {
    /// One cookie as text.
    public typealias Element = (name: String, value: String)

    /// Where the first cookie is: 0.
    public var startIndex: Int { 0 }

    /// How many cookies there are; a name that came twice counts twice.
    public var endIndex: Int { pairs.count }

    /// The cookie at a position, in the order of the request.
    public subscript(position: Int) -> Element { (text(pairs[position].name), text(pairs[position].value)) }
}

extension HTTP.Cookies: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The names for a log; a value may be a session.
    public var description: String { map { "\($0.name)=<redacted>" }.joined(separator: "; ") }

    /// As ``description``.
    public var debugDescription: String { description }

    /// No children: they would show what ``description`` leaves out.
    public var customMirror: Mirror { Mirror(self, children: [], displayStyle: .struct) }
}
