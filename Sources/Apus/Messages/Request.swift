public import ApusHTTP

/// What a client asked for, as a handler sees it, whatever protocol brought it.
///
/// A value: middleware that changes its copy changes what the rest of the chain sees, and nothing else.
public struct Request: Sendable {
    /// The parts, in one place: a request travels through many hands, and each passes on one reference.
    private final class Parts: Sendable {
        let head: HTTP.RequestHead
        let body: RequestBody
        let connection: ConnectionContext
        let match: RouteMatch?
        let context: RequestContext

        init(
            head: HTTP.RequestHead, body: RequestBody, connection: ConnectionContext, match: RouteMatch?,
            context: RequestContext
        ) {
            self.head = head
            self.body = body
            self.connection = connection
            self.match = match
            self.context = context
        }
    }

    private var parts: Parts
    /// Apart from the rest, because every request that passes a guard gets one.
    private var principal: Principal?

    package init(head: HTTP.RequestHead, body: RequestBody, connection: ConnectionContext) {
        self.init(head: head, body: body, connection: connection, match: nil)
    }

    init(head: HTTP.RequestHead, body: RequestBody, connection: ConnectionContext, match: RouteMatch?) {
        parts = Parts(
            head: head, body: body, connection: connection, match: match, context: RequestContext())
    }

    /// The same request, with what is given in place of what it had.
    private func with(
        head: HTTP.RequestHead? = nil, body: RequestBody? = nil, match: RouteMatch? = nil,
        context: RequestContext? = nil
    ) -> Parts {
        Parts(
            head: head ?? parts.head, body: body ?? parts.body, connection: parts.connection,
            match: match ?? parts.match, context: context ?? parts.context)
    }

    /// Method, target and header fields.
    public var head: HTTP.RequestHead {
        get { parts.head }
        set { parts = with(head: newValue) }
    }

    /// The content, which arrives while it is read.
    public var body: RequestBody {
        get { parts.body }
        set { parts = with(body: newValue) }
    }

    /// Who asks, as the route's authentication schemes found out; `.anonymous` on a route without one.
    public var user: Principal {
        get { principal ?? .anonymous }
        set { principal = newValue }
    }

    /// Values that middleware leaves for the handlers behind it.
    public var context: RequestContext {
        get { parts.context }
        set { parts = with(context: newValue) }
    }

    /// The connection that brought the request.
    public var connection: ConnectionContext { parts.connection }

    /// The server that answers; nil in process, where none listens.
    public var server: RunningServer? { parts.connection.server }

    /// The route that matched, and what its segments were.
    var match: RouteMatch? {
        get { parts.match }
        set { parts = with(match: newValue) }
    }

    /// Values of the route's `{name}` segments.
    public var parameters: Parameters { Parameters(of: self) }

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
