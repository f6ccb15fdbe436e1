/// The line before a chunk's content (RFC 9112 §7.1).
struct ChunkHeader: Sendable {
    /// 16 digits are 64 bits; zeros before them change nothing.
    static let digitLimit = 16

    /// Zero marks the last chunk.
    let size: Int
    /// How many octets the extensions have, with their semicolons.
    let extensionLength: Int

    /// Takes a line apart that is free of controls other than HTAB.
    ///
    /// Whitespace is refused where RFC 9112 §7.1.1 would have a recipient drop it (BWS): no client writes it, and it is
    /// one of the places where implementations disagree about a chunk's size.
    init(parsing line: Range<Int>, of input: Span<UInt8>) throws(HTTP.DecodingError) {
        var size: UInt64 = 0
        var position = line.lowerBound
        while position < line.upperBound, let digit = Octet.hexadecimalValue(input[position]) {
            size = size &<< 4 | UInt64(digit)
            position &+= 1
        }
        let digits = position &- line.lowerBound
        let isFollowed = position < line.upperBound && input[position] != Octet.semicolon
        guard 1...Self.digitLimit ~= digits, !isFollowed, let size = Int(exactly: size) else {
            throw .init(.invalidChunkSize)
        }
        self.size = size
        extensionLength = line.upperBound &- position
        guard Self.areExtensions(position..<line.upperBound, of: input) else { throw .init(.invalidChunkExtension) }
    }

    private static func areExtensions(_ range: Range<Int>, of input: Span<UInt8>) -> Bool {
        let end = range.upperBound
        var position = range.lowerBound
        while position < end {
            guard input[position] == Octet.semicolon else { return false }
            let nameEnd = Octet.tokenEnd(in: input, position &+ 1..<end)
            guard nameEnd > position &+ 1 else { return false }
            position = nameEnd
            guard position < end, input[position] == Octet.equals else { continue }
            let valueStart = position &+ 1
            guard valueStart < end else { return false }
            if input[valueStart] == Octet.quote {
                guard let valueEnd = quotedEnd(valueStart &+ 1..<end, of: input) else { return false }
                position = valueEnd
            } else {
                position = Octet.tokenEnd(in: input, valueStart..<end)
                guard position > valueStart else { return false }
            }
        }
        return true
    }

    /// Where a quoted string ends whose first quote stands before `range` (RFC 9110 §5.6.4).
    private static func quotedEnd(_ range: Range<Int>, of input: Span<UInt8>) -> Int? {
        var position = range.lowerBound
        while position < range.upperBound {
            if input[position] == Octet.quote { return position &+ 1 }
            position &+= input[position] == Octet.backslash ? 2 : 1
        }
        return nil
    }
}
