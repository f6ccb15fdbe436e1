import ApusHTTP

/// Puts routes into a tree, a level for each segment, and finds the mistakes in them.
final class RouteTree {
    private(set) var literals: [String: RouteTree] = [:]
    private(set) var parameters: [ParameterKind: RouteTree] = [:]
    private(set) var rest: RouteTree?
    private(set) var routes: [CompiledRoute] = []
    private let middleware: [any Middleware]

    /// - Parameter middleware: the server's own, outside of that of the routes.
    init(around middleware: [any Middleware]) {
        self.middleware = middleware
    }

    /// - Throws: `RoutingError` when the route cannot be served as written.
    func add(_ definition: RouteDefinition) throws(RoutingError) {
        let template = try RouteTemplate(definition.template, at: definition.place)
        try Self.checkGuards(of: definition)
        var node = self
        for segment in template.segments { node = node.child(for: segment) }
        if let other = node.routes.first(where: { $0.definition.method == definition.method })?.definition {
            throw .duplicate(
                definition.method, definition.template, definition.place, earlier: other.template, other.place)
        }
        node.routes.append(CompiledRoute(definition, within: middleware, parameterNames: template.parameterNames))
    }

    private static func checkGuards(of definition: RouteDefinition) throws(RoutingError) {
        if definition.admitsAnonymous, let policy = definition.policies.first {
            throw .policyForAnonymous(policy.name, definition.template, definition.place)
        }
        if definition.schemes.isEmpty, let policy = definition.policies.first {
            throw .policyWithoutScheme(policy.name, definition.template, definition.place)
        }
        var names: Set<String> = []
        for scheme in definition.schemes where !names.insert(scheme.name).inserted {
            throw .sameName(scheme: scheme.name, definition.template, definition.place)
        }
    }

    private func child(for segment: RouteTemplate.Segment) -> RouteTree {
        let new = RouteTree(around: middleware)
        switch segment {
        case .literal(let text):
            if let known = literals[text] { return known }
            literals[text] = new
        case .parameter(_, let kind):
            if let known = parameters[kind] { return known }
            parameters[kind] = new
        case .rest:
            if let known = rest { return known }
            rest = new
        }
        return new
    }
}
