import Glibc
import Testing

@testable import ApusTransport

/// What ends the waits of a channel.
@Suite struct ChannelWaitingTests {
    private static let second: UInt64 = 1_000_000_000

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
            let unsent = pair.client.unsentOctets
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

    /// A timer must not outlive its channel.
    @Test func `a deadline that is set after the end does not come`() async throws {
        try await onLoop { loop in
            do {
                let pair = try await SocketPair.make(on: loop)
                pair.close()
                for channel in [pair.client, pair.server] { channel.setDeadline(in: 1) }
            }
            await withUnsafeContinuation { (continuation: UnsafeContinuation<Void, Never>) in
                loop.schedule(LoopTimer { continuation.resume() }, in: 5_000_000)
            }
        }
    }
}
