public import ApusHTTP

/// What a handler may return.
///
/// Text, a `Response`, `JSON`, a status, octets, an optional of these (nil is 404), and any `Encodable` type of yours that declares
/// this conformance, which is then sent as JSON.
public protocol ResponseConvertible: SendableMetatype {
    /// The response to `request`.
    func response(to request: Request) throws -> Response
}

extension Response: ResponseConvertible {
    /// The response itself.
    public func response(to request: Request) -> Response { self }
}

extension String: ResponseConvertible {
    /// 200 with the text as `text/plain; charset=utf-8`.
    public func response(to request: Request) -> Response { Response(text: self) }
}

extension HTTP.Status: ResponseConvertible {
    /// The bare status.
    public func response(to request: Request) -> Response { Response(self) }
}

extension Array: ResponseConvertible where Element: Encodable {
    /// 200 with the elements as a JSON array.
    public func response(to request: Request) throws -> Response { try JSON.response(encoding: self) }
}

extension Optional: ResponseConvertible where Wrapped: ResponseConvertible {
    /// The wrapped value's response.
    ///
    /// - Throws: `Problem` 404 for nil.
    public func response(to request: Request) throws -> Response {
        guard let self else { throw Problem(.notFound) }
        return try self.response(to: request)
    }
}

extension ResponseConvertible where Self: Encodable {
    /// 200 with the value as JSON.
    public func response(to request: Request) throws -> Response { try JSON.response(encoding: self) }
}
