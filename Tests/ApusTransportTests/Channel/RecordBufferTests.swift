import Testing

@testable import ApusTransport

/// A TLS session has its record buffers, 34 KB, while it is in use and no longer.
@Suite(.timeLimit(.minutes(1))) struct RecordBufferTests {
    private static let second: UInt64 = 1_000_000_000

    @Test func `an idle session gives them back after a second, and goes on later`() async throws {
        try await onLoop { loop in
            let pair = try await SocketPair.make(on: loop, .tls)
            defer { pair.close() }
            for octet in 1...2 as ClosedRange<UInt8> {
                pair.client.write { $0.append(octet) }
                pair.server.setDeadline(in: 10 * Self.second)
                let received = try await pair.server.take(1)
                #expect(received == [octet])
                #expect(pair.client.tls?.lastRecord != nil && pair.server.tls?.lastRecord != nil)
                // Timers of one loop act in the order of their times.
                pair.server.setDeadline(in: 3 * Self.second / 2)
                guard case .deadline = await pair.server.waitUntilReadable() else { throw ChannelFailure.hungUp }
                #expect(pair.client.tls?.lastRecord == nil && pair.server.tls?.lastRecord == nil)
            }
        }
    }

    @Test func `their release does not move a deadline`() async throws {
        try await onLoop { loop in
            let pair = try await SocketPair.make(on: loop, .tls)
            defer { pair.close() }
            pair.client.write { $0.append(1) }
            pair.server.setDeadline(in: 10 * Self.second)
            _ = try await pair.server.take(1)
            let start = loop.now
            for milliseconds in [300, 1_200] as [UInt64] {
                pair.server.setDeadline(in: milliseconds * 1_000_000)
                let begun = loop.now
                guard case .deadline = await pair.server.waitUntilReadable() else { throw ChannelFailure.hungUp }
                #expect(loop.now - begun >= milliseconds * 1_000_000)
            }
            #expect(pair.server.tls?.lastRecord == nil && loop.now - start >= Self.second)
        }
    }
}
