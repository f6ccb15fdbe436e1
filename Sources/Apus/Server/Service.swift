import ApusTransport
import Foundation

/// A program that is a server: mark a type that conforms with `@main`, and tests start the same server with `server.test`.
public protocol Service: SendableMetatype {
    /// The server, made anew each time.
    static var server: Server { get async throws }

    /// Called when every endpoint listens; prints where, unless you write one of your own.
    static func ready(_ running: RunningServer) async
}

extension Service {
    public static func ready(_ running: RunningServer) async {
        for endpoint in running.endpoints { Console.writeOutput("Listening on \(endpoint.url)\n") }
    }

    /// Runs the server until SIGTERM or SIGINT; when it cannot start, says why on standard error and ends with status 1.
    @concurrent
    public static func main() async {
        do {
            try await server.run { running in await ready(running) }
        } catch {
            Console.writeError("\(error)\n")
            exit(1)
        }
    }
}
