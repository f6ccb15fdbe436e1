/// Answers one request; runs where its connection runs, so calling it costs no change of thread.
public typealias Handler = nonisolated(nonsending) @Sendable (Request) async throws -> Response

/// What a route does with a request.
///
/// A closure without `await` is called as what it is: each `await` on the way to an answer costs more than finding the route.
enum RouteHandler: Sendable {
    case synchronous(@Sendable (Request) throws -> Response)
    case asynchronous(Handler)
    /// The first answers what it can without waiting; nil leaves the request to the second, as if nobody had looked at it.
    case immediate(@Sendable (Request) throws -> Response?, else: Handler)

    /// For whoever waits for the answer anyway.
    var asynchronous: Handler {
        switch self {
        case .synchronous(let handler): { request in try handler(request) }
        case .asynchronous(let handler), .immediate(_, else: let handler): handler
        }
    }

    static func answering<Answer: ResponseConvertible>(
        _ handler: nonisolated(nonsending) @escaping @Sendable (Request) async throws -> Answer
    ) -> RouteHandler {
        .asynchronous { request in try await handler(request).response(to: request) }
    }

    static func answering<Answer: ResponseConvertible>(
        _ handler: @escaping @Sendable (Request) throws -> Answer
    ) -> RouteHandler {
        .synchronous { request in try handler(request).response(to: request) }
    }

    static func answering<Content: RequestContent, Answer: ResponseConvertible>(
        _ handler: nonisolated(nonsending) @escaping @Sendable (Request, Content) async throws -> Answer
    ) -> RouteHandler {
        .asynchronous { request in
            let content = try Content(content: try await request.body.collect(), of: request)
            return try await handler(request, content).response(to: request)
        }
    }

    /// Content that has come along with its head is not waited for.
    static func answering<Content: RequestContent, Answer: ResponseConvertible>(
        _ handler: @escaping @Sendable (Request, Content) throws -> Answer
    ) -> RouteHandler {
        .immediate(
            { request in
                guard let octets = try request.body.arrived(upTo: request.body.limit) else { return nil }
                return try handler(request, Content(content: octets, of: request)).response(to: request)
            },
            else: { request in
                let content = try Content(content: try await request.body.collect(), of: request)
                return try handler(request, content).response(to: request)
            })
    }
}
