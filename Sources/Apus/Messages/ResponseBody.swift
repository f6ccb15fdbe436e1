/// The content of a response.
public struct ResponseBody: Sendable {
    /// Makes content while it is sent.
    public typealias Producer = nonisolated(nonsending) @Sendable (ResponseWriter) async throws -> Void

    package enum Form: Sendable {
        case empty
        case octets([UInt8])
        case text(String)
        case stream(Producer)
    }

    package let form: Form

    /// No content.
    public static let empty = ResponseBody(form: .empty)

    /// Octets that are ready.
    public static func octets(_ octets: [UInt8]) -> ResponseBody { ResponseBody(form: .octets(octets)) }

    /// Text that is ready; it is sent as UTF-8.
    public static func text(_ text: String) -> ResponseBody { ResponseBody(form: .text(text)) }

    /// Content that is made while it is sent.
    public static func stream(_ produce: @escaping Producer) -> ResponseBody { ResponseBody(form: .stream(produce)) }

    /// The number of octets; nil for a stream.
    public var count: Int? {
        switch form {
        case .empty: 0
        case .octets(let octets): octets.count
        case .text(let text): text.utf8.count
        case .stream: nil
        }
    }
}
