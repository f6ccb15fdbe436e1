import Apus
import ApusTesting
import Dispatch
import Testing

/// Handlers begin, suspend and go on where their connection runs, in whatever way they suspend.
///
/// Swift 6.3.1 can bring a throwing nonsending function back to the wrong executor (swiftlang/swift #88259, #83812).
@Suite(.timeLimit(.minutes(1)), .fewAtATime) struct HandlerIsolationTests {
    typealias Suspension = nonisolated(nonsending) @Sendable () async throws -> Void

    struct Expected: Error {}

    actor Counter {
        private var count = 0

        func increment() -> Int {
            count += 1
            return count
        }

        func fail() throws { throw Expected() }

        func call(_ body: @Sendable () async throws -> Void) async throws { try await body() }
    }

    @MainActor private static func onMainActor() throws {}

    @concurrent private static func concurrently() async throws {}

    nonisolated(nonsending) private static func nested(_ depth: Int) async throws {
        guard depth > 0 else {
            _ = await Counter().increment()
            throw Expected()
        }
        try await nested(depth - 1)
    }

    static let shapes: [(name: String, suspend: Suspension)] = [
        ("nothing", {}),
        ("default actor", { _ = await Counter().increment() }),
        ("throwing actor", { do { try await Counter().fail() } catch is Expected {} }),
        ("actor that calls back", { try await Counter().call { _ = await Counter().increment() } }),
        ("main actor", { try await onMainActor() }),
        ("concurrent function", { try await concurrently() }),
        ("nested and thrown", { do { try await nested(4) } catch is Expected {} }),
        ("yield", { await Task.yield() }),
        ("sleep", { try await Task.sleep(for: .milliseconds(1)) }),
        (
            "continuation",
            { await withCheckedContinuation { continuation in DispatchQueue.global().async { continuation.resume() } } }
        ),
        (
            "throwing continuation",
            {
                do {
                    try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
                        DispatchQueue.global().async { continuation.resume(throwing: Expected()) }
                    }
                } catch is Expected {}
            }
        ),
        (
            "task group",
            {
                try await withThrowingTaskGroup(of: Int.self) { tasks in
                    for _ in 0..<4 { tasks.addTask { await Counter().increment() } }
                    try await tasks.waitForAll()
                }
            }
        ),
        (
            "discarding group that throws",
            {
                do {
                    try await withThrowingDiscardingTaskGroup { tasks in tasks.addTask { throw Expected() } }
                } catch is Expected {}
            }
        ),
        ("unstructured task", { _ = await Task { await Counter().increment() }.value }),
        ("detached task", { _ = await Task.detached { await Counter().increment() }.value }),
        (
            "stream",
            {
                let (stream, continuation) = AsyncStream.makeStream(of: Int.self)
                DispatchQueue.global().async {
                    for number in 0..<3 { continuation.yield(number) }
                    continuation.finish()
                }
                for await _ in stream {}
            }
        ),
        (
            "cancellation handler",
            {
                try await withTaskCancellationHandler {
                    try await Task.sleep(for: .milliseconds(1))
                } onCancel: {
                }
            }
        ),
        ("offloaded work", { try await offload { () } }),
    ]

    struct Detour: Middleware {
        let suspend: Suspension

        func respond(to request: Request, next: Handler) async throws -> Response {
            let before = CurrentThread.identity
            try await suspend()
            let response = try await next(request)
            try await suspend()
            return try response.header("X-Detour", before == CurrentThread.identity ? "same" : "other")
        }
    }

    struct Suspending: AuthenticationScheme {
        let name = "Suspending"
        let suspend: Suspension

        func authenticate(_ request: Request) async throws -> AuthenticationAnswer {
            try await suspend()
            return .principal(Principal(name: "\(CurrentThread.identity)", scheme: name))
        }

        func challenge(after refusal: AuthenticationRefusal?) -> Challenge? { nil }
    }

    /// The thread before and after `suspend`.
    private nonisolated(nonsending) static func report(_ suspend: Suspension) async throws -> String {
        let before = CurrentThread.identity
        try await suspend()
        return "\(before) \(CurrentThread.identity)"
    }

    @Test(arguments: TestTransport.wires, shapes.indices)
    func `goes on where it was`(transport: TestTransport, shape: Int) async throws {
        let suspend = Self.shapes[shape].suspend
        let server = Server.logging {
            Get("/thread") { _ in "\(CurrentThread.identity) \(CurrentThread.name)" }
            Get("/return") { _ in try await Self.report(suspend) }
            Get("/throw") { _ -> String in throw Problem(.conflict, try await Self.report(suspend)) }
            Get("/behind") { _ in try await Self.report(suspend) }.middleware(Detour(suspend: suspend))
            Get("/guarded") { request in "\(request.user.name) \(CurrentThread.identity)" }
                .authenticated(by: Suspending(suspend: suspend))
            Get("/stream") { _ in Response { writer in try await writer.write(try await Self.report(suspend)) } }
            Post("/read") { request in
                let before = CurrentThread.identity
                for try await _ in request.body { try await suspend() }
                return "\(before) \(CurrentThread.identity)"
            }
        }
        try await server.test(over: transport) { client in
            try await client.connect { connection in
                try await connection.send("GET /thread HTTP/1.1\r\nHost: x\r\n\r\n")
                // A handler without `await` runs there too.
                let thread = try await connection.receiveResponse().text.split(separator: " ")
                try #require(thread.count == 2 && thread[1].hasPrefix("apus-loop-"))
                let expected = "\(thread[0]) \(thread[0])"
                for path in ["/return", "/behind", "/guarded", "/stream"] {
                    try await connection.send("GET \(path) HTTP/1.1\r\nHost: x\r\n\r\n")
                    let response = try await connection.receiveResponse()
                    #expect(response.text == expected, "\(path)")
                    #expect(response.headers["X-Detour"] ?? "same" == "same")
                }
                try await connection.send("GET /throw HTTP/1.1\r\nHost: x\r\n\r\n")
                let thrown = try await connection.receiveResponse()
                #expect(thrown.status == .conflict)
                #expect(try thrown.json["detail"] == .string(expected))
                try await connection.send("POST /read HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\r\nab")
                try await connection.send("cd")
                let read = try await connection.receiveResponse()
                #expect(read.text == expected)
            }
        }
    }

    @Test func `a default actor that a handler calls runs on the connection's loop`() async throws {
        actor Names {
            func thread() -> String { CurrentThread.name }
        }
        let names = Names()
        try await Server.logging { Get("/") { _ in await names.thread() } }.test(over: .socket) { client in
            let response = try await client.get("/")
            #expect(response.text.hasPrefix("apus-loop-"))
        }
    }

    @Test func `work that is offloaded does not run on a loop`() async throws {
        let server = Server.logging { Get("/") { _ in try await offload { CurrentThread.name } } }
        try await server.test(over: .socket) { client in
            let response = try await client.get("/")
            #expect(!response.text.isEmpty && !response.text.hasPrefix("apus-loop-"))
        }
    }

    @Test func `what offloaded work throws comes back`() async throws {
        let server = Server.logging {
            Get("/") { _ -> String in try await offload { throw Problem(.conflict, "from afar") } }
        }
        try await server.test(over: .socket) { client in
            let response = try await client.get("/")
            #expect(response.status == .conflict)
        }
    }
}
