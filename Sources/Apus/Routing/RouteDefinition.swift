package import ApusHTTP
import ApusJOSE

/// A route as its author wrote it: what it answers, what guards it, and where it stands in the source.
package struct RouteDefinition: Sendable {
    /// Nil answers every method that the path's other routes do not.
    package var method: HTTP.Method?
    package var template: String
    package var schemes: [any AuthenticationScheme] = []
    package var policies: [Policy] = []
    /// Requests without a principal pass as well.
    package var admitsAnonymous = false
    /// Requests with cookies that other sites cause count as well.
    var allowsCrossSite = false
    var middleware: [any Middleware] = []
    /// In octets; nil for that of the server.
    var contentLimit: Int?
    /// Nil for that of the server.
    var handlerDeadline: HandlerDeadline?
    /// The stores whose keys are answered with; see `RunningServer.watches`.
    var keyStores: [KeyStore] = []
    package let place: SourcePlace
    let handler: RouteHandler
}

/// How long a handler may take to answer.
struct HandlerDeadline {
    /// `.max` when there is no end to it.
    let nanoseconds: UInt64

    init(_ duration: Duration?) {
        nanoseconds = duration?.nanoseconds ?? .max
    }
}

/// A place in the source, for messages about configuration.
package struct SourcePlace: Sendable, Equatable, CustomStringConvertible {
    package let file: String
    package let line: UInt

    package var description: String { "\(file):\(line)" }
}
