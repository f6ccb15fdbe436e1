import Apus
import ApusTesting
import Foundation

/// Runs in a release build what only the optimizer can break, or make good, and ends with status 1 when something is not as it should.
///
/// A throwing nonsending function may come back on the wrong executor after it has suspended (swiftlang/swift #88259, #83812):
/// each route suspends in another way, and says whether it is still on its connection's thread.
@main struct ReleaseProbe {
    static func main() async throws {
        let shapes = Shapes.all
        var server = Server("Release probe") {
            Endpoint(port: 0)
        } routes: {
            for (name, suspend) in shapes {
                Get("/returns/\(name)") { _ in try await report(suspend) }
                Get("/throws/\(name)") { _ in
                    let verdict = try await report(suspend)
                    if verdict == "same thread" { throw Problem(.conflict, verdict) }
                    return verdict
                }
                Get("/behind/\(name)") { _ in try await report(suspend) }.middleware(Detour(suspend: suspend))
            }
        }
        server.logger.level = .error
        let failures = try await server.test(over: .socket) { client in
            var failures: [String] = []
            for (name, _) in shapes {
                for (path, status) in [("returns", 200), ("throws", 409), ("behind", 200)] {
                    let response = try await client.get("/\(path)/\(name)")
                    let isRight = response.status.code == status && response.text.contains("same thread")
                    print(isRight ? "ok  " : "FAIL", path, name)
                    if !isRight { failures.append("\(path)/\(name): \(response.status.code) \(response.text)") }
                }
            }
            return failures
        }
        if let fault = try await IdleConnections.measure() {
            print(fault)
            exit(1)
        }
        guard failures.isEmpty else {
            print("Handlers left their connection's thread:", failures.joined(separator: "\n"), separator: "\n")
            exit(1)
        }
    }

    private nonisolated(nonsending) static func report(_ suspend: Shapes.Suspension) async throws -> String {
        let before = pthread_self()
        try await suspend()
        return pthread_self() == before ? "same thread" : "another thread"
    }
}

/// Suspends before and after the handler, and lets its errors through.
struct Detour: Middleware {
    let suspend: Shapes.Suspension

    func respond(to request: Request, next: Handler) async throws -> Response {
        let before = pthread_self()
        try await suspend()
        let response = try await next(request)
        try await suspend()
        return pthread_self() == before ? response : Response(text: "another thread")
    }
}
