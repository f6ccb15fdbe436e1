public import ApusHTTP
import Synchronization

/// The actor that owns the routes: whoever changes them awaits it, and connections read the table that it publishes.
public actor Router {
    private var definitions: [RouteDefinition]
    nonisolated let published: Published<RouteTable>
    /// Stands around every request, whether a route answers it or none.
    nonisolated let middleware: [any Middleware]

    /// - Throws: an error that names the place in the source of the route that cannot be served as written.
    init(_ routes: Routes, middleware: [any Middleware]) throws {
        self.middleware = middleware
        definitions = routes.definitions
        published = Published(try RouteTable(routes.definitions, middleware))
    }

    /// Adds routes; requests that arrive from now on see them.
    ///
    /// - Throws: an error that names both places in the source when a route is there already; then nothing has changed.
    public func add(@RouteBuilder _ content: @Sendable () -> Routes) throws {
        let changed = definitions + content().definitions
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

/// One route in words.
public struct RouteSummary: Sendable, Hashable {
    /// The method; nil for a route that answers every method.
    public let method: HTTP.Method?
    /// The path with its parameters, such as `/users/{id}`.
    public let path: String
    /// The names of the authentication schemes, any one of which suffices.
    public let schemes: [String]
    /// The names of the policies, all of which must hold.
    public let policies: [String]

    init(_ definition: RouteDefinition) {
        method = definition.method
        path = definition.template
        schemes = definition.schemes.map(\.name)
        policies = definition.policies.map(\.name)
    }
}

/// A value that one actor replaces and everyone reads.
final class Published<Value: AnyObject & Sendable>: Sendable {
    private let value: Mutex<Value>
    private let version = Atomic<Int>(0)

    init(_ value: Value) {
        self.value = Mutex(value)
    }

    func publish(_ new: Value) {
        value.withLock { $0 = new }
        version.add(1, ordering: .releasing)
    }

    var current: Value { value.withLock { $0 } }

    /// Brings `reader` up to date; costs one load when nothing has changed.
    func refresh(_ reader: inout Reader) -> Value {
        let latest = version.load(ordering: .acquiring)
        if latest != reader.version {
            reader.value = current
            reader.version = latest
        }
        return reader.value
    }

    /// What one reader saw last.
    struct Reader {
        fileprivate var value: Value
        fileprivate var version: Int
    }

    func reader() -> Reader {
        let seen = version.load(ordering: .acquiring)
        return Reader(value: current, version: seen)
    }
}
