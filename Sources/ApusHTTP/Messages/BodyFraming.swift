extension HTTP {
    /// How a request's content is delimited (RFC 9112 §6).
    package enum BodyFraming: Hashable, Sendable {
        /// There is no content.
        case none
        /// As many octets as Content-Length says, at least one.
        case length(Int)
        /// Chunks, and perhaps trailers after them.
        case chunked
    }
}
