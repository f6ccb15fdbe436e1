public import ApusHTTP

/// What a handler answers: a status, header fields and content.
public struct Response: Sendable {
    /// A response's status code (RFC 9110 §15).
    public typealias Status = HTTP.Status

    /// The media type of a response's content (RFC 9110 §8.3).
    public typealias ContentType = HTTP.ContentType

    /// The status code.
    ///
    /// Interim ones (1xx) are the server's own: a handler that answers with one is answered for with 500.
    public var status: Status

    /// The content's media type; a Content-Type among `headers` wins over it.
    public var contentType: ContentType?

    /// Header fields.
    ///
    /// Content-Length, Transfer-Encoding and Connection are the server's own: such lines are not sent.
    public var headers: HTTP.Fields {
        get { ownHeaders ?? HTTP.Fields() }
        _modify {
            // Moved out and back, so that what is changed in place is not copied first.
            var fields = ownHeaders.take() ?? HTTP.Fields()
            defer { ownHeaders = fields }
            yield &fields
        }
    }

    /// Nil while nobody has set any: most responses have none, and none costs nothing to pass on.
    private(set) var ownHeaders: HTTP.Fields?

    /// The content.
    public var body: ResponseBody

    package private(set) var asksToClose = false
}

// The initializers stand apart, so that they come down to the one that takes every member: a structure of this size that is filled in
// member by member is copied once it is complete.
extension Response {
    /// A response without content, or with the content given.
    public init(
        _ status: Status = .ok, headers: HTTP.Fields = HTTP.Fields(), contentType: ContentType? = nil,
        body: ResponseBody = .empty
    ) {
        self.init(
            status: status, contentType: contentType, ownHeaders: headers.isEmpty ? nil : headers, body: body)
    }

    /// Text in UTF-8.
    public init(_ status: Status = .ok, text: String, contentType: ContentType = .text) {
        self.init(status: status, contentType: contentType, body: .text(text))
    }

    /// A page in UTF-8.
    public init(_ status: Status = .ok, html: String) {
        self.init(status, contentType: .html, body: .text(html))
    }

    /// Octets of any kind.
    public init(_ status: Status = .ok, octets: [UInt8], contentType: ContentType = .octets) {
        self.init(status: status, contentType: contentType, body: .octets(octets))
    }

    /// Content that is made while it is sent; a client that reads slowly suspends `produce`.
    ///
    /// It goes out chunked (RFC 9112 §7.1), or until the connection closes for a client of HTTP/1.0. When `produce` throws,
    /// the connection is reset, so that the client cannot take what it got for all there was.
    public init(
        _ status: Status = .ok, contentType: ContentType = .octets,
        streaming produce: nonisolated(nonsending) @escaping @Sendable (ResponseWriter) async throws -> Void
    ) {
        self.init(status, contentType: contentType, body: .stream(produce))
    }

    /// Chunks that come over time, sent as they come; otherwise as `init(_:contentType:streaming:)`.
    public init<Chunks: AsyncSequence & Sendable>(
        _ status: Status = .ok, contentType: ContentType = .octets, stream chunks: Chunks
    ) where Chunks.Element == [UInt8] {
        self.init(status, contentType: contentType) { writer in
            for try await chunk in chunks { try await writer.write(chunk) }
        }
    }

    /// Sends the client elsewhere.
    ///
    /// - Throws: `HTTP.FieldError` when `location` cannot stand in a header field.
    public static func redirect(to location: String, _ status: Status = .found) throws -> Response {
        var response = Response(status)
        try response.headers.set(.location, location)
        return response
    }

    /// Closes the connection after this response, where HTTP/1.1 brought the request.
    ///
    /// Says so with `Connection: close`, which is the one thing that a handler can say in that field.
    public func closingConnection() -> Response {
        var response = self
        response.asksToClose = true
        return response
    }

    /// The same response with one more header field, in place of others of that name.
    ///
    /// - Throws: `HTTP.FieldError` when `value` has characters that cannot stand in a header field.
    public func header(_ name: HTTP.FieldName, _ value: String) throws -> Response {
        var response = self
        try response.headers.set(name, value)
        return response
    }
}
