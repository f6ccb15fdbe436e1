import Glibc
import Testing

@testable import ApusTransport

/// Waiting for a peer that takes its octets slowly, or not at all.
@Suite(.timeLimit(.minutes(1))) struct StalledWriterTests {
    private static let stall: UInt64 = 150_000_000

    /// A pair for whose sending client the kernel keeps little.
    private static func makePair(on loop: EventLoop) async throws -> SocketPair {
        let pair = try await SocketPair.make(on: loop)
        for (channel, option) in [(pair.client, SO_SNDBUF), (pair.server, SO_RCVBUF)] {
            var size: Int32 = 32_768
            setsockopt(channel.descriptor, SOL_SOCKET, option, &size, socklen_t(MemoryLayout<Int32>.size))
        }
        return pair
    }

    private static func pause(_ nanoseconds: UInt64, on loop: EventLoop) async {
        await withUnsafeContinuation { (continuation: UnsafeContinuation<Void, Never>) in
            loop.schedule(LoopTimer { continuation.resume() }, in: nanoseconds)
        }
    }

    @Test func `a peer that takes a little now and then is waited for`() async throws {
        try await onLoop { loop in
            let pair = try await Self.makePair(on: loop)
            defer { pair.close() }
            let count = 1_200_000
            pair.client.write { $0 += [UInt8](repeating: 7, count: count) }
            let start = Syscall.monotonicNanoseconds()
            let taken = try await withThrowingTaskGroup(of: Int.self) { tasks in
                tasks.addTask(executorPreference: loop) {
                    var taken = 0
                    while taken < count {
                        taken += try await pair.server.take(1).count
                        await Self.pause(15_000_000, on: loop)
                    }
                    return taken
                }
                guard case .ready = await pair.client.waitUntilUnsent(below: 1, stall: Self.stall) else {
                    throw ChannelFailure.hungUp
                }
                #expect(Syscall.monotonicNanoseconds() - start > 2 * Self.stall)
                return try await tasks.reduce(0, +)
            }
            #expect(taken == count)
        }
    }

    @Test func `a peer that takes nothing is not`() async throws {
        try await onLoop { loop in
            let pair = try await Self.makePair(on: loop)
            defer { pair.close() }
            pair.client.write { $0 += [UInt8](repeating: 7, count: 1_200_000) }
            guard case .deadline = await pair.client.waitUntilUnsent(below: 1, stall: 20_000_000) else {
                Issue.record("expected the deadline")
                return
            }
            #expect(pair.client.unsentOctets > 0)
        }
    }
}
