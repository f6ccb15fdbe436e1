extension HTTP {
    /// A media type with its parameters, as it stands in Content-Type (RFC 9110 §8.3).
    public struct ContentType: Sendable, Hashable, ExpressibleByStringLiteral, CustomStringConvertible {
        /// The field value.
        public let value: String

        /// The whole field line, made once: a response only copies it.
        let line: OctetBuffer

        /// Takes a literal; one that cannot stand in a header field is a programmer's mistake.
        public init(stringLiteral value: String) {
            precondition(Self.isValid(value), "'\(value)' cannot stand in a Content-Type field")
            self.init(valid: value)
        }

        /// Takes a value that is only known at run time; nil when it cannot stand in a header field.
        public init?(validating value: String) {
            guard Self.isValid(value) else { return nil }
            self.init(valid: value)
        }

        private init(valid value: String) {
            self.value = value
            line = OctetBuffer("Content-Type: \(value)\r\n".utf8)
        }

        /// A type, a slash, a subtype, and nothing that could end the field (RFC 9110 §5.5).
        private static func isValid(_ value: String) -> Bool {
            value.utf8.allSatisfy { 0x20...0x7E ~= $0 } && value.contains("/") && !value.hasPrefix("/")
        }

        /// The field value.
        public var description: String { value }
    }
}

extension HTTP.ContentType {
    /// Field value `text/plain; charset=utf-8`.
    public static let text: HTTP.ContentType = "text/plain; charset=utf-8"
    /// Field value `text/html; charset=utf-8`.
    public static let html: HTTP.ContentType = "text/html; charset=utf-8"
    /// Field value `application/json; charset=utf-8`.
    public static let json: HTTP.ContentType = "application/json; charset=utf-8"
    /// Field value `application/problem+json` (RFC 9457), which has no parameters.
    public static let problem: HTTP.ContentType = "application/problem+json"
    /// Field value `application/octet-stream`.
    public static let octets: HTTP.ContentType = "application/octet-stream"
}
