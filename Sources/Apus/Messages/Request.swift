public import ApusHTTP

/// What a client asked for, as a handler sees it, whatever protocol brought it.
///
/// A value: middleware that changes its copy changes what the rest of the chain sees, and nothing else.
public struct Request: Sendable {
    /// The parts, in one place: a request travels through many hands, and each passes on one reference.
    ///
    /// `@unchecked Sendable`: nobody changes them but who has the only reference to them, which makes the checks of exclusivity idle, too.
    private final class Parts: @unchecked Sendable {
        /// Nil only while the request is over, and its memory waits for another.
        @exclusivity(unchecked) var head: HTTP.RequestHead?
        @exclusivity(unchecked) var body: RequestBody
        /// Nil only then, too.
        @exclusivity(unchecked) var connection: ConnectionContext?
        @exclusivity(unchecked) var destination: Destination
        @exclusivity(unchecked) var context = RequestContext()

        init(
            head: consuming HTTP.RequestHead?, body: consuming RequestBody, connection: consuming ConnectionContext?,
            destination: consuming Destination
        ) {
            self.head = head
            self.body = body
            self.connection = connection
            self.destination = destination
        }

        func copy() -> Parts {
            let copy = Parts(head: head, body: body, connection: connection, destination: destination.copy())
            copy.context = context
            return copy
        }
    }

    /// Where a request goes.
    ///
    /// Whoever would have a copy of the route counts references to it and to what it holds; here it is begun where it stands.
    private struct Destination: ~Copyable {
        /// Until it was looked for, that of the request before.
        private(set) var route: CompiledRoute?
        private(set) var segments = RouteSegments()
        /// In place of a route.
        private var fallback: RouteHandler?

        init() {}

        private init(_ route: CompiledRoute?, _ segments: RouteSegments, _ fallback: RouteHandler?) {
            self.route = route
            self.segments = segments
            self.fallback = fallback
        }

        func copy() -> Destination { Destination(route, segments, fallback) }

        @inline(__always)
        mutating func seek(_ head: HTTP.RequestHead, in table: RouteTable, of responder: Responder) {
            if table.findLiteral(for: head, into: &route) {
                segments = RouteSegments()
                if fallback != nil { fallback = nil }
            } else {
                seekOther(head, in: table, of: responder)
            }
        }

        @inline(never)
        private mutating func seekOther(_ head: HTTP.RequestHead, in table: RouteTable, of responder: Responder) {
            fallback = responder.fallback(for: head, by: table, insteadOf: &route, &segments)
            if fallback != nil { (route, segments) = (nil, RouteSegments()) }
        }

        var handler: RouteHandler? { route?.handler ?? fallback }

        @inline(__always)
        func begin<Result>(
            _ request: borrowing Request, answered: (Response) -> Result, waiting: (RouteHandler.Rest) -> Result
        ) throws -> Result? {
            // No `if let`: it would copy the route.
            route != nil
                ? try route?.handler.begin(request, answered: answered, waiting: waiting)
                : try fallback?.begin(request, answered: answered, waiting: waiting)
        }
    }

    private var parts: Parts
    /// Apart from the rest, because every request that passes a guard gets one.
    private var principal: Principal?

    package init(head: HTTP.RequestHead, body: RequestBody, connection: ConnectionContext) {
        parts = Parts(head: head, body: body, connection: connection, destination: Destination())
    }

    /// Memory for a request.
    init() {
        parts = Parts(head: nil, body: .empty, connection: nil, destination: Destination())
    }

    /// Becomes a request without content, in memory that is new or that `forget()` has emptied.
    ///
    /// - Parameter connection: moved here and back, so that nobody counts a reference to it.
    @inline(__always)
    mutating func become(_ head: consuming HTTP.RequestHead, from connection: consuming ConnectionContext) {
        parts.head = head
        parts.connection = connection
    }

    /// Finds where the request goes that is about to have `head`.
    @inline(__always)
    mutating func seek(_ head: HTTP.RequestHead, in table: RouteTable, of responder: Responder) {
        parts.destination.seek(head, in: table, of: responder)
    }

    /// Drops what the request is made of, so that its memory can be that of another one; only the route, which the next one often has,
    /// too, stays so long.
    ///
    /// - Parameter connection: becomes what is known of the connection.
    /// - Returns: the head; nil when somebody else has the request, too, to whom nothing happens.
    @inline(__always)
    mutating func forget(_ connection: inout ConnectionContext?) -> HTTP.RequestHead? {
        guard isKnownUniquelyReferenced(&parts) else {
            connection = parts.connection
            return nil
        }
        if !parts.body.isNone { parts.body = .empty }
        if !parts.context.isEmpty { parts.context = RequestContext() }
        if principal != nil { principal = nil }
        connection = parts.connection.take()
        return parts.head.take()
    }

    /// The parts, to be changed.
    private var ownParts: Parts {
        mutating get {
            if !isKnownUniquelyReferenced(&parts) { parts = parts.copy() }
            return parts
        }
    }

    /// Method, target and header fields.
    public var head: HTTP.RequestHead {
        get { parts.head ?? HTTP.RequestHead() }
        set { ownParts.head = newValue }
    }

    /// The content, which arrives while it is read.
    public var body: RequestBody {
        get { parts.body }
        set { ownParts.body = newValue }
    }

    /// Who asks, as the route's authentication schemes found out; `.anonymous` on a route without one.
    public var user: Principal {
        get { principal ?? .anonymous }
        set { principal = newValue }
    }

    /// Values that middleware leaves for the handlers behind it.
    public var context: RequestContext {
        get { parts.context }
        set { ownParts.context = newValue }
    }

    /// The connection that brought the request.
    public var connection: ConnectionContext {
        guard let connection = parts.connection else { preconditionFailure("the request is over") }
        return connection
    }

    /// The server that answers; nil in process, where none listens.
    public var server: RunningServer? { parts.connection?.server }

    /// The route that matched.
    var compiledRoute: CompiledRoute? { parts.destination.route }

    /// Where in the path the values of the route's segments stand.
    var segments: RouteSegments { parts.destination.segments }

    /// Finds where the request goes.
    mutating func seek(in table: RouteTable, of responder: Responder) {
        let head = head
        ownParts.destination.seek(head, in: table, of: responder)
    }

    /// What answers the request; nil before anybody has looked for it.
    var handler: RouteHandler? { parts.destination.handler }

    /// Has what answers the request go as far as it can without waiting; nil before anybody has looked for it.
    @inline(__always)
    func begin<Result>(
        answered: (Response) -> Result, waiting: (RouteHandler.Rest) -> Result
    ) throws -> Result? {
        try parts.destination.begin(self, answered: answered, waiting: waiting)
    }

    /// Values of the route's `{name}` segments.
    public var parameters: Parameters { Parameters(of: self) }

    /// The template of the route that matched, such as `/users/{id}`; nil when none did.
    public var route: String? { compiledRoute?.definition.template }

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
