package import ApusHTTP

/// The routes compiled to a trie: immutable, so that every connection reads it without asking anyone.
///
/// At each segment a literal wins over `{name:int}` and `{name:uuid}`, these over `{name}`, and all over `{name...}`; where the better way
/// leads nowhere, the next is tried.
package final class RouteTable: Sendable {
    /// One level of the trie, in numbers alone: looking at one touches no reference count.
    private struct Node {
        var hasLiterals = false
        /// The children for `{name:int}`, `{name:uuid}` and `{name}`.
        var int = Node.none
        var uuid = Node.none
        var text = Node.none
        var rest = Node.none
        /// In `endpoints`.
        var endpoint = Node.none

        static let none = -1
    }

    private let nodes: [Node]
    private let literals: LiteralTable
    /// The endpoints of whole paths without parameters: a route of which wins over all others, and is found in one step.
    private let literalPaths: LiteralTable
    private let endpoints: [RouteEndpoint]

    /// - Throws: `RoutingError` for the first route that cannot be served as written.
    init(_ definitions: [RouteDefinition], _ middleware: [any Middleware]) throws(RoutingError) {
        let tree = RouteTree(around: middleware)
        for definition in definitions { try tree.add(definition) }
        var nodes: [Node] = []
        var literals: [LiteralTable.Entry] = []
        var literalPaths: [LiteralTable.Entry] = []
        var endpoints: [RouteEndpoint] = []

        /// - Parameter path: how the tree is reached; nil through a parameter.
        func place(_ tree: RouteTree, at path: String?) -> Int {
            let index = nodes.count
            nodes.append(Node())
            if !tree.routes.isEmpty {
                nodes[index].endpoint = endpoints.count
                if let path {
                    let octets = Array((path.isEmpty ? "/" : path).utf8)
                    literalPaths.append(LiteralTable.Entry(parent: 0, octets: octets, child: endpoints.count))
                }
                endpoints.append(RouteEndpoint(tree.routes))
            }
            nodes[index].int = tree.parameters[.int].map { place($0, at: nil) } ?? Node.none
            nodes[index].uuid = tree.parameters[.uuid].map { place($0, at: nil) } ?? Node.none
            nodes[index].text = tree.parameters[.text].map { place($0, at: nil) } ?? Node.none
            nodes[index].rest = tree.rest.map { place($0, at: nil) } ?? Node.none
            nodes[index].hasLiterals = !tree.literals.isEmpty
            // A dictionary's own order differs from one process to the next.
            for (literal, child) in tree.literals.sorted(by: { $0.key < $1.key }) {
                let child = place(child, at: path.map { "\($0)/\(literal)" })
                literals.append(LiteralTable.Entry(parent: index, octets: Array(literal.utf8), child: child))
            }
            return index
        }

        _ = place(tree, at: "")
        self.nodes = nodes
        self.literals = LiteralTable(literals)
        self.literalPaths = LiteralTable(literalPaths)
        self.endpoints = endpoints
    }

    private init(_ other: RouteTable, _ endpoints: [RouteEndpoint]) {
        nodes = other.nodes
        literals = other.literals
        literalPaths = other.literalPaths
        self.endpoints = endpoints
    }

    /// The same routes, for whoever is alone with them.
    ///
    /// Each request counts references to its route, though not to what that holds. Threads that count the same ones have to wait for each
    /// other's caches every time, which on many cores costs more than all the rest: so every event loop has routes of its own.
    func copy() -> RouteTable { RouteTable(self, endpoints.map { $0.copy() }) }

    // MARK: Matching

    /// What a search has come to.
    package enum Finding {
        case route
        /// The path is known, the method is not: these are.
        case methodNotAllowed(allowed: [HTTP.Method])
        case notFound
    }

    /// Finds the route of a plain path without parameters in one step.
    ///
    /// - Parameter route: becomes the route.
    /// - Returns: false when there is no such route, which says no more than that it is to be looked for otherwise.
    @inline(__always)
    func findLiteral(for head: HTTP.RequestHead, into route: inout CompiledRoute?) -> Bool {
        guard head.isPathPlain else { return false }
        var found = Node.none
        head.withPath { octets in found = literalPaths.child(of: 0, for: octets) ?? Node.none }
        guard hasRoute(for: head, at: found) else { return false }
        enter(found, for: head, into: &route)
        return true
    }

    /// Finds the route of any path.
    ///
    /// - Parameters:
    ///   - route: becomes the route, when there is one.
    ///   - segments: become those of the route.
    /// - Throws: `PathError` for a path that no route should see.
    package func find(
        _ head: HTTP.RequestHead, into route: inout CompiledRoute?, _ segments: inout RouteSegments
    ) throws(PathError) -> Finding {
        let path = try RequestPath(of: head)
        var search = Search(path: path)
        var found = Node.none
        path.withOctets(of: head) { octets in
            // `OPTIONS *` and CONNECT have no path, and so no route.
            if !octets.isEmpty { found = find(head, octets, at: 0, after: 0, &search) }
        }
        guard found != Node.none else { return search.allowed.map { .methodNotAllowed(allowed: $0) } ?? .notFound }
        enter(found, for: head, into: &route)
        segments = RouteSegments(search.values, of: path)
        return .route
    }

    /// What is looked for, and what has been found on the way.
    private struct Search {
        let path: RequestPath
        var values = PathValues()
        /// The methods of the paths that fit; nil when there are none.
        var allowed: [HTTP.Method]?
    }

    /// The endpoint below node `index` for what follows the slash at `slash` of the path's octets; none when no way leads to a route.
    private func find(
        _ head: HTTP.RequestHead, _ octets: Span<UInt8>, at index: Int, after slash: Int, _ search: inout Search
    ) -> Int {
        let node = nodes[index]
        guard let segment = search.path.segment(of: octets, after: slash) else {
            return end(at: node.endpoint, for: head, &search)
        }
        if node.hasLiterals, let child = literals.child(of: index, for: octets.extracting(segment)) {
            let found = find(head, octets, at: child, after: segment.upperBound, &search)
            if found != Node.none { return found }
        }
        var found = find(head, octets, at: node.int, behind: segment, as: .int, &search)
        if found == Node.none { found = find(head, octets, at: node.uuid, behind: segment, as: .uuid, &search) }
        if found == Node.none { found = find(head, octets, at: node.text, behind: segment, as: .text, &search) }
        if found != Node.none { return found }
        guard node.rest != Node.none else { return Node.none }
        search.values.append(segment.lowerBound..<octets.count)
        found = end(at: nodes[node.rest].endpoint, for: head, &search)
        if found == Node.none { search.values.removeLast() }
        return found
    }

    /// The same below the node of a parameter that takes `value`; none without a node.
    private func find(
        _ head: HTTP.RequestHead, _ octets: Span<UInt8>, at index: Int, behind value: Range<Int>,
        as kind: ParameterKind, _ search: inout Search
    ) -> Int {
        guard index != Node.none, kind.matches(octets.extracting(value)) else { return Node.none }
        search.values.append(value)
        let found = find(head, octets, at: index, after: value.upperBound, &search)
        if found == Node.none { search.values.removeLast() }
        return found
    }

    /// The endpoint, if it has a route for the method; otherwise its methods are noted.
    private func end(at endpoint: Int, for head: HTTP.RequestHead, _ search: inout Search) -> Int {
        guard endpoint != Node.none else { return Node.none }
        if hasRoute(for: head, at: endpoint) { return endpoint }
        let known = search.allowed ?? []
        search.allowed = known + endpoints[endpoint].allowed.filter { !known.contains($0) }
        return Node.none
    }

    /// Whether there is an endpoint with a route for the method.
    @inline(__always)
    private func hasRoute(for head: HTTP.RequestHead, at endpoint: Int) -> Bool {
        guard endpoint != Node.none else { return false }
        if head.isForGet { return endpoints[endpoint].hasRouteForGet }
        return endpoints[endpoint].route(for: head.method) != nil
    }

    /// Has `route` become that of an endpoint which has one.
    ///
    /// When it is that already, as it often is after a request before, no reference is counted.
    @inline(__always)
    private func enter(_ endpoint: Int, for head: HTTP.RequestHead, into route: inout CompiledRoute?) {
        guard head.isForGet, endpoints[endpoint].get != nil else {
            route = endpoints[endpoint].route(for: head.method)
            return
        }
        if route !== endpoints[endpoint].get { route = endpoints[endpoint].get }
    }
}

/// The routes of one path, by their methods.
private final class RouteEndpoint: Sendable {
    let get: CompiledRoute?
    private let others: [(method: HTTP.Method, route: CompiledRoute)]
    private let anyMethod: CompiledRoute?
    /// In the order of declaration; HEAD wherever GET is (RFC 9110 §9.3.2).
    let allowed: [HTTP.Method]

    init(_ routes: [CompiledRoute]) {
        get = routes.first { $0.definition.method == .get }
        anyMethod = routes.first { $0.definition.method == nil }
        others = routes.compactMap { route in
            route.definition.method.flatMap { $0 == .get ? nil : ($0, route) }
        }
        var allowed: [HTTP.Method] = []
        for case let method? in routes.map(\.definition.method) {
            allowed.append(method)
            if method == .get && !routes.contains(where: { $0.definition.method == .head }) { allowed.append(.head) }
        }
        self.allowed = allowed
    }

    private init(
        get: CompiledRoute?, others: [(method: HTTP.Method, route: CompiledRoute)], anyMethod: CompiledRoute?,
        allowed: [HTTP.Method]
    ) {
        self.get = get
        self.others = others
        self.anyMethod = anyMethod
        self.allowed = allowed
    }

    var hasRouteForGet: Bool { self.get != nil || anyMethod != nil }

    func copy() -> RouteEndpoint {
        RouteEndpoint(
            get: get?.copy(), others: others.map { ($0.method, $0.route.copy()) }, anyMethod: anyMethod?.copy(),
            allowed: allowed)
    }

    func route(for method: HTTP.Method) -> CompiledRoute? {
        if case .get = method, let get { return get }
        for other in others where other.method == method { return other.route }
        // HEAD is GET without the content, which the connection leaves out.
        if method == .head, let get { return get }
        return anyMethod
    }
}
