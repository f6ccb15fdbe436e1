extension HTTP {
    /// Why a query or a form cannot be read.
    public enum QueryError: Error, Hashable, Sendable, CustomStringConvertible {
        /// A name or a value has a `%` without two hexadecimal digits, a NUL, or octets that are not UTF-8.
        case malformedEncoding
        /// There are more items than the limit.
        case tooManyItems(limit: Int)

        /// What was expected; never holds what was found.
        public var description: String {
            switch self {
            case .malformedEncoding: "Expected percent-encoded UTF-8 without NUL in a query, found something else."
            case .tooManyItems(let limit): "Expected at most \(limit) items in a query, found more."
            }
        }
    }
}
