extension HTTP {
    /// Why a field was refused before it could reach a message.
    public enum FieldError: Error, Hashable, Sendable, CustomStringConvertible {
        /// The name is empty or holds a character that is not allowed in a token (RFC 9110 §5.6.2).
        case invalidName
        /// The value of the named field holds a control character other than HTAB, or is too long (RFC 9110 §5.5).
        case invalidValue(HTTP.FieldName)

        /// What was expected; never holds the value, which may be secret or hostile.
        public var description: String {
            switch self {
            case .invalidName:
                "A field name is one or more letters, digits or characters of !#$%&'*+-.^_`|~ (RFC 9110 §5.6.2)."
            case .invalidValue(let name):
                "The value of \(name) must have no CR, LF, NUL or other control character apart from HTAB, "
                    + "and all fields together must stay below 4 GiB (RFC 9110 §5.5)."
            }
        }
    }
}
