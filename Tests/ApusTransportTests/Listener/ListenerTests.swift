import Foundation
import Glibc
import Testing

@testable import ApusTransport

@Suite struct ListenerTests {
    /// A path in a folder of its own, which is removed when `body` ends.
    private func withFolder<Result>(_ body: (String) async throws -> Result) async throws -> Result {
        let folder = FileManager.default.temporaryDirectory.appending(path: "apus-\(UInt64.random(in: 0...UInt64.max))")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        return try await body(folder.appending(path: "socket").path)
    }

    private static func echoes(_ address: SocketAddress) async throws -> Bool {
        try await onLoop { loop in
            let listener = try Listener(binding: address)
            try listener.activate(on: loop)
            defer { listener.close() }
            let client = try await Channel.connecting(
                to: listener.address, from: loop, tls: nil, within: 10_000_000_000)
            defer { client.close() }
            let accepted = try #require(await listener.accept { _ in })
            let server = Channel(adopting: accepted.descriptor, peer: accepted.peer, loop: loop, tls: nil)
            try server.activate()
            defer { server.close() }
            for channel in [client, server] { channel.setDeadline(in: 10_000_000_000) }
            client.write { $0 += [1, 2, 3] }
            client.flush()
            let received = try await server.take(3)
            server.write { $0 += received }
            server.flush()
            return try await client.take(3) == [1, 2, 3]
        }
    }

    @Test func `port 0 becomes a port of the system's choice`() throws {
        let listeners = try (0..<3).map { _ in try Listener(binding: .ipv4(host: "127.0.0.1", port: 0)) }
        let ports = try listeners.map { try #require($0.address.port) }
        #expect(Set(ports).count == 3 && ports.allSatisfy { 1...65_535 ~= $0 })
    }

    @Test func `a port in use is named, with what to do`() throws {
        let first = try Listener(binding: .ipv4(host: "127.0.0.1", port: 0))
        let port = try #require(first.address.port)
        let error = try #require(throws: ListenerError.self) {
            try Listener(binding: .ipv4(host: "127.0.0.1", port: port))
        }
        #expect(error.description.contains("127.0.0.1:\(port)"))
        #expect(error.description.contains("something listens there already"))
        #expect(error.description.contains("choose another port"))
    }

    @Test func `an address of another machine is refused in words`() throws {
        // TEST-NET-1 (RFC 5737) belongs to nobody.
        let error = try #require(throws: ListenerError.self) {
            try Listener(binding: .ipv4(host: "192.0.2.1", port: 0))
        }
        #expect(error.description.contains("192.0.2.1:0") && error.description.contains("bind"))
    }

    @Test func `accepts over IPv4`() async throws {
        let echoed = try await Self.echoes(.ipv4(host: "127.0.0.1", port: 0))
        #expect(echoed)
    }

    private static let hasIPv6 = (try? Listener(binding: .ipv6(host: "::1", port: 0))) != nil

    @Test(.enabled(if: hasIPv6, "this machine has no IPv6"))
    func `accepts over IPv6`() async throws {
        let echoed = try await Self.echoes(.ipv6(host: "::1", port: 0))
        #expect(echoed)
    }

    @Test(.enabled(if: hasIPv6, "this machine has no IPv6"))
    func `IPv4 and IPv6 may have the same port`() throws {
        let six = try Listener(binding: .ipv6(host: "::", port: 0))
        let port = try #require(six.address.port)
        // Another process may have taken the port for IPv4, which is then in use for that reason.
        do throws(ListenerError) {
            let four = try Listener(binding: .ipv4(host: "127.0.0.1", port: port))
            #expect(four.address.port == port)
        } catch {
            guard case .inUse = error else {
                Issue.record("\(error)")
                return
            }
        }
    }

    @Test func `accepts over a Unix socket, and removes its file at the end`() async throws {
        try await withFolder { path in
            let echoed = try await Self.echoes(.unix(path: path))
            #expect(echoed)
            #expect(!FileManager.default.fileExists(atPath: path))
        }
    }

    @Test func `a stale socket file is replaced`() async throws {
        try await withFolder { path in
            // A socket that was bound and closed leaves its file, as a server that was killed does.
            let descriptor = try Syscall.socket(AF_UNIX)
            try Syscall.bind(descriptor, to: .unix(path: path))
            Syscall.close(descriptor)
            #expect(FileManager.default.fileExists(atPath: path))
            let echoed = try await Self.echoes(.unix(path: path))
            #expect(echoed)
        }
    }

    @Test func `a socket file in use is left alone`() async throws {
        try await withFolder { path in
            let first = try Listener(binding: .unix(path: path))
            let error = try #require(throws: ListenerError.self) { try Listener(binding: .unix(path: path)) }
            #expect(error.description.contains(path) && error.description.contains("something listens there already"))
            #expect(FileManager.default.fileExists(atPath: path))
            first.close()
            #expect(!FileManager.default.fileExists(atPath: path))
        }
    }

    @Test func `a file that is no socket is left alone`() async throws {
        try await withFolder { path in
            try Data("precious".utf8).write(to: URL(filePath: path))
            #expect(throws: ListenerError.self) { try Listener(binding: .unix(path: path)) }
            #expect(try String(contentsOfFile: path, encoding: .utf8) == "precious")
        }
    }

    /// unix(7): `sun_path` has 108 octets, one of them for the end.
    @Test func `a path that is too long is refused, with the limit`() throws {
        let path = "/tmp/" + String(repeating: "x", count: 103)
        let error = try #require(throws: ListenerError.self) { try Listener(binding: .unix(path: path)) }
        #expect(error.description.contains("at most 107 octets") && error.description.contains("108"))
    }

    @Test func `a closed listener accepts no more`() async throws {
        try await withFolder { path in
            try await onLoop { loop in
                let listener = try Listener(binding: .unix(path: path))
                try listener.activate(on: loop)
                let accepted = await withTaskGroup(of: Bool.self) { tasks in
                    tasks.addTask(executorPreference: loop) { await listener.accept { _ in } != nil }
                    await Task.yield()
                    listener.close()
                    return await tasks.reduce(false) { $0 || $1 }
                }
                #expect(!accepted)
                await #expect(throws: ChannelFailure.self) {
                    try await Channel.connecting(to: listener.address, from: loop, tls: nil, within: 10_000_000_000)
                }
            }
        }
    }
}
