/// Method, target and version of a request (RFC 9112 §3), as offsets: passing it on is no more than moving its octets.
struct RequestLine: Sendable {
    /// No registered method is half as long (IANA's registry of HTTP methods).
    static let methodLimit = 32

    let method: Extent
    let isForGet: Bool
    let target: RequestTarget
    let version: HTTP.Version

    /// Takes a line apart that is free of controls other than HTAB.
    init(parsing line: Range<Int>, of input: Span<UInt8>) throws(HTTP.DecodingError) {
        isForGet = Self.isForGet(line, of: input)
        let methodEnd = isForGet ? line.lowerBound &+ 3 : Octet.tokenEnd(in: input, line)
        guard methodEnd > line.lowerBound else { throw .init(.invalidMethod) }
        guard methodEnd &- line.lowerBound <= Self.methodLimit else {
            throw .init(.methodTooLong(limit: Self.methodLimit))
        }
        guard methodEnd < line.upperBound, input[methodEnd] == Octet.space else { throw .init(.malformedRequestLine) }

        method = Extent(line.lowerBound..<methodEnd)
        let targetStart = methodEnd &+ 1
        // Both of the methods that matter to targets have seven letters.
        let isLong = methodEnd &- line.lowerBound == 7
        let name = isLong ? Octet.packed(input.extracting(line.lowerBound..<methodEnd)) : 0
        let isForConnect = name == HTTP.Method.connectName

        // Most targets are a path of letters, digits, hyphens and slashes, and nothing else.
        var targetEnd = Octet.pathLetterEnd(in: input, targetStart..<line.upperBound)
        if targetEnd < line.upperBound, input[targetEnd] == Octet.space, input[targetStart] == Octet.slash,
            !isForConnect
        {
            version = try Self.version(targetEnd &+ 1..<line.upperBound, of: input)
            target = RequestTarget(plainPath: targetStart..<targetEnd)
            return
        }
        while targetEnd < line.upperBound, input[targetEnd] != Octet.space { targetEnd &+= 1 }
        guard targetEnd > targetStart, targetEnd < line.upperBound else { throw .init(.malformedRequestLine) }
        version = try Self.version(targetEnd &+ 1..<line.upperBound, of: input)
        target = try RequestTarget(
            targetStart..<targetEnd, of: input, isForConnect: isForConnect,
            isForOptions: name == HTTP.Method.optionsName)
    }

    /// How many octets follow the path of a plain line: a space and the version.
    static let plainEndCount = 9

    /// The path of the line that `input` begins with, if that is as most are; nil says no more than that it is not.
    ///
    /// Such a line is complete, and is `GET`, a path of letters, digits, hyphens and slashes, and `HTTP/1.1`.
    ///
    /// - Parameter limit: the farthest that the line may end.
    @inline(__always)
    static func plainPath(of input: Span<UInt8>, endingBy limit: Int) -> Range<Int>? {
        guard isForGet(0..<input.count, of: input) else { return nil }
        let end = Octet.pathLetterEnd(in: input, 4..<input.count)
        let lineEnd = end &+ plainEndCount
        guard lineEnd <= limit, Octet.isLineEnd(input, at: lineEnd), input[4] == Octet.slash, input[end] == Octet.space,
            Octet.packed(input.extracting(end &+ 1..<lineEnd)) == 0x4854_5450_2F31_2E31
        else { return nil }
        return 4..<end
    }

    /// Whether a line begins with GET, as most do, and a space.
    @inline(__always)
    private static func isForGet(_ line: Range<Int>, of input: Span<UInt8>) -> Bool {
        guard line.count >= 4 else { return false }
        let word = input.bytes.unsafeLoadUnaligned(fromByteOffset: line.lowerBound, as: UInt32.self)
        return UInt32(bigEndian: word) == 0x4745_5420
    }

    /// A minor version above 1 is read as HTTP/1.1, the highest that this decoder conforms to (RFC 9110 §2.5).
    private static func version(
        _ range: Range<Int>, of input: Span<UInt8>
    ) throws(HTTP.DecodingError) -> HTTP.Version {
        let number = Octet.packed(input.extracting(range))
        switch number {
        case 0x4854_5450_2F31_2E31: return .http11
        case 0x4854_5450_2F31_2E30: return .http10
        default: break
        }
        for index in range where input[index] == Octet.space { throw .init(.malformedRequestLine) }
        let (major, minor) = (UInt8(truncatingIfNeeded: number &>> 16), UInt8(truncatingIfNeeded: number))
        guard number & 0xFFFF_FFFF_FF00_FF00 == 0x4854_5450_2F00_2E00, Octet.isDigit(major), Octet.isDigit(minor)
        else { throw .init(.malformedVersion) }
        guard major == Octet.zero &+ 1 else { throw .init(.unsupportedVersion) }
        return .http11
    }
}
