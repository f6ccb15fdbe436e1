/// Tells load balancers and orchestrators whether the server wants requests: 200 with `ready`, or 503 with `stopping`.
///
/// The answer turns when the server is asked to end; with `Limits.shutdownDelay` it goes on to listen for a while, so that those who
/// ask here have time to send requests elsewhere.
///
/// ```swift
/// Server("Shop") {
///     ReadinessRoute()
/// }
/// ```
public struct ReadinessRoute: RouteElement {
    /// What it stands for in a block of routes.
    public let routes: Routes

    /// Makes the route; it has no authentication of its own.
    public init(_ path: String = "/ready", file: String = #fileID, line: UInt = #line) {
        routes =
            Get(path, file: file, line: line) { request in
                // In process there is no server that could end.
                let readiness = request.server?.readiness ?? .ready
                var response = Response(text: readiness.rawValue)
                if readiness != .ready { response.status = .serviceUnavailable }
                try response.headers.set(.cacheControl, "no-store")
                return response
            }
            .routes
    }
}
