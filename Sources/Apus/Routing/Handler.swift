/// Answers one request; runs where its connection runs, so calling it costs no change of thread.
public typealias Handler = nonisolated(nonsending) @Sendable (Request) async throws -> Response

/// What a route does with a request.
///
/// A closure without `await` is called as what it is: each `await` on the way to an answer costs more than finding the route.
enum RouteHandler: Sendable {
    case synchronous(@Sendable (Request) throws -> Response)
    case asynchronous(Handler)
    /// Goes as far as it can without waiting.
    case immediate(@Sendable (Request) throws -> Progress)

    /// How far a handler has come without waiting.
    enum Progress {
        case answered(Response)
        case waiting(Rest)
    }

    /// What is left to do, with waiting.
    ///
    /// It does nothing again that was done. A class, because it is passed through many hands and kept while the handler waits.
    final class Rest {
        /// As those before the handler have changed it.
        let request: Request
        let handler: Handler
        /// The scheme that has let the request through, and may add to the response; nil where there is no guard.
        var finder: (any AuthenticationScheme)?

        init(request: Request, handler: @escaping Handler) {
            self.request = request
            self.handler = handler
        }

        /// The response, from what the handler answers.
        func complete(_ answer: consuming Response) throws -> Response {
            guard let finder else { return answer }
            return try finder.complete(answer, to: request)
        }
    }

    /// Goes as far as the handler can without waiting.
    ///
    /// - Parameters:
    ///   - answered: is given the response; a `Progress` that holds it would be copied once more.
    ///   - waiting: is given what is left to do.
    @inline(__always)
    func begin<Result>(
        _ request: borrowing Request, answered: (Response) -> Result, waiting: (Rest) -> Result
    ) throws -> Result {
        switch self {
        case .synchronous(let handler): return answered(try handler(request))
        case .immediate(let handler):
            switch try handler(request) {
            case .answered(let response): return answered(response)
            case .waiting(let rest): return waiting(rest)
            }
        case .asynchronous(let handler): return waiting(Rest(request: copy request, handler: handler))
        }
    }

    /// For whoever waits for the answer anyway.
    var asynchronous: Handler {
        switch self {
        case .synchronous(let handler): { request in try handler(request) }
        case .asynchronous(let handler): handler
        case .immediate(let handler):
            { request in
                switch try handler(request) {
                case .answered(let response): response
                case .waiting(let rest): try rest.complete(try await rest.handler(rest.request))
                }
            }
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
        // Of a type that is known here, nobody has to ask at each request how it is converted, moved and destroyed.
        if let handler = handler as? @Sendable (Request) throws -> String {
            return .synchronous { request in Response(text: try handler(request)) }
        }
        if let handler = handler as? @Sendable (Request) throws -> String? {
            return .synchronous { request in try handler(request).response(to: request) }
        }
        return .synchronous { request in try handler(request).response(to: request) }
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
        let waiting: Handler = { request in
            let content = try Content(content: try await request.body.collect(), of: request)
            return try handler(request, content).response(to: request)
        }
        return .immediate { request in
            guard let octets = try request.body.arrived(upTo: request.body.limit) else {
                return .waiting(Rest(request: request, handler: waiting))
            }
            return .answered(try handler(request, Content(content: octets, of: request)).response(to: request))
        }
    }
}
