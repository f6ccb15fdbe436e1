import ApusHTTP

/// A route ready to run: its handler inside of authorization, authentication and middleware.
package final class CompiledRoute: Sendable {
    package let definition: RouteDefinition
    let parameterNames: [String]
    let handler: RouteHandler

    init(_ definition: RouteDefinition, within middleware: [any Middleware], parameterNames: [String]) {
        self.definition = definition
        self.parameterNames = parameterNames
        var handler = definition.handler
        if !definition.schemes.isEmpty {
            handler = Guard(of: definition).guarded
        }
        self.handler = (middleware + definition.middleware).wrapping(handler)
    }

    private init(_ definition: RouteDefinition, _ parameterNames: [String], _ handler: RouteHandler) {
        self.definition = definition
        self.parameterNames = parameterNames
        self.handler = handler
    }

    /// The same route, for whoever is alone with it: see `RouteTable.copy()`.
    func copy() -> CompiledRoute { CompiledRoute(definition, parameterNames, handler) }
}
