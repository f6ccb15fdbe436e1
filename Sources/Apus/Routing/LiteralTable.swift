/// The literal segments of all routes in one hash table: one of ten thousand siblings is found in as many steps as one of ten.
///
/// What is in it is the service's own, and nobody who asks can put anything there: so a hash without a secret does, and the same routes
/// always make the same table.
struct LiteralTable: Sendable {
    /// A literal, by its parent in the trie.
    struct Entry {
        let parent: Int
        let octets: [UInt8]
        let child: Int
    }

    private struct Slot {
        /// The literal's first, and its last.
        var word: UInt64 = 0
        var lastWord: UInt64 = 0
        var parent: Int32 = 0
        var child = Slot.free
        /// In `octets`.
        var start: Int32 = 0
        var count: Int32 = 0

        static let free: Int32 = -1
    }

    private var slots: [Slot]
    private var octets: [UInt8] = []
    /// One less than the number of slots, which is a power of two.
    private let mask: Int
    /// By which a hash becomes the index of a slot: only its first bits depend on every bit of the segment.
    private let shift: Int
    /// The lengths that literals have, as bits; those beyond 63 share them with others.
    private let lengths: UInt64

    init(_ entries: [Entry]) {
        var capacity = 4
        // At least half of the slots are free, so that the runs of those that are not stay short.
        while capacity < 2 * entries.count { capacity *= 2 }
        slots = Array(repeating: Slot(), count: capacity)
        mask = capacity - 1
        shift = capacity.leadingZeroBitCount + 1
        lengths = entries.reduce(0) { $0 | 1 &<< UInt64($1.octets.count) }
        for entry in entries {
            let literal = entry.octets.span.bytes
            let word = Self.word(of: literal, at: 0)
            let lastWord = Self.word(of: literal, at: literal.byteCount)
            var index = Int(Self.hash(literal, word, lastWord, below: entry.parent) &>> shift)
            while slots[index].child != Slot.free { index = (index + 1) & mask }
            slots[index] = Slot(
                word: word, lastWord: lastWord, parent: Int32(entry.parent), child: Int32(entry.child),
                start: Int32(octets.count), count: Int32(entry.octets.count))
            octets += entry.octets
        }
    }

    /// The most slots that a search for one of the literals looks at.
    var longestSearch: Int {
        slots.indices.reduce(0) { longest, index in
            let slot = slots[index]
            guard slot.child != Slot.free else { return longest }
            let literal = octets.span.extracting(Int(slot.start)..<Int(slot.start + slot.count)).bytes
            let home = Int(Self.hash(literal, slot.word, slot.lastWord, below: Int(slot.parent)) &>> shift)
            return max(longest, (index - home) & mask + 1)
        }
    }

    /// The child of `parent` whose literal is `segment`.
    func child(of parent: Int, for segment: Span<UInt8>) -> Int? {
        guard lengths & 1 &<< UInt64(truncatingIfNeeded: segment.count) != 0 else { return nil }
        let segment = segment.bytes
        let word = Self.word(of: segment, at: 0)
        let lastWord = Self.word(of: segment, at: segment.byteCount)
        var index = Int(truncatingIfNeeded: Self.hash(segment, word, lastWord, below: parent) &>> shift)
        while true {
            let slot = slots[index]
            guard slot.child != Slot.free else { return nil }
            if slot.word == word, slot.lastWord == lastWord, slot.parent == parent, slot.count == segment.byteCount,
                segment.byteCount <= 16 || agrees(slot, with: segment)
            {
                return Int(slot.child)
            }
            index = (index &+ 1) & mask
        }
    }

    /// Whether what stands between the first and the last word is the same.
    private func agrees(_ slot: Slot, with segment: RawSpan) -> Bool {
        let literal = octets.span.extracting(Int(slot.start)..<Int(slot.start &+ slot.count)).bytes
        var index = 8
        while index &+ 8 < segment.byteCount {
            guard Self.word(of: literal, at: index) == Self.word(of: segment, at: index) else { return false }
            index &+= 8
        }
        return true
    }

    @inline(__always)
    private static func hash(
        _ segment: RawSpan, _ word: UInt64, _ lastWord: UInt64, below parent: Int
    ) -> UInt64 {
        // The fraction of the golden ratio: no pattern in its bits.
        let factor: UInt64 = 0x9E37_79B9_7F4A_7C15
        let origin = UInt64(truncatingIfNeeded: parent &<< 16 &+ segment.byteCount) &* factor
        var hash = (origin ^ word) &* factor
        if segment.byteCount > 8 { hash = (hash ^ (hash &>> 32) ^ lastWord) &* factor }
        var index = 8
        while index &+ 8 < segment.byteCount {
            hash = (hash ^ (hash &>> 32) ^ Self.word(of: segment, at: index)) &* factor
            index &+= 8
        }
        return (hash ^ (hash &>> 32)) &* factor
    }

    /// A number that tells the eight octets from `index` on, or those that are left, from any others of segments of this length.
    @inline(__always)
    private static func word(of octets: RawSpan, at index: Int) -> UInt64 {
        let count = octets.byteCount
        if count >= 8 {
            // At the end, some octets are looked at twice.
            return unsafe octets.unsafeLoadUnaligned(fromByteOffset: min(index, count &- 8), as: UInt64.self)
        }
        if count >= 4 {
            let first = unsafe octets.unsafeLoadUnaligned(fromByteOffset: 0, as: UInt32.self)
            let last = unsafe octets.unsafeLoadUnaligned(fromByteOffset: count &- 4, as: UInt32.self)
            return UInt64(first) &<< 32 | UInt64(last)
        }
        var word: UInt64 = 0
        for index in 0..<count {
            word = word &<< 8 | UInt64(unsafe octets.unsafeLoadUnaligned(fromByteOffset: index, as: UInt8.self))
        }
        return word
    }
}
