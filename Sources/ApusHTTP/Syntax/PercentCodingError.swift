/// Why percent-encoded octets are no text.
package enum PercentCodingError: Error, Hashable, Sendable, CustomStringConvertible {
    /// A `%` has no two hexadecimal digits after it.
    case malformedEscape
    /// There is a NUL, escaped or not: C interfaces would end the text there.
    case nul
    /// The octets are not UTF-8.
    case invalidUTF8

    package var description: String {
        switch self {
        case .malformedEscape: "Expected two hexadecimal digits after % (RFC 3986 §2.1)."
        case .nul: "Expected text without NUL, found one."
        case .invalidUTF8: "Expected UTF-8 after percent-decoding, found other octets (RFC 3629)."
        }
    }
}
