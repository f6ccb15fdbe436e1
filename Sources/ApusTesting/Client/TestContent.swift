public import Apus

/// The content of a test's request; a string literal is text.
public struct TestContent: Sendable, ExpressibleByStringInterpolation {
    enum Form: Sendable {
        case whole([UInt8])
        case chunked([[UInt8]])
    }

    let form: Form

    /// Sent unless the request names another.
    let contentType: HTTP.ContentType

    /// Text in UTF-8, with its length announced.
    public init(stringLiteral text: String) {
        self = .text(text)
    }

    /// Text in UTF-8, with its length announced.
    public static func text(_ text: String, contentType: HTTP.ContentType = .text) -> TestContent {
        octets(Array(text.utf8), contentType: contentType)
    }

    /// JSON, with its length announced: `.json(["name": "Ada"])`.
    public static func json(_ value: JSONValue) -> TestContent {
        octets(value.serialized(), contentType: .json)
    }

    /// Octets of any kind, with their number announced.
    public static func octets(_ octets: [UInt8], contentType: HTTP.ContentType = .octets) -> TestContent {
        TestContent(form: .whole(octets), contentType: contentType)
    }

    /// Octets in the chunks given, whose total is not announced (RFC 9112 §7.1).
    public static func chunked(_ chunks: [[UInt8]], contentType: HTTP.ContentType = .octets) -> TestContent {
        TestContent(form: .chunked(chunks), contentType: contentType)
    }
}

extension TestContent {
    private init(form: Form, contentType: HTTP.ContentType) {
        self.form = form
        self.contentType = contentType
    }
}
