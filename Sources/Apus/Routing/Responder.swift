import ApusHTTP
import ApusTransport

/// From a request to its response: finds the route, runs it, and turns every error into an answer.
///
/// One per server; it holds nothing that changes but what the Router publishes.
package final class Responder: Sendable {
    let router: Router
    private let mode: Server.Mode
    private let logger: Logger
    private let contentLimit: Int
    private let handlerDeadline: HandlerDeadline
    private let kernel: Kernel

    init(of server: Server, router: Router, on kernel: Kernel) {
        self.router = router
        mode = server.mode
        logger = server.logger
        contentLimit = server.limits.content
        handlerDeadline = HandlerDeadline(server.limits.handlerDeadline)
        self.kernel = kernel
    }

    /// - Parameter table: the routes as the caller's connection sees them.
    package func respond(to request: Request, by table: RouteTable) async -> Response {
        var request = request
        request.seek(in: table, of: self)
        request.body = request.body.limited(to: contentLimit(of: request.compiledRoute))
        do {
            guard let handler = request.handler else { return try Self.notFound(request) }
            let response = try await handler.asynchronous(request)
            if response.status.code < 200 { throw refusal(of: response) }
            return response
        } catch {
            return response(to: request, describing: error)
        }
    }

    /// Why a response with an interim status is not sent: a client would wait for the final response for ever.
    func refusal(of response: Response) -> any Error {
        InterimStatus(code: response.status.code)
    }

    /// The routes as they are now.
    package var currentTable: RouteTable { router.published.current }

    /// Finds the route of a request.
    ///
    /// - Parameters:
    ///   - route: becomes the route, when there is one.
    ///   - segments: become those of the route.
    /// - Returns: what answers where no route does, within the server's middleware; nil when there is a route.
    func fallback(
        for head: HTTP.RequestHead, by table: RouteTable, insteadOf route: inout CompiledRoute?,
        _ segments: inout RouteSegments
    ) -> RouteHandler? {
        let fallback: RouteHandler
        do throws(PathError) {
            switch try table.find(head, into: &route, &segments) {
            case .route: return nil
            case .methodNotAllowed(let allowed):
                fallback = .synchronous { request in try Self.refuseMethod(request, allowed) }
            case .notFound:
                fallback = .synchronous { request in try Self.notFound(request) }
            }
        } catch {
            let problem = error.problem
            fallback = .synchronous { _ in throw problem }
        }
        return router.middleware.wrapping(fallback)
    }

    /// How much content the handler of a route takes at once, in octets.
    func contentLimit(of route: CompiledRoute?) -> Int { route?.definition.contentLimit ?? contentLimit }

    /// How long the handler of a request may take.
    func handlerDeadline(of request: Request) -> HandlerDeadline {
        request.compiledRoute?.definition.handlerDeadline ?? handlerDeadline
    }

    /// RFC 9110 §15.5.6 and §9.3.7: 405 names the methods that there are, and OPTIONS asks for just that.
    private static func refuseMethod(_ request: Request, _ allowed: [HTTP.Method]) throws -> Response {
        let methods = (allowed.contains(.options) ? allowed : allowed + [.options]).map(\.token).joined(separator: ", ")
        if request.method == .options { return try Response(.noContent).header(.allow, methods) }
        var problem = Problem(
            .methodNotAllowed, "This resource does not answer this method; Allow lists those it does.")
        try problem.headers.set(.allow, methods)
        throw problem
    }

    private static func notFound(_ request: Request) throws -> Response {
        // RFC 9110 §9.3.7: `OPTIONS *` asks about the server as a whole.
        if request.method == .options && request.head.isAsteriskForm {
            return try Response(.noContent).header(.allow, "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS")
        }
        throw Problem(.notFound, "There is no resource at this path.")
    }

    /// The answer to an error, which is logged with the id that the answer has.
    package func response(to request: Request?, describing error: any Error) -> Response {
        let problem = Problem(describing: error)
        let id = ProblemID.make(from: kernel.randomNumber())
        log(problem, id, request?.compiledRoute, request?.method)
        return problem.response(id: id, mode: mode)
    }

    /// What any stranger may cause without end must not fill a log: what is no request, or is for nobody any more, or for no resource.
    private static func level(of problem: Problem, isRequest: Bool) -> Logger.Level {
        if problem.isUnheard || !isRequest && problem.cause is HTTP.DecodingError { return .debug }
        if problem.status.code >= 500 { return .error }
        return !isRequest || [.notFound, .methodNotAllowed].contains(problem.status) ? .debug : .info
    }

    private func log(_ problem: Problem, _ id: String, _ route: CompiledRoute?, _ method: HTTP.Method?) {
        let level = Self.level(of: problem, isRequest: method != nil)
        guard logger.isEnabled(level) else { return }
        var fields: Logger.Fields = ["id": .string(id), "status": .integer(problem.status.code)]
        if let method {
            fields["method"] = .string(method.token)
            fields["route"] = .string(route?.definition.template ?? "none")
        }
        if let detail = problem.detail { fields["detail"] = .string(detail) }
        if let cause = problem.cause { fields["cause"] = .string(String(describing: cause)) }
        logger.log(level, problem.status.reasonPhrase, fields)
    }
}

/// A handler has answered with 1xx.
private struct InterimStatus: Error, CustomStringConvertible {
    let code: Int
    var description: String {
        "The handler answered with the interim status \(code); a response has a final status, from 200 to 599."
    }
}

/// The id that an error has in the answer and in the log.
enum ProblemID {
    /// 16 hexadecimal digits.
    static func make(from number: UInt64) -> String {
        let digits = String(number, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
