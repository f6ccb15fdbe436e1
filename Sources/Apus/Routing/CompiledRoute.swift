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

/// A route that a request's path and method have led to.
package struct RouteMatch: Sendable {
    let route: CompiledRoute
    let segments: Segments

    /// Where in the path the values of the route's `{name}` segments stand.
    struct Segments: Sendable {
        private let firstTwo: PathValues.Two
        /// Nil for a path that means what it says, and leads to a route with at most two values.
        private let rare: Rare?

        /// A class, because few matches need the room.
        private final class Rare: Sendable {
            let path: RequestPath
            let values: PathValues

            init(_ path: RequestPath, _ values: PathValues) {
                self.path = path
                self.values = values
            }
        }

        /// Those of a route that has none.
        @inline(__always)
        init() {
            firstTwo = PathValues.Two()
            rare = nil
        }

        init(_ values: PathValues, of path: RequestPath) {
            firstTwo = values.firstTwo
            rare = path.isAsReceived && values.areFew ? nil : Rare(path, values)
        }

        /// - Parameter head: that of the request.
        func value(at index: Int, of head: HTTP.RequestHead) -> String {
            if let rare { return rare.path.text(rare.values[index], of: head) }
            return RequestPath.text(index == 0 ? firstTwo.first.range : firstTwo.second.range, asReceivedIn: head)
        }
    }
}
