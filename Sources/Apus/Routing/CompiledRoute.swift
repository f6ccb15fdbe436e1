/// A route ready to run: its handler inside of authorization, authentication and middleware.
package final class CompiledRoute: Sendable {
    package let definition: RouteDefinition
    let parameterNames: [String]
    let handler: Handler

    init(_ definition: RouteDefinition, parameterNames: [String]) {
        self.definition = definition
        self.parameterNames = parameterNames
        var handler = definition.handler
        if !definition.schemes.isEmpty {
            handler = Guard(schemes: definition.schemes, policies: definition.policies, handler: handler).guarded
        }
        self.handler = definition.middleware.wrapping(handler)
    }
}

/// A route that a request's path and method have led to, and the values of its `{name}` segments in their order.
package struct RouteMatch: Sendable {
    let route: CompiledRoute
    let values: [String]
}
