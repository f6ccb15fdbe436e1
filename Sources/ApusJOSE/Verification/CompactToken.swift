/// Where the three segments of a JWS in compact serialisation lie (RFC 7515 §7.1).
struct CompactToken {
    let header: Range<Int>
    let payload: Range<Int>
    let signature: Range<Int>

    /// The header and payload segments with the dot between them, which is what is signed.
    var signingInput: Range<Int> { header.lowerBound..<payload.upperBound }

    /// The last segment may be empty, as in a token that is not signed (RFC 7519 §6.1); such a token is then refused for
    /// its algorithm, which tells its sender more than its form would.
    /// - Throws: `TokenError.tooLarge`, or `TokenError.malformed` unless there are a header, a payload and two dots.
    init(_ text: Span<UInt8>, maximumBytes: Int) throws(TokenError) {
        guard text.count <= maximumBytes else { throw .tooLarge(limit: maximumBytes) }
        var dots = Dots()
        var index = 0
        // Four words at once, as there are dots in two of a token's words at most; those four are looked at again.
        while index &+ 32 <= text.count {
            var marks: UInt64 = 0
            for place in 0..<4 { marks |= Dots.marks(in: Self.word(index &+ place &* 8, of: text)) }
            if marks != 0 {
                for place in 0..<4 { dots.note(Self.word(index &+ place &* 8, of: text), at: index &+ place &* 8) }
            }
            index &+= 32
        }
        while index < text.count {
            if text[unchecked: index] == Dots.octet { dots.note(index) }
            index &+= 1
        }
        let (first, last) = (dots.first, dots.last)
        guard dots.count == 2, first > 0, last > first + 1 else { throw .malformed }
        header = 0..<first
        payload = first + 1..<last
        signature = last + 1..<text.count
    }

    /// Eight octets, which must be there, the first of them lowest.
    private static func word(_ offset: Int, of text: Span<UInt8>) -> UInt64 {
        UInt64(littleEndian: text.bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: offset, as: UInt64.self))
    }

    /// Reads a segment that encodes a JSON object.
    static func object(_ segment: Span<UInt8>) throws(TokenError) -> JSONObject {
        do {
            if case .object(let object) = try JSONValue.parse(try document(segment)) { return object }
        } catch {
            throw .malformed
        }
        throw .malformed
    }

    /// Reads a segment that encodes claims.
    static func claims(_ segment: Span<UInt8>) throws(TokenError) -> Claims {
        try Claims(document: try document(segment))
    }

    private static func document(_ segment: Span<UInt8>) throws(TokenError) -> [UInt8] {
        do {
            return try Base64URL.decode(segment)
        } catch {
            throw .malformed
        }
    }
}

/// The dots of a token, looked for eight octets at a time because every octet of every token passes here.
private struct Dots {
    static let octet = UInt8(ascii: ".")

    private(set) var count = 0
    private(set) var first = 0
    private(set) var last = 0

    /// Not 0 if an octet of a word is a dot: fewer steps than to say which.
    static func marks(in word: UInt64) -> UInt64 {
        let difference = word ^ 0x2E2E_2E2E_2E2E_2E2E
        return (difference &- 0x0101_0101_0101_0101) & ~difference & 0x8080_8080_8080_8080
    }

    mutating func note(_ index: Int) {
        if count == 0 { first = index }
        last = index
        count &+= 1
    }

    mutating func note(_ word: UInt64, at index: Int) {
        // An octet that is a dot becomes zero; adding 0x7F to its low seven bits then leaves the top bit clear, and no
        // carry leaves an octet.
        let lows: UInt64 = 0x7F7F_7F7F_7F7F_7F7F
        let difference = word ^ 0x2E2E_2E2E_2E2E_2E2E
        var marks = ~(((difference & lows) &+ lows) | difference | lows)
        while marks != 0 {
            note(index &+ marks.trailingZeroBitCount / 8)
            marks &= marks &- 1
        }
    }
}
