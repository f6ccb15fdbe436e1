extension HTTP {
    /// A protocol version whose messages this server reads.
    public enum Version: Hashable, Sendable, CustomStringConvertible {
        /// HTTP/1.0; connections close after one exchange unless both sides ask otherwise.
        case http10
        /// HTTP/1.1, and every later minor version of HTTP/1 (RFC 9110 §2.5).
        case http11

        /// The version as it stands in a request line, such as `HTTP/1.1`.
        public var description: String {
            switch self {
            case .http10: "HTTP/1.0"
            case .http11: "HTTP/1.1"
            }
        }
    }
}
