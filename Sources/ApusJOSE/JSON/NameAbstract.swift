/// The length of a name and its first seven octets as one number.
///
/// It tells most names apart at once, and those of up to seven octets for certain.
struct NameAbstract: Hashable, Sendable {
    /// The octets from the highest place down, the length in the lowest: `iss` is 0x6973_7300_0000_0003.
    let word: UInt64

    init(_ name: Range<Int>, in bytes: Span<UInt8>) {
        let count = name.upperBound &- name.lowerBound
        // Longer than that is all one, so that no long name has the length of a short one.
        let length = UInt64(truncatingIfNeeded: min(count, 0xFF))
        // In a document a quote at least follows a name, so that eight octets are there behind all but the last names.
        if name.lowerBound &+ 8 <= bytes.count {
            let octets = bytes.bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: name.lowerBound, as: UInt64.self)
                .bigEndian
            let unwanted = UInt64(truncatingIfNeeded: 64 &- 8 &* min(7, count))
            word = (unwanted == 64 ? 0 : (octets &>> unwanted) &<< unwanted) | length
            return
        }
        word = StringOctets.shortWord(bytes.extracting(name).extracting(first: 7)).bigEndian | length
    }

    init(of name: String) {
        let utf8 = name.utf8
        self.init(0..<utf8.count, in: utf8.span)
    }
}
