/// The field lines of a head or of a trailer section, up to the empty line that ends them (RFC 9112 §5).
struct FieldSection: Sendable {
    /// The limits of a section.
    struct Limits: Sendable {
        let octets: Int
        let count: Int
        let areOfTrailers: Bool

        /// Those of a head's fields.
        @inline(__always)
        init(_ limits: HTTP.DecoderLimits) {
            octets = limits.fieldSectionBytes
            count = limits.fieldCount
            areOfTrailers = false
        }

        init(ofTrailers limits: HTTP.DecoderLimits) {
            octets = limits.trailerBytes
            count = limits.trailerCount
            areOfTrailers = true
        }

        var tooLarge: HTTP.DecodingError.Reason {
            areOfTrailers ? .trailersTooLarge(limit: octets) : .fieldSectionTooLarge(limit: octets)
        }

        var tooMany: HTTP.DecodingError.Reason {
            areOfTrailers ? .tooManyTrailers(limit: count) : .tooManyFields(limit: count)
        }
    }

    /// The lines that were found; behind them may be some of an earlier section, whose memory this one uses.
    private var lines: [FieldLine] = []
    private var count = 0

    /// Gives the lines out, and takes the memory of others for the next section.
    @inline(__always)
    mutating func exchangeLines(with others: inout [FieldLine]) {
        if lines.count > count { lines.removeLast(lines.count &- count) }
        swap(&lines, &others)
        count = 0
    }

    /// Moves the lines out.
    mutating func takeLines() -> [FieldLine] {
        var taken: [FieldLine] = []
        exchangeLines(with: &taken)
        return taken
    }

    /// What the next octets of a section are.
    enum Part {
        case line(FieldLine)
        /// The empty line.
        case end
        /// More octets are needed.
        case incomplete
    }

    /// Takes lines for as long as they are as most are, and notes them; what is left is for `next`.
    ///
    /// - Parameter start: where the section begins, in the scanner's count.
    /// - Returns: whether the section has ended.
    @inline(__always)
    mutating func takePlainLines(
        of input: Span<UInt8>, with scanner: inout LineScanner, from start: Int, limits: Limits,
        noting controls: inout ControlFields
    ) throws(HTTP.DecodingError) -> Bool {
        guard scanner.isAtLineStart else { return false }
        let end = start &+ limits.octets &- 2
        var position = scanner.lineStart
        while position < input.count, !Octet.isLineEnd(input, at: position), count < limits.count,
            let line = FieldLine(plainAt: position, of: input, endingBy: end)
        {
            keep(line)
            try controls.note(line, of: input)
            position = line.value.range.upperBound &+ 2
        }
        let isEnd = Octet.isLineEnd(input, at: position)
        scanner.move(toLineAt: isEnd ? position &+ 2 : position)
        return isEnd
    }

    /// The next part; `start` is where the section begins, in the scanner's count.
    mutating func next(
        in input: Span<UInt8>, with scanner: inout LineScanner, from start: Int, limits: Limits
    ) throws(HTTP.DecodingError) -> Part {
        // The last two octets allowed are a CRLF; only the empty line may come after them.
        let end = max(scanner.lineStart, start &+ limits.octets &- 2)
        guard let line = try scanner.nextLine(in: input, endingBy: end, else: limits.tooLarge) else {
            return .incomplete
        }
        if line.isEmpty { return .end }
        guard count < limits.count else { throw .init(limits.tooMany) }
        let fieldLine = try FieldLine(parsing: line, of: input)
        keep(fieldLine)
        return .line(fieldLine)
    }

    @inline(__always)
    private mutating func keep(_ line: FieldLine) {
        if count < lines.count {
            lines[count] = line
        } else {
            if count == 0 { lines.reserveCapacity(12) }
            lines.append(line)
        }
        count &+= 1
    }
}
