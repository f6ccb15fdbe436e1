public import ApusHTTP

/// What a client asked for, as a handler sees it, whatever protocol brought it.
///
/// A value: middleware that changes its copy changes what the rest of the chain sees, and nothing else.
public struct Request: Sendable {
    /// Method, target and header fields.
    public var head: HTTP.RequestHead

    /// The content, which arrives while it is read.
    public var body: RequestBody

    /// The route that matched, and what its segments were.
    var match: RouteMatch?

    private var principal: Principal?

    /// The connection that brought the request.
    public let connection: ConnectionContext

    /// Values that middleware leaves for the handlers behind it.
    public var context: RequestContext

    package init(head: HTTP.RequestHead, body: RequestBody, connection: ConnectionContext) {
        self.head = head
        self.body = body
        self.connection = connection
        context = RequestContext()
    }

    /// Who asks, as the route's authentication schemes found out; `.anonymous` on a route without one.
    public var user: Principal {
        get { principal ?? .anonymous }
        set { principal = newValue }
    }

    /// Values of the route's `{name}` segments.
    public var parameters: Parameters { Parameters(match: match) }

    /// The template of the route that matched, such as `/users/{id}`; nil when none did.
    public var route: String? { match?.route.definition.template }

    /// The request method (RFC 9110 §9).
    public var method: HTTP.Method { head.method }

    /// The path as received, percent-encoded.
    public var path: String { head.path }

    /// The header fields; names are compared without regard to case.
    public var headers: HTTP.Fields { head.fields }

    /// The pairs of the query, decoded; empty when there is none.
    ///
    /// - Throws: `Problem` 400 when the query is not well-formed or has more than 1,000 pairs.
    public func query() throws -> HTTP.Query {
        do {
            return try HTTP.Query(head.query ?? "")
        } catch {
            throw Problem(.badRequest, "The query is malformed: \(error)", cause: error)
        }
    }
}
