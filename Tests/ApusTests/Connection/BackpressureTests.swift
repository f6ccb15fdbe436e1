import Apus
import ApusTesting
import Foundation
import Testing

/// Whoever is slow makes the other side wait, and costs the server no memory: what either has handed over and the other has not taken
/// lies with the kernel, but for what the limits name.
///
/// Over Unix sockets, because the kernel keeps a known and small number of octets for one.
@Suite(.timeLimit(.minutes(1)), .fewAtATime) struct BackpressureTests {
    private static let chunk = [UInt8](repeating: 7, count: 16_384)
    /// Far more than may be held on the way.
    private static let chunks = 512
    private static let stall: UInt64 = 100_000_000

    /// socket(7): what may wait in a socket before the sender does, `wmem_default`, of which the last message may exceed it: here 64 KiB,
    /// the most that the server hands over at once.
    private static func kernelOctets() throws -> Int {
        let text = try String(contentsOfFile: "/proc/sys/net/core/wmem_default", encoding: .utf8)
        return try #require(Int(text.trimmingCharacters(in: .whitespacesAndNewlines))) + 65_536
    }

    private static func connect<Result: Sendable>(
        to server: Server, isSecure: Bool,
        _ body: @escaping @Sendable (RestrainedClient, BoundEndpoint) async throws -> Result
    ) async throws -> Result {
        let path = FileManager.default.temporaryDirectory.appending(path: "apus-\(UUID().uuidString).sock").path
        var server = server
        server.endpoints = [Endpoint(unixSocket: path, tls: isSecure ? .selfSigned : nil)]
        server.eventLoops = 1
        return try await server.withRunning { running in
            let endpoint = running.endpoints[0]
            return try await RestrainedClient.connect(to: endpoint) { try await body($0, endpoint) }
        }
    }

    @Test(arguments: [false, true], ["1.1", "1.0"])
    func `a client that takes nothing suspends the producer`(isSecure: Bool, version: String) async throws {
        let written = Shared(0)
        let ended = Gate()
        var server = Server.logging {
            Get("/") { _ in
                Response { writer in
                    defer { ended.open() }
                    for _ in 0..<Self.chunks {
                        written.change { $0 += Self.chunk.count }
                        try await writer.write(Self.chunk)
                    }
                }
            }
        }
        server.limits.writeStall = .milliseconds(100)
        let limit = server.limits.unsentOctets
        try await Self.connect(to: server, isSecure: isSecure) { client, _ in
            await client.send("GET / HTTP/\(version)\r\nHost: x\r\n\r\n")
            await ended.wait()
        }
        let most = try Self.kernelOctets() + limit + Self.chunk.count
        #expect(limit...most ~= written.value)
    }

    /// A handler that never reads, and one that stops after a chunk: nothing is read ahead of either.
    @Test(arguments: [false, true], [0, 1])
    func `a handler that reads no further suspends the client`(isSecure: Bool, chunksRead: Int) async throws {
        let (arrived, released) = (Gate(), Gate())
        let server = Server.logging {
            Get("/") { _ in "Hello" }
            Post("/") { request in
                var chunks = request.body.makeAsyncIterator()
                var count = 0
                for _ in 0..<chunksRead { count += try await chunks.next()?.count ?? 0 }
                arrived.open()
                await released.wait()
                while let chunk = try await chunks.next() { count += chunk.count }
                return "\(count)"
            }
        }
        let length = Self.chunk.count * Self.chunks
        // One read of the loop may have brought the head, and the content behind it; under TLS the session holds a part of a record.
        let most = try Self.kernelOctets() + 3 * 65_536
        try await Self.connect(to: server, isSecure: isSecure) { client, endpoint in
            await client.send("POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: \(length)\r\n\r\n")
            let content = [UInt8](repeating: 7, count: length)
            let untaken = await client.send(content, stall: Self.stall)
            await arrived.wait()
            // The one loop looks at the first client again while it serves a second.
            try await RestrainedClient.connect(to: endpoint) { second in
                await second.send("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
                let answer = try await second.takeToEnd()
                #expect(String(decoding: answer, as: UTF8.self).hasSuffix("Hello"))
            }
            let stillUntaken = await client.sendOn(stall: Self.stall)
            #expect(length - untaken <= most && length - stillUntaken <= most)
            released.open()
            let answer = try await client.takeToEnd()
            #expect(String(decoding: answer, as: UTF8.self).hasSuffix("\r\n\r\n\(length)"))
        }
    }
}
