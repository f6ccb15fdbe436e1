public import Apus

/// A response as a test sees it: whole, whatever brought it.
public struct TestResponse: Sendable {
    /// The status code.
    public internal(set) var status = HTTP.Status.ok

    /// The header fields, framing included.
    public internal(set) var headers = HTTP.Fields()

    /// The fields behind chunked content; nil when there were none.
    public internal(set) var trailers: HTTP.Fields?

    /// The content, without the framing of chunks.
    public internal(set) var octets: [UInt8] = []

    /// The statuses of the interim responses that came before, such as 100 (RFC 9110 §15.2).
    public internal(set) var interim: [HTTP.Status] = []

    /// The content as UTF-8; octets that are none become U+FFFD.
    public var text: String { String(decoding: octets, as: UTF8.self) }

    /// The content as JSON.
    ///
    /// - Throws: `TestClientError` with the content's beginning, when it is not JSON.
    public var json: JSONValue {
        get throws {
            do {
                return try JSONValue.parse(octets)
            } catch {
                throw TestClientError("Expected JSON (\(error)), found \(self)")
            }
        }
    }
}

extension TestResponse: CustomStringConvertible {
    /// Status, media type and the first 200 characters of the content.
    public var description: String {
        let type = headers[.contentType] ?? "no Content-Type"
        return "\(status), \(type), \(octets.count) octets: \(text.prefix(200))"
    }
}
