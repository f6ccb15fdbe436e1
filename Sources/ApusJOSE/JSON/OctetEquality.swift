extension Span<UInt8> {
    func hasSameOctets(as other: Span<UInt8>) -> Bool {
        guard count == other.count else { return false }
        // No early exit, so that the loop compiles to vector instructions.
        var difference: UInt8 = 0
        for index in 0..<count { difference |= self[unchecked: index] ^ other[unchecked: index] }
        return difference == 0
    }
}

extension String {
    /// Whether both are the same octets in UTF-8.
    ///
    /// `==` holds for canonically equivalent strings too (U+212A KELVIN SIGN equals `K`), whereas JSON names and JWT
    /// values are compared without normalisation (RFC 8259 §8.3, RFC 7519 §7.3).
    package func hasSameOctets(as other: String) -> Bool {
        let (first, second) = (utf8, other.utf8)
        return first.span.hasSameOctets(as: second.span)
    }
}
