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

    @Test func `what is written leaves before the loop sleeps`() async throws {
        try await onLoop { loop in
            let pair = try await SocketPair.make(on: loop)
            defer { pair.close() }
            pair.client.write { $0 += [1, 2] }
            pair.client.write { $0 += [3] }
            #expect(pair.client.unsentOctets == 3)
            pair.server.setDeadline(in: Self.second)
            #expect(try await pair.server.take(3) == [1, 2, 3])
            #expect(pair.client.unsentOctets == 0)
        }
    }

    @Test func `what was written does not wait for more jobs once one has been long`() async throws {
        try await onLoop { loop in
            let pair = try await SocketPair.make(on: loop)
            defer { pair.close() }
            pair.client.write { $0 += [1] }
            let unsent = await withTaskGroup { tasks in
                // Both are ready at once, and the loop does not look at its sockets between them.
                tasks.addTask(executorPreference: loop) {
                    let end = loop.kernel.monotonicNanoseconds() + 2_000_000
                    while loop.kernel.monotonicNanoseconds() < end {}
                    return Int?.none
                }
                tasks.addTask(executorPreference: loop) { pair.client.unsentOctets }
                var unsent: Int?
                for await count in tasks { unsent = count ?? unsent }
                return unsent
            }
            #expect(unsent == 0)
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

    @Test func `a reset is a failure, and is told once`() async throws {
        try await onLoop { loop in
            let pair = try await SocketPair.make(on: loop)
            defer { pair.close() }
            let told = Shared(0)
            pair.server.work(for: HangUpCounter(told))
            _ = pair.server.receive()
            pair.server.setDeadline(in: 10 * Self.second)
            pair.client.reset()
            await #expect(throws: ChannelFailure.self) { try await pair.server.take(1) }
            #expect(told.value == 1)
            // What is written now goes nowhere and does no harm.
            pair.server.write { $0 += [1] }
            #expect(pair.server.unsentOctets == 0)
            guard case .closed = await pair.server.waitUntilUnsent(below: 1, stall: 5_000_000_000) else {
                Issue.record("expected to be told that nothing can be sent")
                return
            }
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

    /// Two channels written to in one job, one of them flushed by hand meanwhile: neither is forgotten.
    @Test func `every channel that was written to is flushed`() async throws {
        try await onLoop { loop in
            let (first, second) = (try await SocketPair.make(on: loop), try await SocketPair.make(on: loop))
            defer {
                first.close()
                second.close()
            }
            first.client.write { $0 += [1] }
            second.client.write { $0 += [2] }
            second.client.flush()
            second.client.write { $0 += [3] }
            for server in [first.server, second.server] { server.setDeadline(in: Self.second) }
            #expect(try await first.server.take(1) == [1])
            #expect(try await second.server.take(2) == [2, 3])
            #expect(first.client.unsentOctets == 0 && second.client.unsentOctets == 0)
        }
    }
}

/// Counts how often it is told that the peer has gone.
private final class HangUpCounter: ChannelOwner {
    private let count: Shared<Int>

    init(_ count: Shared<Int>) {
        self.count = count
    }

    func channelHungUp() { count.change { $0 += 1 } }

    func channelPeerEnded() {}

    func channelHasOctets() -> Bool { false }

    func channelIsOverdue() {}
}
