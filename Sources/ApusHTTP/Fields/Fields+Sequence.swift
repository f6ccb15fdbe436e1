extension HTTP.Fields: Sequence {
    /// One field line as text.
    public typealias Element = (name: String, value: String)

    /// Walks the lines in order, with the names as they are spelled.
    public struct Iterator: IteratorProtocol {
        private let fields: HTTP.Fields
        private var index = 0

        init(_ fields: HTTP.Fields) { self.fields = fields }

        /// The next line; `nil` after the last.
        public mutating func next() -> Element? {
            guard index < fields.lines.count else { return nil }
            defer { index += 1 }
            let line = fields.lines[index]
            return (fields.text(line.name), fields.text(line.value))
        }
    }

    /// Walks the lines in order.
    public func makeIterator() -> Iterator { Iterator(self) }

    /// The exact number of lines.
    public var underestimatedCount: Int { count }
}

extension HTTP.Fields: Equatable {
    /// Compares names in either case and values exactly, line by line in order.
    public static func == (left: Self, right: Self) -> Bool {
        guard left.count == right.count else { return false }
        let (octets, others) = (left.octets.span, right.octets.span)
        for (line, other) in zip(left.lines, right.lines) {
            guard line.name.count == other.name.count, line.value.count == other.value.count,
                Octet.equalsIgnoringCase(octets, from: line.name.range.lowerBound, others.extracting(other.name.range)),
                left.octets[line.value.range] == right.octets[other.value.range]
            else { return false }
        }
        return true
    }
}
