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
        if number < radix {
            append(Self.digit(UInt8(truncatingIfNeeded: number)))
            return
        }
        var places = 1
        var rest = number
        while rest >= radix {
            rest /= radix
            places &+= 1
        }
        let start = count
        append(contentsOf: repeatElement(Octet.zero, count: places))
        rest = number
        for index in stride(from: start &+ places &- 1, through: start, by: -1) {
            self[index] = Self.digit(UInt8(truncatingIfNeeded: rest % radix))
            rest /= radix
        }
    }

    @inline(__always)
    private static func digit(_ value: UInt8) -> UInt8 {
        value < 10 ? Octet.zero &+ value : 0x61 &+ (value &- 10)
    }
}
