import Apus
import ApusTesting
import Glibc
import Testing

/// Stop accepting, finish what is under way, and only then cut off.
@Suite(.timeLimit(.minutes(1)), .fewAtATime) struct ShutdownTests {
    private static func server(
        _ log: CollectedLog = CollectedLog(), arrived: Gate = Gate(), released: Gate = Gate()
    ) -> Server {
        var server = Server.logging(log) {
            Get("/hello") { _ in "Hello" }
            Get("/slow") { _ in
                arrived.open()
                await released.wait()
                return Task.isCancelled ? "cancelled" : "done"
            }
            Get("/stream") { _ in
                Response { writer in
                    try await writer.write("one")
                    arrived.open()
                    await released.wait()
                    try await writer.write("two")
                }
            }
        }
        server.endpoints = [Endpoint(port: 0)]
        return server
    }

    @Test func `a connection that waits for a request is closed`() async throws {
        try await RunningInstance.run(Self.server()) { instance in
            try await ClearTextClient.connect(to: instance.running.endpoints[0]) { used in
                try await used.send("GET /hello HTTP/1.1\r\nHost: x\r\n\r\n")
                let response = try await used.receiveResponse()
                #expect(response.text == "Hello")
                instance.shutDown()
                let rest = try await used.receiveToEnd()
                #expect(rest.isEmpty)
            }
            await instance.waitUntilStopped()
        }
    }

    @Test func `a connection that has just been made may still ask`() async throws {
        try await RunningInstance.run(Self.server()) { instance in
            try await ClearTextClient.connect(to: instance.running.endpoints[0]) { new in
                try await ClearTextClient.connect(to: instance.running.endpoints[0]) { used in
                    try await used.send("GET /hello HTTP/1.1\r\nHost: x\r\n\r\n")
                    _ = try await used.receiveResponse()
                    instance.shutDown()
                    // By the end of the idle connection the server is known to be shutting down.
                    let rest = try await used.receiveToEnd()
                    #expect(rest.isEmpty)
                }
                try await new.send("GET /hello HTTP/1.1\r\nHost: x\r\n\r\n")
                let response = try await new.receiveResponse()
                #expect(response.text == "Hello" && response.headers[.connection] == "close")
            }
            await instance.waitUntilStopped()
        }
    }

    @Test func `a request under way is finished, and its connection closed`() async throws {
        let (arrived, released) = (Gate(), Gate())
        try await RunningInstance.run(Self.server(arrived: arrived, released: released)) { instance in
            try await ClearTextClient.connect(to: instance.running.endpoints[0]) { busy in
                try await ClearTextClient.connect(to: instance.running.endpoints[0]) { idle in
                    try await idle.send("GET /hello HTTP/1.1\r\nHost: x\r\n\r\n")
                    _ = try await idle.receiveResponse()
                    try await busy.send("GET /slow HTTP/1.1\r\nHost: x\r\n\r\n")
                    await arrived.wait()
                    instance.shutDown()
                    // By the end of the idle connection the server is known to be shutting down.
                    let rest = try await idle.receiveToEnd()
                    #expect(rest.isEmpty)
                }
                released.open()
                let response = try await busy.receiveResponse()
                #expect(response.text == "done" && response.headers[.connection] == "close")
                let rest = try await busy.receiveToEnd()
                #expect(rest.isEmpty)
            }
            await instance.waitUntilStopped()
        }
    }

    @Test func `a stream under way is finished`() async throws {
        let (arrived, released) = (Gate(), Gate())
        try await RunningInstance.run(Self.server(arrived: arrived, released: released)) { instance in
            try await ClearTextClient.connect(to: instance.running.endpoints[0]) { connection in
                try await connection.send("GET /stream HTTP/1.1\r\nHost: x\r\n\r\n")
                await arrived.wait()
                instance.shutDown()
                released.open()
                let response = try await connection.receiveResponse()
                #expect(response.text == "onetwo")
                let rest = try await connection.receiveToEnd()
                #expect(rest.isEmpty)
            }
            await instance.waitUntilStopped()
        }
    }

    @Test func `what has not ended in time is cut off`() async throws {
        let arrived = Gate()
        // Its gate is never opened: only cancellation ends the wait.
        var server = Self.server(arrived: arrived)
        server.limits.shutdownGrace = .milliseconds(30)
        try await RunningInstance.run(server) { instance in
            try await ClearTextClient.connect(to: instance.running.endpoints[0]) { connection in
                try await connection.send("GET /slow HTTP/1.1\r\nHost: x\r\n\r\n")
                await arrived.wait()
                instance.shutDown()
                await instance.waitUntilStopped()
                await #expect(throws: TestClientError.self) { try await connection.receiveResponse() }
            }
        }
    }

    @Test func `nobody listens any more`() async throws {
        let server = Self.server()
        let endpoint = try await server.withRunning { $0.endpoints[0] }
        // Another process could have been given the port since; it would not say Hello.
        do {
            try await ClearTextClient.connect(to: endpoint) { connection in
                try await connection.send("GET /hello HTTP/1.1\r\nHost: x\r\n\r\n")
                let text = try? await connection.receiveResponse().text
                #expect(text != "Hello")
            }
        } catch is TestClientError {}
    }

    @Test func `start and stop are logged`() async throws {
        let log = CollectedLog()
        var server = Self.server(log)
        server.logger.level = .notice
        try await server.withRunning { running in
            #expect(log.records.map(\.message) == ["Listening"])
            #expect(log.records[0].fields["endpoints"] == .string(running.endpoints[0].url))
        }
        #expect(log.records.map(\.message) == ["Listening", "Stopped"])
    }

    @Test func `what the body returns or throws comes out`() async throws {
        struct Mine: Error {}
        let number = try await Self.server().withRunning { _ in 42 }
        #expect(number == 42)
        await #expect(throws: Mine.self) { try await Self.server().withRunning { _ in throw Mine() } }
    }

    @Test(arguments: [SIGTERM, SIGINT])
    func `a signal ends the server, and the process goes on`(signal: Int32) async {
        await #expect(processExitsWith: .exitCode(7)) { [signal] in
            var server = Server("Signals") { Get("/") { _ in "" } }
            server.endpoints = [Endpoint(port: 0)]
            server.logger.level = .critical
            try await server.run { _ in _ = kill(getpid(), signal) }
            exit(7)
        }
    }

    @Test func `a task that is cancelled ends the server`() async throws {
        let server = Self.server()
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
    }
}
