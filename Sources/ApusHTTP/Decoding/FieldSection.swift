/// The field lines of a head or of a trailer section, up to the empty line that ends them (RFC 9112 §5).
struct FieldSection: Sendable {
    /// The limits of a section, each with the fault of passing it.
    struct Limits: Sendable {
        let octets: Int
        let tooLarge: HTTP.DecodingError.Reason
        let count: Int
        let tooMany: HTTP.DecodingError.Reason
    }

    /// The lines that were found; behind them may be some of an earlier section, whose memory this one uses.
    private var lines: [FieldLine] = []
    private var count = 0

    /// Notes each of the lines.
    @inline(__always)
    func note(in controls: inout ControlFields, of input: Span<UInt8>) throws(HTTP.DecodingError) {
        for index in 0..<count { try controls.note(lines[index], of: input) }
    }

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

    /// Whether the section is complete; `start` is where it begins, in the scanner's count.
    mutating func decode(
        _ input: Span<UInt8>, with scanner: inout LineScanner, from start: Int, limits: Limits
    ) throws(HTTP.DecodingError) -> Bool {
        while true {
            // The last two octets allowed are a CRLF; only the empty line may come after them.
            let end = max(scanner.lineStart, start &+ limits.octets &- 2)
            guard let line = try scanner.nextLine(in: input, endingBy: end, else: limits.tooLarge) else { return false }
            if line.isEmpty { return true }
            guard count < limits.count else { throw .init(limits.tooMany) }
            let fieldLine = try FieldLine(parsing: line, of: input)
            if count < lines.count {
                lines[count] = fieldLine
            } else {
                if count == 0 { lines.reserveCapacity(12) }
                lines.append(fieldLine)
            }
            count &+= 1
        }
    }
}
