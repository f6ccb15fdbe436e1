extension Octet {
    /// How far letters and hyphens reach from the start of `range`, of which the names of fields and methods are made as a rule.
    ///
    /// Eight octets are looked at together; of the last seven of the range it does not say anything.
    @inline(__always)
    static func letterEnd(in octets: Span<UInt8>, _ range: Range<Int>) -> Int {
        let bytes = octets.bytes
        var position = range.lowerBound
        while position &+ 8 <= range.upperBound {
            let word = UInt64(
                littleEndian: bytes.unsafeLoadUnaligned(fromByteOffset: position, as: UInt64.self))
            let others = otherMarks(word)
            guard others == 0 else { return position &+ others.trailingZeroBitCount &>> 3 }
            position &+= 8
        }
        return position
    }

    /// How far letters, digits, hyphens and slashes reach from the start of `range`, of which most paths are made.
    @inline(__always)
    static func pathLetterEnd(in octets: Span<UInt8>, _ range: Range<Int>) -> Int {
        runEnd(in: octets, range, except: 0x2E2E_2E2E_2E2E_2E2E)
    }

    /// How far letters, digits, hyphens and periods reach from the start of `range`, of which most hosts are made.
    @inline(__always)
    static func hostLetterEnd(in octets: Span<UInt8>, _ range: Range<Int>) -> Int {
        runEnd(in: octets, range, except: 0x2F2F_2F2F_2F2F_2F2F)
    }

    /// How far letters, digits and what ASCII has from the hyphen to the slash reach; `exception`, repeated, is one of the last that ends them.
    ///
    /// Eight octets are looked at together. What stands behind the range takes part, as far as there is something; of the last seven octets
    /// of all it does not say anything.
    @inline(__always)
    private static func runEnd(in octets: Span<UInt8>, _ range: Range<Int>, except exception: UInt64) -> Int {
        let bytes = octets.bytes
        var position = range.lowerBound
        while position < range.upperBound, position &+ 8 <= octets.count {
            let word = UInt64(
                littleEndian: bytes.unsafeLoadUnaligned(fromByteOffset: position, as: UInt64.self))
            let others = otherMarks(word, except: exception)
            guard others == 0 else {
                return min(position &+ others.trailingZeroBitCount &>> 3, range.upperBound)
            }
            position &+= 8
        }
        return min(position, range.upperBound)
    }

    /// Sets the highest bit of each octet that is neither a letter nor a hyphen, and no other bit.
    ///
    /// The sums are of seven bits each, so that nothing is carried into the next octet.
    @inline(__always)
    private static func otherMarks(_ word: UInt64) -> UInt64 {
        let ascii = word & 0x7F7F_7F7F_7F7F_7F7F
        let isNotHyphen = (ascii ^ 0x2D2D_2D2D_2D2D_2D2D) &+ 0x7F7F_7F7F_7F7F_7F7F
        return (word | ~letterMarks(ascii) & isNotHyphen) & 0x8080_8080_8080_8080
    }

    /// The same for what is neither a letter nor from `-` to `9`, and for `exception`.
    @inline(__always)
    private static func otherMarks(_ word: UInt64, except exception: UInt64) -> UInt64 {
        let ascii = word & 0x7F7F_7F7F_7F7F_7F7F
        let isFromHyphen = ascii &+ 0x5353_5353_5353_5353
        let isBehindNine = ascii &+ 0x4646_4646_4646_4646
        let isNotException = (ascii ^ exception) &+ 0x7F7F_7F7F_7F7F_7F7F
        let isAllowed = letterMarks(ascii) | isFromHyphen & ~isBehindNine & isNotException
        return (word | ~isAllowed) & 0x8080_8080_8080_8080
    }

    /// Sets the highest bit of each letter, whatever it does with the others.
    @inline(__always)
    private static func letterMarks(_ ascii: UInt64) -> UInt64 {
        let lowercased = ascii | 0x2020_2020_2020_2020
        let isFromA = lowercased &+ 0x1F1F_1F1F_1F1F_1F1F
        let isBehindZ = lowercased &+ 0x0505_0505_0505_0505
        return isFromA & ~isBehindZ
    }
}
