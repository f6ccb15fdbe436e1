/// What a handler may take as its second parameter: the content of the request, all of it, before the handler is called.
///
/// Octets, text, and any `Decodable` type of yours that declares this conformance, which is then read as JSON.
///
/// ```swift
/// struct Order: Decodable, RequestContent { let item: String, count: Int }
///
/// Post("/orders") { (request, order: Order) in "\(order.count) of \(order.item) for \(request.user.name)" }
/// ```
/// A request with more content than the limit of its route is answered with 413.
public protocol RequestContent: Sendable {
    /// Reads the content of a request.
    ///
    /// - Throws: `Problem` 400 for content that is malformed.
    init(content octets: [UInt8], of request: Request) throws
}

extension Array: RequestContent where Element == UInt8 {
    /// The octets as they came.
    public init(content octets: [UInt8], of request: Request) { self = octets }
}

extension String: RequestContent {
    /// The content as UTF-8 text.
    ///
    /// - Throws: `Problem` 400 when it is not UTF-8.
    public init(content octets: [UInt8], of request: Request) throws { self = try RequestBody.text(of: octets) }
}

extension RequestContent where Self: Decodable {
    /// The content as JSON.
    ///
    /// - Throws: `Problem` 400, which names the member at fault, when it is not JSON of this type.
    public init(content octets: [UInt8], of request: Request) throws { self = try RequestBody.decode(octets) }
}
