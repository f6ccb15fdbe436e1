/// Octets that lie side by side and are looked at together.
///
/// No type of one octet per lane: Swift compares those one by one. Sums are to be of seven bits each, so that nothing is carried into the
/// next octet.
protocol OctetBlock: BitwiseCopyable {
    /// `octet` in every place.
    init(ofOctet octet: UInt8)

    static func & (left: Self, right: Self) -> Self
    static func | (left: Self, right: Self) -> Self
    static func ^ (left: Self, right: Self) -> Self
    static func &+ (left: Self, right: Self) -> Self
    static prefix func ~ (block: Self) -> Self

    /// The first octet from `start` on that has its highest bit; nil when none has. No octet has any other bit.
    func firstMark(from start: Int) -> Int?
}

/// Eight octets, where few are expected, as in names.
extension UInt64: OctetBlock {
    @inline(__always)
    init(ofOctet octet: UInt8) { self = UInt64(octet) &* 0x0101_0101_0101_0101 }

    @inline(__always)
    func firstMark(from start: Int) -> Int? {
        let marks = UInt64(littleEndian: self) &>> UInt64(8 &* start)
        return marks != 0 ? start &+ marks.trailingZeroBitCount &>> 3 : nil
    }
}

/// Sixteen octets, as two words, whose arithmetic becomes that of vector registers.
extension SIMD2<UInt64>: OctetBlock {
    @inline(__always)
    init(ofOctet octet: UInt8) { self.init(repeating: UInt64(ofOctet: octet)) }

    @inline(__always)
    func firstMark(from start: Int) -> Int? {
        if start == 0 {
            guard self[0] | self[1] != 0 else { return nil }
            let (marks, offset) = self[0] != 0 ? (self[0], 0) : (self[1], 8)
            return offset &+ UInt64(littleEndian: marks).trailingZeroBitCount &>> 3
        }
        let marks = UInt128(littleEndian: unsafe unsafeBitCast(self, to: UInt128.self)) &>> UInt128(8 &* start)
        return marks != 0 ? start &+ marks.trailingZeroBitCount &>> 3 : nil
    }
}
