/// The field lines of a head or of a trailer section, up to the empty line that ends them (RFC 9112 §5).
struct FieldSection: Sendable {
    /// The limits of a section, each with the fault of passing it.
    struct Limits: Sendable {
        let octets: Int
        let tooLarge: HTTP.DecodingError.Reason
        let count: Int
        let tooMany: HTTP.DecodingError.Reason
    }

    var lines: [FieldLine] = []

    /// Whether the section is complete; `start` is where it begins, in the scanner's count.
    mutating func decode(
        _ input: Span<UInt8>, with scanner: inout LineScanner, from start: Int, limits: Limits
    ) throws(HTTP.DecodingError) -> Bool {
        while true {
            // The last two octets allowed are a CRLF; only the empty line may come after them.
            let end = max(scanner.lineStart, start &+ limits.octets &- 2)
            guard let line = try scanner.nextLine(in: input, endingBy: end, else: limits.tooLarge) else { return false }
            if line.isEmpty { return true }
            guard lines.count < limits.count else { throw .init(limits.tooMany) }
            if lines.isEmpty { lines.reserveCapacity(12) }
            lines.append(try FieldLine(parsing: line, of: input))
        }
    }
}
