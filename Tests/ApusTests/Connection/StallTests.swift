import Apus
import ApusTesting
import ApusTransport
import Foundation
import Testing

/// Clients that take their answers slowly, or not at all.
@Suite(.timeLimit(.minutes(1)), .fewAtATime) struct StallTests {
    /// More than the kernel keeps for a client that does not read.
    private static let large = 16_000_000

    private static func server() -> Server {
        var server = Server.logging {
            Get("/hello") { _ in "Hello" }
            Get("/large") { _ in Response(octets: [UInt8](repeating: 7, count: large)) }
            Get("/medium") { _ in Response(octets: [UInt8](repeating: 7, count: 1_500_000)) }
            Post("/echo") { request in Response(octets: try await request.body.collect()) }
            Get("/broken") { _ in
                Response { writer in
                    try await writer.write("one")
                    throw Problem(.conflict)
                }
            }
        }
        server.endpoints = [Endpoint(port: 0)]
        server.eventLoops = 1
        server.limits.writeStall = .milliseconds(50)
        return server
    }

    /// Has the server's one loop wait for longer than a stall, and serve somebody after it.
    ///
    /// A timer that was left behind would have fired then.
    private static func outlastStall(of endpoint: BoundEndpoint) async throws {
        try await RestrainedClient.connect(to: endpoint) { client in
            await client.send("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n\r\n")
            let answer = try await client.takeToEnd()
            #expect(String(decoding: answer, as: UTF8.self).hasPrefix("HTTP/1.1 408 "))
        }
        try await RestrainedClient.connect(to: endpoint) { client in
            await client.send("GET /hello HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
            let answer = try await client.takeToEnd()
            #expect(String(decoding: answer, as: UTF8.self).hasSuffix("\r\n\r\nHello"))
        }
    }

    @Test func `a client that sends on and never reads is cut off, and the server lives on`() async throws {
        var server = Self.server()
        server.limits.contentPause = .milliseconds(150)
        try await server.withRunning { running in
            let endpoint = running.endpoints[0]
            try await RestrainedClient.connect(to: endpoint) { client in
                let content = String(repeating: "r", count: 1_000_000)
                for _ in 0..<16 {
                    await client.send("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\n" + content)
                }
                #expect(await client.waitUntilCutOff())
            }
            try await Self.outlastStall(of: endpoint)
        }
    }

    @Test func `a stream whose producer fails is cut off, and the server lives on`() async throws {
        var server = Self.server()
        server.limits.contentPause = .milliseconds(150)
        try await server.withRunning { running in
            let endpoint = running.endpoints[0]
            try await RestrainedClient.connect(to: endpoint) { client in
                await client.send("GET /broken HTTP/1.1\r\nHost: x\r\n\r\n")
                #expect(await client.waitUntilCutOff())
            }
            try await Self.outlastStall(of: endpoint)
        }
    }

    /// A regular end would have the client take for whole what was cut off, where nothing else tells the length.
    @Test(arguments: ["", "Connection: close\r\n"])
    func `a client that takes nothing is reset`(field: String) async throws {
        try await Self.server().withRunning { running in
            try await RestrainedClient.connect(to: running.endpoints[0]) { client in
                await client.send("GET /large HTTP/1.1\r\nHost: x\r\n\(field)\r\n")
                #expect(await client.waitUntilCutOff())
                await #expect(throws: ChannelFailure.self) { try await client.takeToEnd() }
            }
        }
    }

    /// A Unix socket, because the kernel keeps little for it: most of the answer waits in the server.
    @Test(arguments: ["", "Connection: close\r\n"])
    func `a client that takes a little now and then gets everything`(field: String) async throws {
        let path = FileManager.default.temporaryDirectory.appending(path: "apus-\(UUID().uuidString).sock").path
        var server = Self.server()
        server.endpoints = [Endpoint(unixSocket: path)]
        server.limits.writeStall = .milliseconds(400)
        let (count, duration) = try await server.withRunning { running in
            try await RestrainedClient.connect(to: running.endpoints[0]) { client in
                await client.send("GET /medium HTTP/1.1\r\nHost: x\r\n\(field)\r\n")
                let start = ContinuousClock.now
                var count = 0
                while count < 1_500_000, let some = try await client.take() {
                    count += some.count
                    await client.pause(20_000_000)
                }
                return (count, start.duration(to: .now))
            }
        }
        #expect(count > 1_500_000 && duration > .milliseconds(400))
    }
}
