import Apus
import ApusTesting
import Testing

/// Work beside the requests lives as long as the server, and its error ends the server.
@Suite(.timeLimit(.minutes(1)), .fewAtATime) struct BackgroundWorkTests {
    private struct Broken: Error {}

    private static func server(_ log: CollectedLog = CollectedLog()) -> Server {
        var server = Server.logging(log) { Get("/") { _ in "Hello" } }
        server.endpoints = [Endpoint(port: 0)]
        return server
    }

    @Test func `work runs beside the requests and is cancelled at the end`() async throws {
        let (begun, cancelled) = (Gate(), Gate())
        let server = Self.server().background("work") { _ in
            begun.open()
            await Gate().wait()
            #expect(Task.isCancelled)
            cancelled.open()
            try Task.checkCancellation()
        }
        let answer = try await server.test(over: .socket) { client in
            await begun.wait()
            return try await client.get("/").text
        }
        #expect(answer == "Hello")
        await cancelled.wait()
    }

    @Test func `work is told where the server listens`() async throws {
        let told = Shared<[String]>([])
        let server = Self.server().background("work") { running in told.change { $0 = running.endpoints.map(\.url) } }
        let urls = try await server.withRunning { $0.endpoints.map(\.url) }
        #expect(told.value == urls)
    }

    @Test func `work that is done leaves the server running`() async throws {
        let done = Gate()
        let server = Self.server().background("work") { _ in done.open() }
        try await server.test(over: .socket) { client in
            await done.wait()
            let answer = try await client.get("/")
            #expect(answer.text == "Hello")
        }
    }

    @Test func `work that fails ends the server with its error, and the log says which it was`() async throws {
        let log = CollectedLog()
        let ended = Gate()
        let server = Self.server(log)
            .background("sweeping") { _ in throw Broken() }
            .background("waiting") { _ in
                await Gate().wait()
                ended.open()
            }
        await #expect(throws: Broken.self) { try await server.withRunning { _ in await Gate().wait() } }
        await ended.wait()
        let record = try #require(log.records.first { $0.level == .error })
        #expect(record.fields["work"] == "sweeping" && log.records.last?.message == "Stopped")
    }

    @Test func `a request under way is finished when work fails`() async throws {
        let (arrived, released, failing) = (Gate(), Gate(), Gate())
        var server = Server.logging {
            Get("/slow") { _ in
                arrived.open()
                await released.wait()
                return "done"
            }
        }
        server.endpoints = [Endpoint(port: 0)]
        server = server.background("work") { _ in
            await failing.wait()
            throw Broken()
        }
        try await withThrowingTaskGroup(of: Void.self) { [server] tasks in
            let (started, whenStarted) = AsyncStream.makeStream(of: RunningServer.self)
            tasks.addTask {
                await #expect(throws: Broken.self) {
                    try await server.withRunning { running in
                        whenStarted.yield(running)
                        await Gate().wait()
                        // The server has begun to end; only then may the request.
                        released.open()
                    }
                }
                whenStarted.finish()
            }
            for await running in started {
                try await ClearTextClient.connect(to: running.endpoints[0]) { connection in
                    try await connection.send("GET /slow HTTP/1.1\r\nHost: x\r\n\r\n")
                    await arrived.wait()
                    failing.open()
                    let response = try await connection.receiveResponse()
                    #expect(response.text == "done")
                }
            }
            try await tasks.waitForAll()
        }
    }

    @Test func `a server that is cancelled ends its work without an error in the log`() async throws {
        let log = CollectedLog()
        let server = Self.server(log).background("work") { _ in
            await Gate().wait()
            try Task.checkCancellation()
        }
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            let ready = Gate()
            tasks.addTask {
                try await server.withRunning { _ in
                    ready.open()
                    await Gate().wait()
                }
            }
            await ready.wait()
            tasks.cancelAll()
            try await tasks.waitForAll()
        }
        #expect(!log.records.contains { $0.level == .error })
    }
}
