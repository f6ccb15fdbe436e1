/// Where a document stops being JSON and what should have stood there; never what did.
public struct JSONParsingError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What a parser can expect.
    public enum Expectation: String, Hashable, Sendable {
        /// No byte order mark (RFC 8259 §8.1).
        case noByteOrderMark = "no byte order mark"
        /// Well-formed UTF-8 (RFC 8259 §8.1).
        case validUTF8 = "valid UTF-8"
        /// Any value.
        case value = "a value"
        /// A member's name in quotes.
        case name = "a member name in quotes"
        /// A name that the object does not have yet.
        case uniqueName = "a name that is unique in its object"
        /// A colon after a name.
        case colon = "a colon"
        /// A comma or the end of the array or object.
        case commaOrEnd = "a comma or the end of the array or object"
        /// A decimal digit.
        case digit = "a digit"
        /// A number that is not beyond the range of `Double`.
        case finiteNumber = "a number in the range of a 64-bit floating-point value"
        /// The closing quote of a string.
        case closingQuote = "the closing quote of a string"
        /// An escape in place of a control character.
        case escapedControlCharacter = "control characters to be escaped"
        /// One of the escapes of RFC 8259 §7.
        case escape = "an escape that JSON knows"
        /// The other half of a surrogate pair.
        case pairedSurrogate = "surrogates in pairs"
        /// Arrays and objects nested no deeper than the limit.
        case lessDepth = "arrays and objects to be nested less deeply"
        /// The end of the document.
        case end = "the end of the document"
    }

    /// The position of the first octet that does not fit, from 0.
    public let offset: Int
    /// What should have stood there.
    public let expected: Expectation

    /// A sentence for a developer; it quotes nothing of the document.
    public var description: String { "Expected \(expected.rawValue) at octet \(offset)" }
}
