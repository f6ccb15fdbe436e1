extension HTTP {
    /// The fields of a request, a response or a trailer section, in order (RFC 9110 §5).
    ///
    /// Values are text: UTF-8 where an octet sequence is that, else ISO-8859-1. Names are compared in either case.
    /// A copy is cheap until one of the copies is changed.
    public struct Fields: Sendable {
        /// The octets of the lines; for a request these are the whole head, as it was received.
        var octets: OctetBuffer
        var lines: [FieldLine]
        var roles: FieldRole.Set
        /// Whether `octets` holds the lines and nothing else, each as `name: value CRLF`.
        var isSerialized: Bool

        /// No fields.
        public init() {
            octets = []
            lines = []
            roles = FieldRole.Set()
            isSerialized = true
        }

        /// The lines that a decoder has found in `octets`.
        init(octets: OctetBuffer, lines: [FieldLine], roles: FieldRole.Set) {
            self.octets = octets
            self.lines = lines
            self.roles = roles
            isSerialized = false
        }

        /// How many field lines there are; a name that stands on two lines counts twice.
        public var count: Int { lines.count }

        /// Whether there is no field line.
        public var isEmpty: Bool { lines.isEmpty }

        /// The value of a field; several lines of it are one value with `, ` between them (RFC 9110 §5.3).
        ///
        /// Set-Cookie cannot be combined: its first line is given, ``values(of:)`` has all. Lines of Cookie are
        /// combined with `; ` (RFC 9113 §8.2.3).
        public subscript(name: FieldName) -> String? {
            guard let first = firstIndex(of: name, from: 0) else { return nil }
            var value = text(lines[first].value)
            guard name != .setCookie, var next = firstIndex(of: name, from: first + 1) else { return value }
            let separator = name == .cookie ? "; " : ", "
            while true {
                value += separator + text(lines[next].value)
                guard let following = firstIndex(of: name, from: next + 1) else { return value }
                next = following
            }
        }

        /// The values of all lines of a field, in order.
        public func values(of name: FieldName) -> [String] {
            var values: [String] = []
            var next = firstIndex(of: name, from: 0)
            while let index = next {
                values.append(text(lines[index].value))
                next = firstIndex(of: name, from: index + 1)
            }
            return values
        }

        /// Whether there is a line of the field.
        public func contains(_ name: FieldName) -> Bool { firstIndex(of: name, from: 0) != nil }

        /// How many lines of the field there are.
        public func count(of name: FieldName) -> Int {
            var count = 0
            var next = firstIndex(of: name, from: 0)
            while let index = next {
                count += 1
                next = firstIndex(of: name, from: index + 1)
            }
            return count
        }

        /// The octets of the first line's value, not copied.
        package func bytes(of name: FieldName) -> ArraySlice<UInt8>? {
            firstIndex(of: name, from: 0).map { octets[lines[$0].value.range] }
        }

        /// What there is of a field that one line should have.
        package struct FoundLine {
            /// The octets of the first line's value, not copied, from where they were asked for; nil when there is no such place.
            package let octets: ArraySlice<UInt8>?
            /// Whether there are more lines of the field.
            package let isRepeated: Bool
        }

        /// Looks for a field that one line should have.
        ///
        /// - Parameter begin: where in a value that begins which is asked for; nil when it is not there.
        /// - Returns: nil without a line of the field.
        package func line(of name: FieldName, from begin: (Span<UInt8>) -> Int?) -> FoundLine? {
            Self.line(of: name, among: lines.span, of: octets, from: begin)
        }

        /// The same of fields that nobody has put together.
        @inline(__always)
        static func line(
            of name: FieldName, among lines: Span<FieldLine>, of octets: OctetBuffer, from begin: (Span<UInt8>) -> Int?
        ) -> FoundLine? {
            guard let first = firstIndex(of: name, from: 0, among: lines, of: octets.span) else { return nil }
            let next = firstIndex(of: name, from: first + 1, among: lines, of: octets.span)
            let value = lines[first].value.range
            guard let offset = begin(octets.span.extracting(value)) else {
                return FoundLine(octets: nil, isRepeated: next != nil)
            }
            return FoundLine(octets: octets[value.lowerBound + offset..<value.upperBound], isRepeated: next != nil)
        }

        func firstIndex(of name: FieldName, from start: Int) -> Int? {
            Self.firstIndex(of: name, from: start, among: lines.span, of: octets.span)
        }

        private static func firstIndex(
            of name: FieldName, from start: Int, among lines: Span<FieldLine>, of octets: Span<UInt8>
        ) -> Int? {
            let wanted = name.spelling.utf8.span
            var index = start
            while index < lines.count {
                let line = lines[index]
                if line.name.count == wanted.count,
                    Octet.equalsIgnoringCase(octets, from: line.name.range.lowerBound, wanted)
                {
                    return index
                }
                index &+= 1
            }
            return nil
        }

        func text(_ extent: Extent) -> String { Octet.text(octets.span.extracting(extent.range)) }
    }
}
