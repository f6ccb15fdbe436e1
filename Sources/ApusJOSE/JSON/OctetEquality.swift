extension String {
    /// Whether both are the same octets in UTF-8.
    ///
    /// `==` holds for canonically equivalent strings too (U+212A KELVIN SIGN equals `K`), whereas JSON names and JWT
    /// values are compared without normalisation (RFC 8259 §8.3, RFC 7519 §7.3).
    package func hasSameOctets(as other: String) -> Bool {
        let (first, second) = (utf8, other.utf8)
        guard first.count == second.count else { return false }
        let (own, others) = (first.span, second.span)
        var difference: UInt8 = 0
        for index in 0..<own.count { difference |= own[unchecked: index] ^ others[unchecked: index] }
        return difference == 0
    }
}
