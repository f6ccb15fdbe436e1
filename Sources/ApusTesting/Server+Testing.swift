public import Apus
import ApusTransport

extension Server {
    /// Serves for as long as `body` runs, and gives it a client.
    ///
    /// ```swift
    /// try await Greeter.server.test { client in
    ///     let greeting = try await client.get("/hello/Ada")
    ///     #expect(greeting.text == "Hello, Ada!")
    /// }
    /// ```
    ///
    /// The server's own endpoints are not used, so tests can run side by side; clients are asked for certificates if one of those does
    /// so. When `body` ends, the server finishes the requests under way and stops.
    /// - Throws: `StartError` when the server could not start as it is configured, and what `body` throws.
    @discardableResult
    public func test<Result>(
        over transport: TestTransport = .inProcess, _ body: (TestClient) async throws -> Result
    ) async throws -> Result {
        switch transport.kind {
        case .inProcess(let isSecure):
            let isSecure = isSecure ?? endpoints.first?.isSecure ?? false
            return try await body(TestClient(.inProcess(InProcessServer(self, isSecure: isSecure)), server: nil))
        case .socket:
            return try await test(at: Endpoint(port: 0), body)
        case .tls:
            guard let clientCertificates else {
                return try await test(at: Endpoint(port: 0, tls: .selfSigned), body)
            }
            let endpoint = Endpoint(port: 0, tls: .selfSigned, clientCertificates: clientCertificates)
            return try await test(at: endpoint, body)
        }
    }

    /// What the first of the server's endpoints that asks for client certificates does; nil when none does.
    var clientCertificates: ClientCertificates? { endpoints.lazy.compactMap(\.clientCertificates).first }

    private func test<Result>(
        at endpoint: Endpoint, _ body: (TestClient) async throws -> Result
    ) async throws -> Result {
        var server = self
        server.endpoints = [endpoint]
        let (started, whenStarted) = AsyncStream.makeStream(of: RunningServer.self)
        let (stopped, whenStopped) = AsyncStream.makeStream(of: Never.self)
        // The server is the child, so that `body` runs where the test does and may use what belongs to it.
        return try await withThrowingTaskGroup(of: Void.self) { [server] tasks in
            tasks.addTask {
                defer { whenStarted.finish() }
                try await server.withRunning { running in
                    whenStarted.yield(running)
                    for await _ in stopped {}
                }
            }
            for await running in started {
                let outcome = await Self.outcome(of: body, against: running)
                whenStopped.finish()
                try await tasks.waitForAll()
                return try outcome.get()
            }
            try await tasks.waitForAll()
            throw CancellationError()
        }
    }

    private static func outcome<Result>(
        of body: (TestClient) async throws -> Result, against running: RunningServer
    ) async -> Swift.Result<Result, any Error> {
        do {
            return .success(try await running.test(body))
        } catch {
            return .failure(error)
        }
    }
}

extension RunningServer {
    /// Gives a client of this server to `body`, for servers that run already, such as several that talk to each other.
    ///
    /// - Parameter endpoint: the one to talk to, by its place in the configuration; its certificate is trusted.
    /// - Throws: what `body` throws.
    public func test<Result>(at endpoint: Int = 0, _ body: (TestClient) async throws -> Result) async throws -> Result {
        let loops = try EventLoopGroup(count: 1)
        defer { loops.stop() }
        let dialer = try Dialer(to: endpoints[endpoint], on: loops.loops[0])
        return try await body(TestClient(.socket(dialer), server: self))
    }
}
