/// Finds lines that end in CRLF and hold no control, and remembers how far it has looked.
///
/// Offsets are counted from the first octet that the scanner was shown; that octet stays the first of every input.
struct LineScanner: Sendable {
    /// Where the next line begins: everything before it has been given out.
    private(set) var lineStart = 0
    private var scanned = 0

    /// Whether nothing of the next line has been looked at.
    var isAtLineStart: Bool { scanned == lineStart }

    /// Steps to where somebody else has found that a line begins.
    @inline(__always)
    mutating func move(toLineAt start: Int) {
        lineStart = start
        scanned = start
    }

    /// The next line without its CRLF; `nil` if its end has not come yet.
    ///
    /// The line's octets may not reach beyond `limit`, whether its end has come or not: so the same input fails in the
    /// same way however it is cut.
    @inline(__always)
    mutating func nextLine(
        in input: Span<UInt8>, endingBy limit: Int, else tooLong: HTTP.DecodingError.Reason
    ) throws(HTTP.DecodingError) -> Range<Int>? {
        let end = min(input.count, limit &+ 1)
        guard scanned < end else { return nil }
        // An empty line is no more than looked at.
        let isEmpty = scanned == lineStart && input[scanned] == Octet.carriageReturn
        let position = isEmpty ? scanned : Octet.firstControl(in: input, scanned..<end)
        scanned = position
        guard position < end else {
            if position > limit { throw .init(tooLong) }
            return nil
        }
        switch input[position] {
        case Octet.carriageReturn:
            guard position &+ 1 < input.count else { return nil }
            guard input[position &+ 1] == Octet.lineFeed else { throw .init(.bareCarriageReturn) }
        case Octet.lineFeed: throw .init(.bareLineFeed)
        default: throw .init(.controlCharacter)
        }
        let line = lineStart..<position
        move(toLineAt: position &+ 2)
        return line
    }
}
