import Testing

@testable import ApusTransport

/// What the owner of a channel is told, and when.
@Suite(.timeLimit(.minutes(1))) struct ChannelOwnerTests {
    /// Does something with its channel when octets have come, and notes what it is told.
    private final class Owner: ChannelOwner {
        let told: Shared<[String]>
        private let work: () -> Void

        init(_ told: Shared<[String]>, work: @escaping () -> Void) {
            self.told = told
            self.work = work
        }

        func channelHasOctets() -> Bool {
            told.change { $0.append("octets") }
            work()
            told.change { $0.append("done") }
            return false
        }

        func channelHungUp() { told.change { $0.append("hung up") } }
        func channelPeerEnded() {}
        func channelIsOverdue() {}
    }

    @Test func `a hang-up that its own work finds is told behind it`() async throws {
        try await onLoop { loop in
            let pair = try await SocketPair.make(on: loop)
            defer { pair.close() }
            let told = Shared<[String]>([])
            pair.server.work(
                for: Owner(told) {
                    pair.client.reset()
                    while true {
                        switch pair.server.receive() {
                        case .octets: continue
                        case .drained, .endOfStream: pair.server.mayHaveMore = true
                        case .failed: return
                        }
                    }
                })
            _ = pair.server.receive()
            pair.client.write { $0 += [1] }
            guard case .closed = await pair.server.waitUntilReadable() else {
                Issue.record("expected that the wait ends with the connection")
                return
            }
            #expect(told.value == ["octets", "done", "hung up"])
        }
    }

    @Test func `one who closes the channel is not kept by it, and told nothing more`() async throws {
        try await onLoop { loop in
            let pair = try await SocketPair.make(on: loop)
            defer { pair.close() }
            let told = Shared<[String]>([])
            weak var kept: Owner?
            do {
                let owner = Owner(told) { pair.server.close() }
                kept = owner
                pair.server.work(for: owner)
            }
            #expect(kept != nil)
            _ = pair.server.receive()
            pair.client.write { $0 += [1] }
            guard case .closed = await pair.server.waitUntilReadable() else {
                Issue.record("expected that the wait ends with the channel")
                return
            }
            pair.server.tellHungUp()
            #expect(kept == nil && told.value == ["octets", "done"])
        }
    }

    @Test func `what a closed channel had to send goes nowhere, whoever has its descriptor then`() async throws {
        try await onLoop { loop in
            let pair = try await SocketPair.make(on: loop)
            defer { pair.close() }
            pair.client.write { $0 += [1] }
            pair.client.close()
            // It gets the lowest descriptor that is free.
            let listener = try Listener(binding: .ipv4(host: "127.0.0.1", port: 0))
            try listener.activate(on: loop)
            defer { listener.close() }
            pair.server.setDeadline(in: 1_000_000_000)
            #expect(try await pair.server.take(1) == [])
            let client = try await Channel.connecting(to: listener.address, from: loop, tls: nil, within: 1_000_000_000)
            client.close()
        }
    }
}
