import COpenSSL
import Glibc
import Testing

@testable import ApusTransport

/// No socket keeps a loop from the others, and no peer keeps it busy with nothing.
@Suite(.timeLimit(.minutes(1))) struct FairnessTests {
    private static let second: UInt64 = 1_000_000_000

    /// Reads `channel` until `count` octets have come.
    ///
    /// - Returns: how many readings it took until `isOver`, and in all.
    private static func readings(
        of channel: Channel, _ count: Int, until isOver: Shared<Bool>
    ) async throws -> (before: Int, all: Int) {
        var (before, all, octets) = (0, 0, 0)
        while octets < count {
            switch channel.receive() {
            case .octets:
                channel.withReceived { octets += $0.count }
                all += 1
                if !isOver.value { before += 1 }
            case .drained:
                guard case .ready = await channel.waitUntilReadable() else { throw ChannelFailure.hungUp }
            case .endOfStream: throw ChannelFailure.hungUp
            case .failed(let failure): throw failure
            }
        }
        return (before, all)
    }

    @Test func `a socket that always has octets lets the others have their turn`() async throws {
        try await onLoop { loop in
            let busy = try await SocketPair.make(on: loop)
            let other = try await SocketPair.make(on: loop)
            defer {
                busy.close()
                other.close()
            }
            for channel in [busy.server, other.server] { channel.setDeadline(in: 10 * Self.second) }
            // The kernel then has more than one reading takes, and gets more as soon as some was read.
            var size: Int32 = 4_000_000
            setsockopt(busy.server.descriptor, SOL_SOCKET, SO_RCVBUF, &size, socklen_t(MemoryLayout<Int32>.size))
            let count = 4_000_000
            let isOtherServed = Shared(false)
            let readings = try await withThrowingTaskGroup(of: Void.self) { tasks in
                tasks.addTask(executorPreference: loop) {
                    let octets = try await other.server.take(1)
                    #expect(octets == [1])
                    isOtherServed.change { $0 = true }
                }
                // Now it waits for its octet, and the loop has not looked at the sockets since.
                await Task.yield()
                other.client.write { $0 += [1] }
                other.client.flush()
                busy.client.write { $0 += [UInt8](repeating: 7, count: count) }
                busy.client.flush()
                let readings = try await Self.readings(of: busy.server, count, until: isOtherServed)
                try await tasks.waitForAll()
                return readings
            }
            #expect(readings.before <= 8 && readings.all > 24)
        }
    }

    @Test(arguments: [SSL_KEY_UPDATE_NOT_REQUESTED, SSL_KEY_UPDATE_REQUESTED])
    func `TLS records without content end the connection, and the others are served`(kind: Int32) async throws {
        try await onLoop { loop in
            let flooding = try await ContentlessClient(on: loop)
            let other = try await SocketPair.make(on: loop)
            defer {
                flooding.pair.close()
                other.close()
            }
            for channel in [flooding.pair.server, other.server] { channel.setDeadline(in: 5 * Self.second) }
            let flood = try flooding.keyUpdates(160_000, kind: kind)
            flooding.pair.client.write { $0 += flood }
            flooding.pair.client.flush()
            other.client.write { $0 += [1] }
            other.client.flush()
            await #expect(throws: ChannelFailure.self) { try await flooding.pair.server.take(1) }
            #expect(try await other.server.take(1) == [1])
        }
    }

    /// A connection may change its keys as often as it likes, if it has something to say.
    @Test func `TLS records without content do no harm between others`() async throws {
        try await onLoop { loop in
            let client = try await ContentlessClient(on: loop)
            defer { client.pair.close() }
            client.pair.server.setDeadline(in: 5 * Self.second)
            for number in 0..<3 as Range<UInt8> {
                let records =
                    try client.keyUpdates(40_000, kind: SSL_KEY_UPDATE_NOT_REQUESTED) + client.sealed([number])
                client.pair.client.write { $0 += records }
                client.pair.client.flush()
                #expect(try await client.pair.server.take(1) == [number])
            }
        }
    }
}
