/// Where one field line's name and value stand in the octets that hold it.
struct FieldLine: Sendable {
    let name: Extent
    let value: Extent

    init(name: Range<Int>, value: Range<Int>) {
        self.name = Extent(name)
        self.value = Extent(value)
    }
}

extension FieldLine {
    /// Takes a field line apart that is free of controls and line ends (RFC 9112 §5).
    @inline(__always)
    init(parsing line: Range<Int>, of input: Span<UInt8>) throws(HTTP.DecodingError) {
        let colon = Octet.tokenEnd(in: input, line)
        guard colon < line.upperBound, input[colon] == Octet.colon, colon > line.lowerBound else {
            throw .init(Self.fault(of: line, until: colon, of: input))
        }
        name = Extent(line.lowerBound..<colon)
        value = Extent(Octet.trimmed(colon &+ 1..<line.upperBound, of: input))
    }

    /// The line from `start` on, if it is as most are; nil says no more than that it is not.
    ///
    /// Such a line is complete, and is letters and hyphens, a colon, at most one space, and a value that is not empty and neither begins
    /// nor ends with whitespace.
    ///
    /// - Parameter limit: the farthest that the value may end.
    @inline(__always)
    init?(plainAt start: Int, of input: Span<UInt8>, endingBy limit: Int) {
        let nameEnd = Octet.letterEnd(in: input, start..<input.count)
        guard nameEnd > start, nameEnd &+ 2 < input.count, input[nameEnd] == Octet.colon else { return nil }
        let valueStart = input[nameEnd &+ 1] == Octet.space ? nameEnd &+ 2 : nameEnd &+ 1
        let end = Octet.firstControl(in: input, valueStart..<input.count)
        guard end > valueStart, end <= limit, Octet.isLineEnd(input, at: end), input[valueStart] > Octet.space,
            input[end &- 1] > Octet.space
        else { return nil }
        name = Extent(start..<nameEnd)
        value = Extent(valueStart..<end)
    }

    /// What is wrong with a line whose name ends at `end`, where no colon is, or is empty.
    private static func fault(
        of line: Range<Int>, until end: Int, of input: Span<UInt8>
    ) -> HTTP.DecodingError.Reason {
        if Octet.isWhitespace(input[line.lowerBound]) { return .obsoleteLineFolding }
        return end < line.upperBound && Octet.isWhitespace(input[end]) ? .whitespaceInFieldName : .invalidFieldName
    }

    /// Whether the line is `Name: value` or `Name:value`, with no other whitespace around the value.
    func isPlainlySpaced(in octets: Span<UInt8>) -> Bool {
        let gap = name.range.upperBound &+ 1..<value.range.lowerBound
        return octets[value.range.upperBound] == Octet.carriageReturn
            && (gap.isEmpty || gap.count == 1 && octets[gap.lowerBound] == Octet.space)
    }
}
