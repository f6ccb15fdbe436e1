import Glibc
import Testing

@testable import ApusTransport

/// Waiting for a peer that takes its octets slowly, or not at all.
@Suite(.timeLimit(.minutes(1))) struct StalledWriterTests {
    private static let stall: UInt64 = 150_000_000

    /// A pair for whose sending client the kernel keeps little.
    private static func makePair(
        on loop: EventLoop, _ security: SocketPair.Security = .clearText
    ) async throws -> SocketPair {
        let pair = try await SocketPair.make(on: loop, security)
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

    /// The kernel never takes all of it at once, so that the output is at no time empty.
    @Test(arguments: SocketPair.Security.allCases)
    func `what a peer has taken is not kept`(security: SocketPair.Security) async throws {
        let (limit, chunks) = (65_536, 100)
        try await onLoop { loop in
            let pair = try await Self.makePair(on: loop, security)
            defer { pair.close() }
            let (largest, areRight) = try await withThrowingTaskGroup(of: Bool.self) { tasks in
                tasks.addTask(executorPreference: loop) {
                    let taken = try await pair.server.take(limit * chunks)
                    return taken.count == limit * chunks
                        && taken.indices.allSatisfy { taken[$0] == UInt8($0 / limit) }
                }
                var largest = 0
                for number in 0..<chunks {
                    pair.client.write { $0 += [UInt8](repeating: UInt8(number), count: limit) }
                    guard case .ready = await pair.client.waitUntilUnsent(below: limit, stall: 5_000_000_000) else {
                        throw ChannelFailure.hungUp
                    }
                    largest = max(largest, pair.client.wire.count)
                }
                guard case .ready = await pair.client.waitUntilUnsent(below: 1, stall: 5_000_000_000) else {
                    throw ChannelFailure.hungUp
                }
                return (largest, try await tasks.next() == true)
            }
            // What may wait at the most, the limit and a chunk, and as much again before it is moved to the front.
            #expect(areRight && largest < 4 * limit + 16_384)
        }
    }
}
