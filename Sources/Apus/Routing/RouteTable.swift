import ApusHTTP

/// The routes compiled to a trie: immutable, so that every connection reads it without asking anyone.
///
/// At each segment a literal wins over `{name:int}` and `{name:uuid}`, these over `{name}`, and all over `{name...}`; where the better way
/// leads nowhere, the next is tried.
package final class RouteTable: Sendable {
    private struct Node: Sendable {
        var literals: [String: Int] = [:]
        /// In the order of `ParameterKind.allCases`.
        var parameters: [(kind: ParameterKind, node: Int)] = []
        var rest: Int?
        var routes: [(method: HTTP.Method?, route: CompiledRoute)] = []
    }

    private let nodes: [Node]
    package let routes: [CompiledRoute]

    /// - Throws: `RoutingError` for the first route that cannot be served as written.
    init(_ definitions: [RouteDefinition]) throws(RoutingError) {
        var nodes = [Node()]
        var compiled: [CompiledRoute] = []
        for definition in definitions {
            let template = try RouteTemplate(definition.template, at: definition.place)
            try Self.check(definition)
            var node = 0
            for segment in template.segments { node = Self.child(of: node, for: segment, in: &nodes) }
            if let other = nodes[node].routes.first(where: { $0.method == definition.method })?.route.definition {
                throw .duplicate(
                    definition.method, definition.template, definition.place, earlier: other.template, other.place)
            }
            let route = CompiledRoute(definition, parameterNames: template.parameterNames)
            nodes[node].routes.append((definition.method, route))
            compiled.append(route)
        }
        self.nodes = nodes
        self.routes = compiled
    }

    private static func check(_ definition: RouteDefinition) throws(RoutingError) {
        if definition.schemes.isEmpty, let policy = definition.policies.first {
            throw .policyWithoutScheme(policy.name, definition.template, definition.place)
        }
        var names: Set<String> = []
        for scheme in definition.schemes where !names.insert(scheme.name).inserted {
            throw .sameName(scheme: scheme.name, definition.template, definition.place)
        }
    }

    private static func child(of node: Int, for segment: RouteTemplate.Segment, in nodes: inout [Node]) -> Int {
        let new = nodes.count
        switch segment {
        case .literal(let text):
            if let child = nodes[node].literals[text] { return child }
            nodes[node].literals[text] = new
        case .parameter(_, let kind):
            if let child = nodes[node].parameters.first(where: { $0.kind == kind }) { return child.node }
            nodes[node].parameters.append((kind, new))
            nodes[node].parameters.sort {
                ParameterKind.allCases.firstIndex(of: $0.kind) ?? 0 < ParameterKind.allCases.firstIndex(of: $1.kind) ?? 0
            }
        case .rest:
            if let child = nodes[node].rest { return child }
            nodes[node].rest = new
        }
        nodes.append(Node())
        return new
    }

    // MARK: Matching

    package enum Match {
        case route(RouteMatch)
        /// The path is known, the method is not: these are.
        case methodNotAllowed(allowed: [HTTP.Method])
        case notFound
    }

    /// - Throws: `PathError` for a path that no route should see.
    package func match(_ method: HTTP.Method, _ path: ArraySlice<UInt8>) throws(PathError) -> Match {
        var search = Search(method: method, segments: try PathSegments.decode(path))
        if let route = find(&search, at: 0, segment: 0) {
            return .route(RouteMatch(route: route, values: search.values))
        }
        return search.allowed.isEmpty ? .notFound : .methodNotAllowed(allowed: search.allowed)
    }

    private struct Search {
        let method: HTTP.Method
        let segments: [String]
        var values: [String] = []
        var allowed: [HTTP.Method] = []
    }

    private func find(_ search: inout Search, at index: Int, segment: Int) -> CompiledRoute? {
        let node = nodes[index]
        guard segment < search.segments.count else { return route(of: node, &search) }
        let text = search.segments[segment]
        if let child = node.literals[text], let route = find(&search, at: child, segment: segment + 1) { return route }
        for parameter in node.parameters where parameter.kind.matches(text) {
            search.values.append(text)
            if let route = find(&search, at: parameter.node, segment: segment + 1) { return route }
            search.values.removeLast()
        }
        guard let rest = node.rest else { return nil }
        search.values.append(search.segments[segment...].joined(separator: "/"))
        if let route = route(of: nodes[rest], &search) { return route }
        search.values.removeLast()
        return nil
    }

    private func route(of node: Node, _ search: inout Search) -> CompiledRoute? {
        var anyMethod: CompiledRoute?
        var get: CompiledRoute?
        for (method, route) in node.routes {
            if method == search.method { return route }
            if method == nil { anyMethod = route }
            if method == .get { get = route }
        }
        // RFC 9110 §9.3.2: HEAD is GET without the content, which the connection leaves out.
        if search.method == .head, let get { return get }
        if let anyMethod { return anyMethod }
        for case (let method?, _) in node.routes where !search.allowed.contains(method) {
            search.allowed.append(method)
            if method == .get && !search.allowed.contains(.head) { search.allowed.append(.head) }
        }
        return nil
    }
}
