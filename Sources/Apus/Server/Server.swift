package import ApusTransport

/// A service: what it serves, where it listens, and what guards it.
///
/// A value; `run()` brings it to life.
///
/// ```swift
/// try await Server("Hello") {
///     Endpoint(port: 5000)
/// } routes: {
///     Get("/hello/{name}") { request in "Hello, \(request.parameters["name"] ?? "world")!" }
/// }
/// .run()
/// ```
public struct Server: Sendable {
    /// The name, in logs.
    public let name: String

    /// Where it listens.
    public var endpoints: [Endpoint]

    /// What it answers when it starts; `RunningServer.router` changes it later.
    public var routes: Routes

    /// Code around every request, those that no route answers included: the first outermost.
    public var middleware: [any Middleware] = []

    /// What peers may ask for at most.
    public var limits = Limits()

    /// Whether errors explain themselves to developers.
    public var mode = Mode.current

    /// The number of event loops, one thread each; nil for one per core.
    public var eventLoops: Int?

    /// How long a handler may hold its event loop, on which other connections wait, before the log names its route.
    ///
    /// It holds it while it computes or blocks; it does not while it waits in an `await`, nor in `offload(_:)`.
    public var holdThreshold: HoldThreshold = .automatic

    /// Where the server writes what happens.
    public var logger: Logger

    var backgroundWork: [BackgroundWork] = []
    var fallbackSchemes: [any AuthenticationScheme] = []

    /// Makes a server; nothing happens before it runs.
    public init(
        _ name: String, @EndpointBuilder endpoints: () -> [Endpoint], @RouteBuilder routes: () -> Routes
    ) {
        self.name = name
        self.endpoints = endpoints()
        self.routes = routes()
        logger = Logger(label: name)
    }

    /// Makes a server that listens on 127.0.0.1:8080.
    public init(_ name: String, @RouteBuilder routes: () -> Routes) {
        self.init(name, endpoints: { Endpoint(port: 8080) }, routes: routes)
    }

    /// How much errors tell.
    public enum Mode: String, Sendable {
        /// Problems say symptom, cause and fix.
        case development
        /// Problems say what the client may know.
        case production

        /// `APUS_MODE` from the environment, or else development in a debug build and production in a release build.
        public static var current: Mode {
            if let named = LaunchOptions.current.environment("APUS_MODE").flatMap(Mode.init) { return named }
            #if DEBUG
                return .development
            #else
                return .production
            #endif
        }
    }

    /// Runs until SIGTERM or SIGINT comes, `shutdown` is called or the task is cancelled; then finishes the requests under way.
    ///
    /// A second SIGTERM or SIGINT ends the process at once, with 128 and the number of the signal as its status. SIGHUP has certificates and
    /// keys read anew, where there are files of them. A service manager that asks for it (sd_notify) is told how far the server is.
    /// - Parameter whenReady: called once when every endpoint listens.
    /// - Throws: `StartError` when the server cannot start as it is configured.
    public func run(whenReady: @escaping @Sendable (RunningServer) async -> Void = { _ in }) async throws {
        try await serving(untilSignal: true, on: .linux, whenReady)
    }

    /// Runs for as long as `body` does, which is told where the server listens; then finishes the requests under way.
    ///
    /// - Throws: `StartError`, or what `body` throws.
    public func withRunning<Result: Sendable>(
        _ body: @escaping @Sendable (RunningServer) async throws -> Result
    ) async throws -> Result {
        try await withRunning(on: .linux, body)
    }

    /// As `withRunning(_:)`, on what need not be the operating system.
    package func withRunning<Result: Sendable>(
        on kernel: Kernel, _ body: @escaping @Sendable (RunningServer) async throws -> Result
    ) async throws -> Result {
        try await serving(untilSignal: false, on: kernel, body)
    }

    private func serving<Result: Sendable>(
        untilSignal: Bool, on kernel: Kernel, _ body: @escaping @Sendable (RunningServer) async throws -> Result
    ) async throws -> Result {
        let assembly = try Assembly(
            of: self, holdThreshold: holdThreshold.nanoseconds(mode, isRunning: untilSignal), on: kernel)
        defer { assembly.stop() }
        return try await assembly.serve(untilSignal: untilSignal, body)
    }

    /// The way from a request to its response, without any connection.
    ///
    /// - Throws: `StartError` when the routes cannot be served as they are written.
    package func makeResponder(on kernel: Kernel = .linux) throws -> Responder {
        do {
            let router = try Router(routes, middleware: middleware, fallbackSchemes: fallbackSchemes)
            return Responder(of: self, router: router, on: kernel)
        } catch {
            throw StartError(String(describing: error))
        }
    }
}
