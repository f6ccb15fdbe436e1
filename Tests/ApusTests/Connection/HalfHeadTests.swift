import Apus
import ApusTesting
import Testing

/// A client that has begun its next request together with the one before, and does not go on.
@Suite(.timeLimit(.minutes(1)), .fewAtATime) struct HalfHeadTests {
    private static func server() -> Server {
        var server = Server.logging {
            Get("/hello") { _ in "Hello" }
        }
        server.endpoints = [Endpoint(port: 0)]
        return server
    }

    private static let oneAndAHalf = "GET /hello HTTP/1.1\r\nHost: x\r\n\r\nGET /hello HTTP/1.1\r\nHos"

    private static func takeHello(_ client: RestrainedClient) async throws {
        var answer = ""
        while !answer.hasSuffix("\r\n\r\nHello") {
            answer += String(decoding: try #require(try await client.take()), as: UTF8.self)
        }
    }

    @Test func `its time is that of a head, not that of an idle connection`() async throws {
        var server = Self.server()
        server.limits.headDeadline = .seconds(3)
        server.limits.idleDeadline = .seconds(20)
        try await server.withRunning { running in
            try await RestrainedClient.connect(to: running.endpoints[0]) { client in
                await client.send(Self.oneAndAHalf)
                try await Self.takeHello(client)
                let rest = try await client.takeToEnd()
                #expect(String(decoding: rest, as: UTF8.self).hasPrefix("HTTP/1.1 408 "))
            }
        }
    }

    /// It is told that its time is over, and not cut off when all the grace is.
    @Test func `does not delay the end of the server`() async throws {
        var server = Self.server()
        server.limits.shutdownGrace = .seconds(4)
        let (running, whenRunning) = AsyncStream.makeStream(of: BoundEndpoint.self)
        let half = Gate()
        try await withThrowingTaskGroup(of: Void.self) { [server] tasks in
            tasks.addTask {
                try await server.withRunning { running in
                    whenRunning.yield(running.endpoints[0])
                    await half.wait()
                }
            }
            for await endpoint in running {
                try await RestrainedClient.connect(to: endpoint) { client in
                    await client.send(Self.oneAndAHalf)
                    try await Self.takeHello(client)
                    half.open()
                    let rest = try await client.takeToEnd()
                    #expect(String(decoding: rest, as: UTF8.self).hasPrefix("HTTP/1.1 408 "))
                }
                break
            }
            try await tasks.waitForAll()
        }
    }

    /// The end of the server begins while the request before is still being answered.
    @Test func `does not delay the end of the server behind an answer that takes its time`() async throws {
        let released = Gate()
        var server = Server.logging {
            Get("/hello") { _ in "Hello" }
            Get("/slow") { _ in
                Response { writer in
                    try await writer.write("begun")
                    await released.wait()
                }
            }
        }
        server.endpoints = [Endpoint(port: 0)]
        // One loop, which tells all of its connections in one go that the end has come.
        server.eventLoops = 1
        server.limits.shutdownGrace = .seconds(4)
        let (running, whenRunning) = AsyncStream.makeStream(of: BoundEndpoint.self)
        let begun = Gate()
        try await withThrowingTaskGroup(of: Void.self) { [server] tasks in
            tasks.addTask {
                try await server.withRunning { running in
                    whenRunning.yield(running.endpoints[0])
                    await begun.wait()
                }
            }
            for await endpoint in running {
                try await RestrainedClient.connect(to: endpoint) { idle in
                    await idle.send("GET /hello HTTP/1.1\r\nHost: x\r\n\r\n")
                    try await Self.takeHello(idle)
                    try await RestrainedClient.connect(to: endpoint) { client in
                        await client.send("GET /slow HTTP/1.1\r\nHost: x\r\n\r\nGET /hello HTTP/1.1\r\nHos")
                        var answer = ""
                        while !answer.contains("begun") {
                            answer += String(decoding: try #require(try await client.take()), as: UTF8.self)
                        }
                        begun.open()
                        _ = try await idle.takeToEnd()
                        released.open()
                        let rest = String(decoding: try await client.takeToEnd(), as: UTF8.self)
                        #expect(rest.contains("HTTP/1.1 408 "))
                    }
                }
                break
            }
            try await tasks.waitForAll()
        }
    }
}
