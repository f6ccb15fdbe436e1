public import ApusHTTP

/// The actor that owns the routes: whoever changes them awaits it, and connections read the table that it publishes.
public actor Router {
    private var definitions: [RouteDefinition]
    nonisolated let published: Published<RouteTable>
    /// Stands around every request, whether a route answers it or none.
    nonisolated let middleware: [any Middleware]
    private let fallbackSchemes: [any AuthenticationScheme]

    /// - Parameter fallbackSchemes: those of routes that name none.
    /// - Throws: an error that names the place in the source of the route that cannot be served as written.
    init(_ routes: Routes, middleware: [any Middleware], fallbackSchemes: [any AuthenticationScheme]) throws {
        self.middleware = middleware
        self.fallbackSchemes = fallbackSchemes
        definitions = routes.fallingBack(on: fallbackSchemes).definitions
        published = Published(try RouteTable(definitions, middleware))
    }

    /// Adds routes; requests that arrive from now on see them.
    ///
    /// - Throws: an error that names both places in the source when a route is there already; then nothing has changed.
    public func add(@RouteBuilder _ content: @Sendable () -> Routes) throws {
        let changed = definitions + content().fallingBack(on: fallbackSchemes).definitions
        published.publish(try RouteTable(changed, middleware))
        definitions = changed
    }

    /// Removes the route of `method` with exactly this template, such as `/users/{id}`.
    ///
    /// Requests that it answers already go on.
    /// - Returns: false when there was none.
    @discardableResult
    public func remove(_ method: HTTP.Method, _ path: String) throws -> Bool {
        let template = RouteTemplate.join("", path)
        let changed = definitions.filter { $0.method != method || $0.template != template }
        guard changed.count < definitions.count else { return false }
        published.publish(try RouteTable(changed, middleware))
        definitions = changed
        return true
    }

    /// The routes now served, with the names of what guards them, in the order of their declaration.
    public var summary: [RouteSummary] { definitions.map(RouteSummary.init) }
}
