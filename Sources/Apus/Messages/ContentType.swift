/// A media type with its parameters, as it stands in Content-Type (RFC 9110 §8.3).
public struct ContentType: Sendable, Hashable, ExpressibleByStringLiteral, CustomStringConvertible {
    /// The field value.
    public let value: String

    /// `text/plain; charset=utf-8`
    public static let text: ContentType = "text/plain; charset=utf-8"
    /// `text/html; charset=utf-8`
    public static let html: ContentType = "text/html; charset=utf-8"
    /// `application/json; charset=utf-8`
    public static let json: ContentType = "application/json; charset=utf-8"
    /// `application/problem+json; charset=utf-8` (RFC 9457)
    public static let problem: ContentType = "application/problem+json; charset=utf-8"
    /// `application/octet-stream`
    public static let octets: ContentType = "application/octet-stream"

    /// Takes a literal; one that cannot stand in a header field is a programmer's mistake.
    public init(stringLiteral value: String) {
        precondition(Self.isValid(value), "'\(value)' cannot stand in a Content-Type field")
        self.value = value
    }

    /// Takes a value that is only known at run time; nil when it cannot stand in a header field.
    public init?(validating value: String) {
        guard Self.isValid(value) else { return nil }
        self.value = value
    }

    /// A type, a slash, a subtype, and nothing that could end the field (RFC 9110 §5.5).
    private static func isValid(_ value: String) -> Bool {
        value.utf8.allSatisfy { 0x20...0x7E ~= $0 } && value.contains("/") && !value.hasPrefix("/")
    }

    public var description: String { value }
}
