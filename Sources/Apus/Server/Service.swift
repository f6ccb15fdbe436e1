import ApusTransport
import FoundationEssentials
import Glibc

/// A program that is a server: mark a type that conforms with `@main`; tests start the same server with `server.test`.
public protocol Service: SendableMetatype {
    /// The server, made anew each time.
    static var server: Server { get async throws }

    /// What is printed on standard output when every endpoint listens; unless you say otherwise, where.
    static func greeting(of running: RunningServer) -> String
}

extension Service {
    /// A line for each endpoint: `Listening on` and its URL.
    public static func greeting(of running: RunningServer) -> String {
        running.endpoints.map { "Listening on \($0.url)" }.joined(separator: "\n")
    }

    /// Runs the server until SIGTERM or SIGINT; when it cannot start, says why on standard error and ends with status 1.
    @concurrent
    public static func main() async {
        do {
            try await server.run { running in Console.writeOutput(greeting(of: running) + "\n") }
        } catch {
            Console.writeError("\(error)\n")
            exit(1)
        }
    }
}
