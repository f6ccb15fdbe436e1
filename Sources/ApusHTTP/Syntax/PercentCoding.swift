/// The percent-encoding of URIs (RFC 3986 §2.1).
package enum PercentCoding {
    /// Decodes a segment once: what it gives may hold `%`, `/` or `..`, and is never to be decoded or split again.
    package static func decode(
        _ segment: ArraySlice<UInt8>, plusIsSpace: Bool = false
    ) throws(PercentCodingError) -> String {
        let source = segment.span
        var isCoded = false
        for index in source.indices {
            let octet = source[index]
            guard octet != 0 else { throw .nul }
            isCoded = isCoded || octet == Octet.percent || plusIsSpace && octet == Octet.plus
        }
        guard isCoded else { return try text(source) }

        var decoded: OctetBuffer = []
        decoded.reserveCapacity(source.count)
        var position = 0
        while position < source.count {
            let octet = source[position]
            if octet == Octet.percent {
                guard position + 2 < source.count, let high = Octet.hexadecimalValue(source[position + 1]),
                    let low = Octet.hexadecimalValue(source[position + 2])
                else { throw .malformedEscape }
                guard high | low != 0 else { throw .nul }
                decoded.append(high << 4 | low)
                position += 3
            } else {
                decoded.append(plusIsSpace && octet == Octet.plus ? Octet.space : octet)
                position += 1
            }
        }
        return try text(decoded.span)
    }

    /// Encodes everything but unreserved characters (RFC 3986 §2.3), so that the result fits any part of a URI.
    package static func encode(_ string: String) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        let unreserved = Octet.unreserved
        var encoded: OctetBuffer = []
        for octet in string.utf8 {
            if unreserved.contains(octet) {
                encoded.append(octet)
            } else {
                encoded.append(Octet.percent)
                encoded.append(digits[Int(octet >> 4)])
                encoded.append(digits[Int(octet & 0x0F)])
            }
        }
        return Octet.text(encoded.span)
    }

    /// The standard library's validation refuses overlong forms, surrogates and what lies above U+10FFFF.
    private static func text(_ octets: Span<UInt8>) throws(PercentCodingError) -> String {
        do {
            return String(copying: try UTF8Span(validating: octets))
        } catch {
            throw .invalidUTF8
        }
    }
}
