/// Searches that look at many octets together.
extension Octet {
    /// The first octet of `range` that no line of a message holds: a control other than HTAB (RFC 9110 §5.5).
    @inline(__always)
    static func firstControl(in octets: Span<UInt8>, _ range: Range<Int>) -> Int {
        first(in: octets, range) { (block: SIMD2<UInt64>, ascii) in
            let isNotBelowSpace = ascii &+ .init(ofOctet: 0x80 - space)
            let isDelete = ascii &+ .init(ofOctet: 0x80 - delete)
            return ~block & (~isNotBelowSpace & differs(ascii, from: tab) | isDelete)
        }
    }

    /// How far letters and hyphens reach from the start of `range`, of which the names of fields and methods are made as a rule.
    @inline(__always)
    static func letterEnd(in octets: Span<UInt8>, _ range: Range<Int>) -> Int {
        first(in: octets, range) { (block: UInt64, ascii) in block | ~isLetter(ascii) & differs(ascii, from: hyphen) }
    }

    /// How far letters, digits, hyphens and slashes reach from the start of `range`, of which most paths are made.
    @inline(__always)
    static func pathLetterEnd(in octets: Span<UInt8>, _ range: Range<Int>) -> Int {
        first(in: octets, range) { (block: SIMD2<UInt64>, ascii) in
            block | ~(isLetter(ascii) | isFromHyphenToNine(ascii) & differs(ascii, from: period))
        }
    }

    /// How far letters, digits, hyphens and periods reach from the start of `range`, of which most hosts are made.
    @inline(__always)
    static func hostLetterEnd(in octets: Span<UInt8>, _ range: Range<Int>) -> Int {
        first(in: octets, range) { (block: SIMD2<UInt64>, ascii) in
            block | ~(isLetter(ascii) | isFromHyphenToNine(ascii) & differs(ascii, from: slash))
        }
    }

    /// The first octet of `range` whose highest bit `marks` sets; the end of the range when there is none.
    ///
    /// What stands around the range is looked at, too, as far as there is something.
    ///
    /// - Parameter marks: is given octets, and the same without their highest bits; what it does with other bits does not matter.
    @inline(__always)
    private static func first<Block: OctetBlock>(
        in octets: Span<UInt8>, _ range: Range<Int>, _ marks: (_ block: Block, _ ascii: Block) -> Block
    ) -> Int {
        let bytes = octets.bytes
        let size = MemoryLayout<Block>.size
        var position = range.lowerBound
        while position &+ size <= octets.count {
            guard position < range.upperBound else { return range.upperBound }
            let block = unsafe bytes.unsafeLoadUnaligned(fromByteOffset: position, as: Block.self)
            let found = marks(block, block & .init(ofOctet: 0x7F)) & .init(ofOctet: 0x80)
            if let mark = found.firstMark(from: 0) { return min(position &+ mark, range.upperBound) }
            position &+= size
        }
        guard position < range.upperBound else { return range.upperBound }
        // The last octets that there are; some have been looked at, or stand before the range.
        let start = octets.count &- size
        let block =
            start < 0 ? short(of: octets) : unsafe bytes.unsafeLoadUnaligned(fromByteOffset: start, as: Block.self)
        let found = marks(block, block & .init(ofOctet: 0x7F)) & .init(ofOctet: 0x80)
        guard let mark = found.firstMark(from: position &- start) else { return range.upperBound }
        return min(start &+ mark, range.upperBound)
    }

    /// Octets that are too few for a block, at its end; zeros stand before them.
    @inline(never)
    private static func short<Block: OctetBlock>(of octets: Span<UInt8>) -> Block {
        var block = Block(ofOctet: 0)
        unsafe withUnsafeMutableBytes(of: &block) { room in
            for index in octets.indices { unsafe room[room.count &- octets.count &+ index] = octets[index] }
        }
        return block
    }

    @inline(__always)
    private static func differs<Block: OctetBlock>(_ ascii: Block, from octet: UInt8) -> Block {
        (ascii ^ .init(ofOctet: octet)) &+ .init(ofOctet: 0x7F)
    }

    /// Letters differ in one bit from those of the other case, and no other octet becomes one by it.
    @inline(__always)
    private static func isLetter<Block: OctetBlock>(_ ascii: Block) -> Block {
        let lowercased = ascii | .init(ofOctet: 0x20)
        return (lowercased &+ .init(ofOctet: 0x80 - 0x61)) & ~(lowercased &+ .init(ofOctet: 0x80 - 0x7B))
    }

    /// `-`, `.`, `/` and the digits.
    @inline(__always)
    private static func isFromHyphenToNine<Block: OctetBlock>(_ ascii: Block) -> Block {
        (ascii &+ .init(ofOctet: 0x80 - hyphen)) & ~(ascii &+ .init(ofOctet: 0x80 - 0x3A))
    }
}
