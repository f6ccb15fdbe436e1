/// Code around handlers: it may answer itself, change the request, or change the response.
///
/// ```swift
/// struct Timing: Middleware {
///     func respond(to request: Request, next: Handler) async throws -> Response {
///         let start = ContinuousClock.now
///         return try await next(request).header("Server-Timing", "app;dur=\(start.duration(to: .now).milliseconds)")
///     }
/// }
/// ```
public protocol Middleware: Sendable {
    /// Answers `request`, as a rule by calling `next` once.
    nonisolated(nonsending) func respond(to request: Request, next: Handler) async throws -> Response
}

extension [any Middleware] {
    /// `handler` with these around it, the first outermost.
    func wrapping(_ handler: RouteHandler) -> RouteHandler {
        guard !isEmpty else { return handler }
        // Not `reduce`, which would wrap each closure once more to pass it through a generic.
        var wrapped = handler.asynchronous
        for middleware in reversed() {
            let next = wrapped
            wrapped = { request in try await middleware.respond(to: request, next: next) }
        }
        return .asynchronous(wrapped)
    }
}
