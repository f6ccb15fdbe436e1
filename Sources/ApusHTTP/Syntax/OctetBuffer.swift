/// The growing buffer that messages are written to.
typealias OctetBuffer = [UInt8]

extension OctetBuffer {
    /// The standard library copies a span into an array only octet by octet; through the buffer it is one `memcpy`.
    @inline(__always)
    init(copying octets: Span<UInt8>) {
        self = octets.withUnsafeBufferPointer { source in Array(source) }
    }

    @inline(__always)
    mutating func append(copying octets: Span<UInt8>) {
        octets.withUnsafeBufferPointer { source in append(contentsOf: source) }
    }

    /// Appends a literal from where it lies in the program, with one `memcpy`.
    @inline(__always)
    mutating func append(literal: StaticString) {
        literal.withUTF8Buffer { octets in append(contentsOf: octets) }
    }

    @inline(__always)
    mutating func appendLineEnd() {
        append(Octet.carriageReturn)
        append(Octet.lineFeed)
    }

    /// Appends a number that is not negative in decimal.
    mutating func append(decimal number: Int) {
        append(number: UInt64(number), radix: 10)
    }

    /// Appends a number that is not negative in hexadecimal.
    mutating func append(hexadecimal number: Int) {
        append(number: UInt64(number), radix: 16)
    }

    private mutating func append(number: UInt64, radix: UInt64) {
        // The largest number has twenty decimal digits.
        var digits = InlineArray<20, UInt8>(repeating: 0)
        var start = digits.count
        var rest = number
        repeat {
            start &-= 1
            digits[start] = Self.digit(UInt8(truncatingIfNeeded: rest % radix))
            rest /= radix
        } while rest > 0
        append(copying: digits.span.extracting(start..<digits.count))
    }

    @inline(__always)
    private static func digit(_ value: UInt8) -> UInt8 {
        value < 10 ? Octet.zero &+ value : 0x61 &+ (value &- 10)
    }
}
