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
    init(parsing line: Range<Int>, of input: Span<UInt8>) throws(HTTP.DecodingError) {
        guard !Octet.isWhitespace(input[line.lowerBound]) else { throw .init(.obsoleteLineFolding) }
        let colon = Octet.tokenEnd(in: input, line)
        guard colon < line.upperBound, input[colon] == Octet.colon, colon > line.lowerBound else {
            let isSpaced = colon < line.upperBound && Octet.isWhitespace(input[colon])
            throw .init(isSpaced ? .whitespaceInFieldName : .invalidFieldName)
        }
        name = Extent(line.lowerBound..<colon)
        value = Extent(Octet.trimmed(colon &+ 1..<line.upperBound, of: input))
    }

    /// Whether the line is `Name: value` or `Name:value`, with no other whitespace around the value.
    func isPlainlySpaced(in octets: Span<UInt8>) -> Bool {
        let gap = name.range.upperBound &+ 1..<value.range.lowerBound
        return octets[value.range.upperBound] == Octet.carriageReturn
            && (gap.isEmpty || gap.count == 1 && octets[gap.lowerBound] == Octet.space)
    }
}
