import Glibc
import Testing

@testable import ApusTransport

@Suite struct ChannelTests {
    private static let second: UInt64 = 1_000_000_000

    @Test(arguments: SocketPair.Security.allCases, [1, 16_384, 3_000_000])
    func `carries octets both ways`(security: SocketPair.Security, count: Int) async throws {
        try await onLoop { loop in
            let pair = try await SocketPair.make(on: loop, security)
            defer { pair.close() }
            let sent = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 7 &+ $0 >> 8) }
            for channel in [pair.client, pair.server] { channel.setDeadline(in: 20 * Self.second) }
            let echoed = try await withThrowingTaskGroup(of: Void.self) { tasks in
                tasks.addTask(executorPreference: loop) {
                    pair.server.write { _ in }
                    let received = try await pair.server.take(count)
                    pair.server.write { $0 += received }
                    guard case .ready = await pair.server.waitUntilUnsent(below: 1, stall: 5_000_000_000) else {
                        throw ChannelFailure.hungUp
                    }
                }
                pair.client.write { $0 += sent }
                pair.client.flush()
                let echoed = try await pair.client.take(count)
                try await tasks.waitForAll()
                return echoed
            }
            #expect(echoed == sent)
            #expect(pair.client.isSecure == (security == .tls) && (pair.server.tlsVersion != nil) == (security == .tls))
        }
    }

    @Test func `what one job writes waits for the end of the job`() async throws {
        try await onLoop { loop in
            let pair = try await SocketPair.make(on: loop)
            defer { pair.close() }
            pair.client.write { $0 += [1, 2] }
            pair.client.write { $0 += [3] }
            #expect(pair.client.unsentCount == 3)
            await Task.yield()
            #expect(pair.client.unsentCount == 0)
            pair.server.setDeadline(in: Self.second)
            #expect(try await pair.server.take(3) == [1, 2, 3])
        }
    }

    @Test(arguments: SocketPair.Security.allCases)
    func `the end of sending reaches the peer, and the other way stays open`(security: SocketPair.Security) async throws
    {
        try await onLoop { loop in
            let pair = try await SocketPair.make(on: loop, security)
            defer { pair.close() }
            for channel in [pair.client, pair.server] { channel.setDeadline(in: 10 * Self.second) }
            pair.client.write { $0 += [1] }
            pair.client.finishSending()
            #expect(try await pair.server.take(2) == [1])
            guard case .endOfStream = pair.server.receive() else {
                Issue.record("expected the end of the stream")
                return
            }
            pair.server.write { $0 += [2] }
            pair.server.flush()
            #expect(try await pair.client.take(1) == [2])
        }
    }

    @Test func `a deadline ends a wait for octets`() async throws {
        try await onLoop { loop in
            let pair = try await SocketPair.make(on: loop)
            defer { pair.close() }
            _ = pair.server.receive()
            let start = Syscall.monotonicNanoseconds()
            pair.server.setDeadline(in: 5_000_000)
            guard case .deadline = await pair.server.waitUntilReadable() else {
                Issue.record("expected the deadline")
                return
            }
            // The loop's clock, from which the deadline counts, stands still while a job runs.
            #expect(Syscall.monotonicNanoseconds() - start > 4_000_000)
            // It stays over until another is set.
            guard case .deadline = await pair.server.waitUntilReadable() else {
                Issue.record("expected the deadline once more")
                return
            }
            pair.server.setDeadline(in: 10 * Self.second)
            pair.client.write { $0 += [1] }
            #expect(try await pair.server.take(1) == [1])
        }
    }

    @Test func `a deadline may be moved either way`() async throws {
        try await onLoop { loop in
            let pair = try await SocketPair.make(on: loop)
            defer { pair.close() }
            _ = pair.server.receive()
            pair.server.setDeadline(in: 3_600 * Self.second)
            pair.server.setDeadline(in: 1_000_000)
            guard case .deadline = await pair.server.waitUntilReadable() else {
                Issue.record("expected the earlier deadline")
                return
            }
            pair.server.setDeadline(in: 1_000_000)
            pair.server.setDeadline(in: 20_000_000)
            let start = Syscall.monotonicNanoseconds()
            guard case .deadline = await pair.server.waitUntilReadable() else {
                Issue.record("expected the later deadline")
                return
            }
            #expect(Syscall.monotonicNanoseconds() - start > 15_000_000)
        }
    }

    @Test func `an interruption ends one wait, under way or next`() async throws {
        try await onLoop { loop in
            let pair = try await SocketPair.make(on: loop)
            defer { pair.close() }
            _ = pair.server.receive()
            for _ in 0..<2 {
                pair.server.setDeadline(in: 10 * Self.second)
                pair.server.interrupt()
                guard case .interrupted = await pair.server.waitUntilReadable() else {
                    Issue.record("expected an interruption")
                    return
                }
                pair.server.setDeadline(in: 1)
                guard case .deadline = await pair.server.waitUntilReadable() else {
                    Issue.record("expected to be interrupted once")
                    return
                }
            }
            pair.server.setDeadline(in: 10 * Self.second)
            let wasInterrupted = await withTaskGroup(of: Bool.self) { tasks in
                tasks.addTask(executorPreference: loop) {
                    if case .interrupted = await pair.server.waitUntilReadable() { true } else { false }
                }
                await Task.yield()
                pair.server.interrupt()
                return await tasks.reduce(true) { $0 && $1 }
            }
            #expect(wasInterrupted)
        }
    }

    @Test func `a slow reader is felt by the writer`() async throws {
        try await onLoop { loop in
            let pair = try await SocketPair.make(on: loop)
            defer { pair.close() }
            let count = 32_000_000
            pair.client.write { $0 += [UInt8](repeating: 7, count: count) }
            guard case .deadline = await pair.client.waitUntilUnsent(below: 1, stall: 20_000_000) else {
                Issue.record("expected the kernel's buffers to be smaller than \(count) octets")
                return
            }
            let unsent = pair.client.unsentCount
            #expect(unsent > 0 && unsent < count)
            pair.server.setDeadline(in: 20 * Self.second)
            let received = try await withThrowingTaskGroup(of: Int.self) { tasks in
                tasks.addTask(executorPreference: loop) { try await pair.server.take(count).count }
                guard case .ready = await pair.client.waitUntilUnsent(below: 1, stall: 5_000_000_000) else { return -1 }
                return try await tasks.reduce(0, +)
            }
            #expect(received == count)
        }
    }

    @Test func `a reset is a failure, and is told once`() async throws {
        try await onLoop { loop in
            let pair = try await SocketPair.make(on: loop)
            defer { pair.close() }
            let told = Shared(0)
            pair.server.whenHungUp { told.change { $0 += 1 } }
            _ = pair.server.receive()
            pair.server.setDeadline(in: 10 * Self.second)
            pair.client.reset()
            await #expect(throws: ChannelFailure.self) { try await pair.server.take(1) }
            #expect(told.value == 1)
            // What is written now goes nowhere and does no harm.
            pair.server.write { $0 += [1] }
            #expect(pair.server.unsentCount == 0)
            guard case .closed = await pair.server.waitUntilUnsent(below: 1, stall: 5_000_000_000) else {
                Issue.record("expected to be told that nothing can be sent")
                return
            }
        }
    }

    @Test func `closing wakes whoever waits`() async throws {
        try await onLoop { loop in
            let pair = try await SocketPair.make(on: loop)
            defer { pair.close() }
            _ = pair.server.receive()
            pair.server.setDeadline(in: 10 * Self.second)
            let wasClosed = await withTaskGroup(of: Bool.self) { tasks in
                tasks.addTask(executorPreference: loop) {
                    if case .closed = await pair.server.waitUntilReadable() { true } else { false }
                }
                await Task.yield()
                pair.server.close()
                pair.server.close()
                return await tasks.reduce(true) { $0 && $1 }
            }
            #expect(wasClosed)
        }
    }

    @Test func `a port that nobody listens on refuses`() async throws {
        try await onLoop { loop in
            // Bound, so that no other test can listen there, but not listening.
            let descriptor = try Syscall.socket(AF_INET)
            defer { Syscall.close(descriptor) }
            try Syscall.bind(descriptor, to: .ipv4(host: "127.0.0.1", port: 0))
            let address = try Syscall.localAddress(descriptor)
            await #expect(throws: ChannelFailure.self) {
                try await Channel.connecting(to: address, from: loop, tls: nil, within: 10 * Self.second)
            }
        }
    }

    @Test func `a socket file that is not there refuses`() async throws {
        try await onLoop { loop in
            await #expect(throws: ChannelFailure.self) {
                let address = SocketAddress.unix(path: "/nonexistent/apus.sock")
                return try await Channel.connecting(to: address, from: loop, tls: nil, within: 10 * Self.second)
            }
        }
    }

    @Test func `a channel that was never used still closes its socket`() async throws {
        try await onLoop { loop in
            let listener = try Listener(binding: .ipv4(host: "127.0.0.1", port: 0))
            try listener.activate(on: loop)
            defer { listener.close() }
            let client = try await Channel.connecting(
                to: listener.address, from: loop, tls: nil, within: 10 * Self.second)
            defer { client.close() }
            let accepted = try #require(await listener.accept { _ in })
            _ = Channel(adopting: accepted.descriptor, peer: accepted.peer, loop: loop, tls: nil)
            client.setDeadline(in: 10 * Self.second)
            #expect(try await client.take(1) == [])
            guard case .endOfStream = client.receive() else {
                Issue.record("expected the end of the stream")
                return
            }
        }
    }
}
