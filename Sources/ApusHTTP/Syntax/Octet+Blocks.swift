/// Octets that are looked at sixteen at a time.
///
/// As two words, because only their arithmetic becomes that of vector registers; that of sixteen octets becomes a loop. The sums are of
/// seven bits each, so that nothing is carried into the next octet.
extension Octet {
    typealias Block = SIMD2<UInt64>

    /// The first octet of `range` that no line of a message holds: a control other than HTAB (RFC 9110 §5.5).
    @inline(__always)
    static func firstControl(in octets: Span<UInt8>, _ range: Range<Int>) -> Int {
        first(in: octets, range) { block, ascii in
            let isNotBelowSpace = ascii &+ repeated(0x80 - space)
            let isDelete = ascii &+ repeated(0x80 - delete)
            return ~block & (~isNotBelowSpace & differs(ascii, from: tab) | isDelete)
        }
    }

    /// How far letters and hyphens reach from the start of `range`, of which the names of fields and methods are made as a rule.
    @inline(__always)
    static func letterEnd(in octets: Span<UInt8>, _ range: Range<Int>) -> Int {
        first(in: octets, range) { block, ascii in block | ~isLetter(ascii) & differs(ascii, from: hyphen) }
    }

    /// How far letters, digits, hyphens and slashes reach from the start of `range`, of which most paths are made.
    @inline(__always)
    static func pathLetterEnd(in octets: Span<UInt8>, _ range: Range<Int>) -> Int {
        first(in: octets, range) { block, ascii in
            block | ~(isLetter(ascii) | isFromHyphenToNine(ascii) & differs(ascii, from: period))
        }
    }

    /// How far letters, digits, hyphens and periods reach from the start of `range`, of which most hosts are made.
    @inline(__always)
    static func hostLetterEnd(in octets: Span<UInt8>, _ range: Range<Int>) -> Int {
        first(in: octets, range) { block, ascii in
            block | ~(isLetter(ascii) | isFromHyphenToNine(ascii) & differs(ascii, from: slash))
        }
    }

    /// The first octet of `range` whose highest bit `marks` sets; the end of the range when there is none.
    ///
    /// What stands around the range is looked at, too, as far as there is something.
    ///
    /// - Parameter marks: is given octets, and the same without their highest bits; what it does with other bits does not matter.
    @inline(__always)
    private static func first(
        in octets: Span<UInt8>, _ range: Range<Int>, _ marks: (_ block: Block, _ ascii: Block) -> Block
    ) -> Int {
        let bytes = octets.bytes
        var position = range.lowerBound
        while position &+ 16 <= octets.count {
            guard position < range.upperBound else { return range.upperBound }
            let block = bytes.unsafeLoadUnaligned(fromByteOffset: position, as: Block.self)
            let found = marks(block, block & repeated(0x7F)) & repeated(0x80)
            if found[0] | found[1] != 0 {
                let (first, offset) = found[0] != 0 ? (found[0], 0) : (found[1], 8)
                return min(position &+ offset &+ first.trailingZeroBitCount &>> 3, range.upperBound)
            }
            position &+= 16
        }
        guard position < range.upperBound else { return range.upperBound }
        let (block, passed) = lastBlock(of: octets, from: position)
        let found = unsafeBitCast(marks(block, block & repeated(0x7F)) & repeated(0x80), to: UInt128.self)
        return min(position &+ (found &>> UInt128(8 &* passed)).trailingZeroBitCount &>> 3, range.upperBound)
    }

    /// The last sixteen octets, and how many of them stand before `position`; zeros stand before the first.
    @inline(never)
    private static func lastBlock(of octets: Span<UInt8>, from position: Int) -> (block: Block, passed: Int) {
        let start = octets.count &- 16
        let passed = position &- start
        if start >= 0 { return (octets.bytes.unsafeLoadUnaligned(fromByteOffset: start, as: Block.self), passed) }
        var block = SIMD16<UInt8>()
        for index in octets.indices { block[index &- start] = octets[index] }
        return (unsafe unsafeBitCast(block, to: Block.self), passed)
    }

    @inline(__always)
    private static func repeated(_ octet: UInt8) -> Block { Block(repeating: UInt64(octet) &* 0x0101_0101_0101_0101) }

    @inline(__always)
    private static func differs(_ ascii: Block, from octet: UInt8) -> Block {
        (ascii ^ repeated(octet)) &+ repeated(0x7F)
    }

    /// Letters differ in one bit from those of the other case, and no other octet becomes one by it.
    @inline(__always)
    private static func isLetter(_ ascii: Block) -> Block {
        let lowercased = ascii | repeated(0x20)
        return (lowercased &+ repeated(0x80 - 0x61)) & ~(lowercased &+ repeated(0x80 - 0x7B))
    }

    /// `-`, `.`, `/` and the digits.
    @inline(__always)
    private static func isFromHyphenToNine(_ ascii: Block) -> Block {
        (ascii &+ repeated(0x80 - hyphen)) & ~(ascii &+ repeated(0x80 - 0x3A))
    }
}
