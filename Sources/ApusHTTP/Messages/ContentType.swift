extension HTTP {
    /// A media type with its parameters, as it stands in Content-Type (RFC 9110 §8.3).
    public struct ContentType: Sendable, Hashable, ExpressibleByStringLiteral, CustomStringConvertible {
        /// The usual types hold nothing that is counted: every response has one, on every thread.
        private enum Form {
            case text
            case html
            case json
            case problem
            case octets
            case other(String)
        }

        private let form: Form

        private init(_ form: Form) {
            self.form = form
        }

        /// Takes a literal; one that cannot stand in a header field is a programmer's mistake.
        public init(stringLiteral value: String) {
            precondition(Self.isValid(value), "'\(value)' cannot stand in a Content-Type field")
            form = .other(value)
        }

        /// Takes a value that is only known at run time; nil when it cannot stand in a header field.
        public init?(validating value: String) {
            guard Self.isValid(value) else { return nil }
            form = .other(value)
        }

        /// A type, a slash, a subtype, and nothing that could end the field (RFC 9110 §5.5).
        private static func isValid(_ value: String) -> Bool {
            value.utf8.allSatisfy { 0x20...0x7E ~= $0 } && value.contains("/") && !value.hasPrefix("/")
        }

        /// `text/plain` in UTF-8.
        public static let text = HTTP.ContentType(.text)
        /// `text/html` in UTF-8.
        public static let html = HTTP.ContentType(.html)
        /// `application/json`, with the charset that clients expect there.
        public static let json = HTTP.ContentType(.json)
        /// `application/problem+json` (RFC 9457), which has no parameters.
        public static let problem = HTTP.ContentType(.problem)
        /// `application/octet-stream`.
        public static let octets = HTTP.ContentType(.octets)

        /// The field value.
        public var value: String {
            if case .other(let value) = form { value } else { String(fieldLine.description.dropFirst(14).dropLast()) }
        }

        /// The whole field line of the usual types, where it lies in the program; of others how it begins.
        private var fieldLine: StaticString {
            switch form {
            case .text: "Content-Type: text/plain; charset=utf-8\r\n"
            case .html: "Content-Type: text/html; charset=utf-8\r\n"
            case .json: "Content-Type: application/json; charset=utf-8\r\n"
            case .problem: "Content-Type: application/problem+json\r\n"
            case .octets: "Content-Type: application/octet-stream\r\n"
            case .other: "Content-Type: "
            }
        }

        /// How many octets `encode(into:)` appends.
        var encodedCount: Int {
            let count = fieldLine.utf8CodeUnitCount
            return if case .other(let value) = form { count + value.utf8.count + 2 } else { count }
        }

        /// The usual types by number, so that they are compared at once.
        enum Number {
            case none, text, html, json, problem, octets
            /// Any type that has none of its own.
            case other
        }

        @inline(__always)
        static func number(of contentType: Self?) -> Number {
            switch contentType?.form {
            case nil: .none
            case .text: .text
            case .html: .html
            case .json: .json
            case .problem: .problem
            case .octets: .octets
            case .other: .other
            }
        }

        /// Appends the field line.
        func encode(into out: inout OutputSpan<UInt8>) {
            out.append(literal: fieldLine)
            guard case .other(let value) = form else { return }
            out.append(copying: value.utf8.span)
            out.appendLineEnd()
        }

        /// The field value.
        public var description: String { value }

        /// Two are equal when their values are, however they were made.
        public static func == (first: Self, second: Self) -> Bool { first.value == second.value }

        /// Hashes the field value.
        public func hash(into hasher: inout Hasher) { hasher.combine(value) }
    }
}
