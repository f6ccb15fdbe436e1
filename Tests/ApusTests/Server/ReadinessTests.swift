import Apus
import ApusTesting
import Glibc
import Testing

/// A server that is asked to end says so before it stops listening, and ends in time whatever its clients do.
@Suite(.timeLimit(.minutes(1)), .fewAtATime) struct ReadinessTests {
    private static func server(arrived: Gate = Gate()) -> Server {
        var server = Server.logging {
            ReadinessRoute()
            Get("/end") { request in
                request.server?.shutdown(grace: .milliseconds(30))
                return "ending"
            }
            Get("/stuck") { _ in
                arrived.open()
                await Gate().wait()
                return ""
            }
            Post("/echo") { request in
                arrived.open()
                return Response(octets: try await request.body.collect())
            }
            Get("/flood") { _ in
                Response { writer in
                    arrived.open()
                    let chunk = String(repeating: "x", count: 65_536)
                    while true { try await writer.write(chunk) }
                }
            }
        }
        server.endpoints = [Endpoint(port: 0)]
        // So long that only what is asked for can be what ends the server.
        server.limits.shutdownGrace = .seconds(3_600)
        return server
    }

    @Test(arguments: TestTransport.all)
    func `a server that runs is ready`(transport: TestTransport) async throws {
        try await Self.server().test(over: transport) { client in
            let response = try await client.get("/ready")
            #expect(response.status == .ok && response.text == "ready" && response.headers[.cacheControl] == "no-store")
        }
    }

    @Test func `the readiness turns first, and new connections are taken until the delay has passed`() async throws {
        var server = Self.server()
        server.limits.shutdownDelay = .seconds(3_600)
        let (started, whenStarted) = AsyncStream.makeStream(of: RunningServer.self)
        await withThrowingTaskGroup(of: Void.self) { [server] tasks in
            tasks.addTask {
                try await server.withRunning { running in
                    whenStarted.yield(running)
                    await Gate().wait()
                }
            }
            for await running in started {
                #expect(running.readiness == .ready)
                running.shutdown()
                #expect(running.readiness == .stopping)
                let response = try? await running.test { client in try await client.get("/ready") }
                #expect(response?.status == .serviceUnavailable && response?.text == "stopping")
                break
            }
            // Cancellation cuts the delay short.
            tasks.cancelAll()
        }
    }

    @Test func `a handler can end its server, whose body is cancelled then`() async throws {
        try await Self.server().withRunning { running in
            let response = try await running.test { client in try await client.get("/end") }
            #expect(response.text == "ending")
            await Gate().wait()
            #expect(Task.isCancelled)
        }
    }

    @Test(arguments: [
        "GET /stuck HTTP/1.1\r\nHost: x\r\n\r\n", "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\n12",
        "GET /flood HTTP/1.1\r\nHost: x\r\n\r\n",
    ])
    func `whoever stalls is cut off when the grace that was asked for has passed`(request: String) async throws {
        let arrived = Gate()
        try await Self.server(arrived: arrived).withRunning { running in
            try await ClearTextClient.connect(to: running.endpoints[0]) { stalled in
                try await stalled.send(request)
                await arrived.wait()
                running.shutdown(grace: .milliseconds(30))
                running.shutdown(grace: .seconds(3_600))
                await Gate().wait()
            }
        }
    }

    @Test(arguments: [SIGTERM, SIGINT])
    func `a second signal ends the process at once, with the status of a shell`(signal: Int32) async {
        await #expect(processExitsWith: .exitCode(128 + signal)) { [signal] in
            var server = Server("Signals") { Get("/") { _ in "" } }
            server.endpoints = [Endpoint(port: 0)]
            server.limits.shutdownDelay = .seconds(3_600)
            server.logger.level = .critical
            let asking = server.background("asking") { running in
                _ = kill(getpid(), signal)
                while running.readiness == .ready { await Task.yield() }
                _ = kill(getpid(), signal)
            }
            try await asking.run()
        }
    }
}
