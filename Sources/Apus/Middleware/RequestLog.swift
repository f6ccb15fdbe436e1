import ApusHTTP

/// Writes a record for each request: method, path, route, status, milliseconds and the client's address.
///
/// ```swift
/// server.middleware = [RequestLog(server.logger)]
/// ```
/// As the server's first middleware it sees every request that could be read, those that no route answers included. The query is left
/// out: it may hold what nobody should read. The time is that until the response's head is ready; streamed content comes after it.
public struct RequestLog: Middleware {
    private let logger: Logger
    private let level: Logger.Level

    /// Writes to `logger`, at `level`.
    public init(_ logger: Logger, level: Logger.Level = .info) {
        self.logger = logger
        self.level = level
    }

    /// Has the request answered, and writes the record.
    public nonisolated(nonsending) func respond(to request: Request, next: Handler) async throws -> Response {
        guard logger.isEnabled(level) else { return try await next(request) }
        let start = ContinuousClock.now
        do {
            let response = try await next(request)
            record(request, response.status, since: start)
            return response
        } catch {
            let problem = Problem(describing: error)
            record(request, problem.substitute?.status ?? problem.status, since: start)
            throw error
        }
    }

    private func record(_ request: Request, _ status: Response.Status, since start: ContinuousClock.Instant) {
        let milliseconds = Int(start.duration(to: .now) / .milliseconds(1))
        logger.log(
            level, "Request",
            [
                "method": .string(request.method.token), "path": .string(request.path),
                "route": .string(request.route ?? "none"), "status": .integer(status.code),
                "ms": .integer(milliseconds), "peer": .string(request.connection.peerAddress),
            ])
    }
}
