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

    /// Appends a number that is not negative in hexadecimal.
    mutating func append(hexadecimal number: Int) {
        append(addingCapacity: Octet.longestNumber) { $0.append(number: UInt64(number), radix: 16) }
    }
}

extension Octet {
    /// The most digits that a number of 64 bits has.
    static let longestNumber = 20
}

/// The part of a growing buffer that is written at once: room is made for all of it before, so that a piece costs its copy alone.
extension OutputSpan<UInt8> {
    @inline(__always)
    mutating func append(copying octets: Span<UInt8>) {
        octets.withUnsafeBufferPointer { source in
            withUnsafeMutableBufferPointer { room, count in
                _ = room.extracting(count...).initialize(fromContentsOf: source)
                count += source.count
            }
        }
    }

    @inline(__always)
    mutating func append(literal: StaticString) {
        literal.withUTF8Buffer { octets in append(copying: octets.span) }
    }

    @inline(__always)
    mutating func appendLineEnd() {
        append(Octet.carriageReturn)
        append(Octet.lineFeed)
    }

    /// Appends a number that is not negative in decimal.
    @inline(__always)
    mutating func append(decimal number: Int) {
        // Most are short: the lengths of messages, and parts of a date.
        switch number {
        case ..<10: append(Octet.zero &+ UInt8(truncatingIfNeeded: number))
        case ..<100: append(twoDigits: number)
        case ..<10_000:
            let hundreds = number / 100
            if hundreds >= 10 { append(twoDigits: hundreds) } else { append(Octet.zero &+ UInt8(hundreds)) }
            append(twoDigits: number % 100)
        default: append(number: UInt64(number), radix: 10)
        }
    }

    @inline(__always)
    private mutating func append(twoDigits number: Int) {
        let tens = UInt8(truncatingIfNeeded: number) / 10
        append(Octet.zero &+ tens)
        append(Octet.zero &+ UInt8(truncatingIfNeeded: number) &- 10 &* tens)
    }

    fileprivate mutating func append(number: UInt64, radix: UInt64) {
        if number >= radix { append(number: number / radix, radix: radix) }
        append(Self.digit(UInt8(truncatingIfNeeded: number % radix)))
    }

    @inline(__always)
    private static func digit(_ value: UInt8) -> UInt8 {
        value < 10 ? Octet.zero &+ value : 0x61 &+ (value &- 10)
    }
}
