import Apus
import ApusCrypto
import ApusTransport

/// A client that takes octets only when it is told to, and no more than one reading brings.
actor RestrainedClient {
    private nonisolated let loop: EventLoop
    private let channel: Channel
    private var isCutOff = false
    private var waiter: UnsafeContinuation<Void, Never>?

    nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }

    /// How long each wait may take.
    private static let timeLimit: UInt64 = 5_000_000_000

    private init(_ channel: Channel) {
        loop = channel.loop
        self.channel = channel
    }

    /// Runs `body` with a connection to `endpoint`, which trusts its certificate and offers `protocols` if it has one.
    static func connect<Result>(
        to endpoint: BoundEndpoint, offering protocols: [String] = [],
        _ body: (RestrainedClient) async throws -> Result
    ) async throws -> Result {
        let loops = try EventLoopGroup(count: 1)
        defer { loops.stop() }
        let opener = Opener(loops.loops[0])
        let client = try await opener.open(endpoint, protocols)
        do {
            let result = try await body(client)
            await client.close()
            return result
        } catch {
            await client.close()
            throw error
        }
    }

    /// What must happen on the loop before there is a client.
    private actor Opener {
        nonisolated let loop: EventLoop
        nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }

        init(_ loop: EventLoop) {
            self.loop = loop
        }

        func open(_ endpoint: BoundEndpoint, _ protocols: [String]) async throws -> RestrainedClient {
            let session = try endpoint.selfSignedCertificate.map { certificate in
                TLSSession(
                    try TLSClientContext(trusting: certificate, protocols: protocols),
                    connectingTo: endpoint.unixSocketHost ?? endpoint.address.host)
            }
            let channel = try await Channel.connecting(
                to: endpoint.address, from: loop, tls: session, within: timeLimit)
            let client = RestrainedClient(channel)
            await client.watch()
            do {
                if session != nil { try await client.shakeHands() }
            } catch {
                channel.close()
                throw error
            }
            return client
        }
    }

    private func watch() {
        channel.work(for: self)
    }

    private func shakeHands() async throws {
        channel.setDeadline(in: Self.timeLimit)
        while channel.tlsVersion == nil {
            switch channel.receive() {
            case .octets, .drained:
                guard channel.tlsVersion == nil else { return }
                guard case .ready = await channel.waitUntilReadable() else { throw ChannelFailure.hungUp }
            case .endOfStream: throw ChannelFailure.hungUp
            case .failed(let failure): throw failure
            }
        }
    }

    private func wake() {
        waiter?.resume()
        waiter = nil
    }

    private func close() {
        channel.close()
    }

    /// Sends `text` as fast as the server takes it, and waits for nothing.
    func send(_ text: String) {
        channel.write { $0 += text.utf8 }
    }

    /// Sends `octets`, and gives up when the server takes none of them for `stall` nanoseconds.
    ///
    /// - Returns: how many were not taken, as they go over the wire.
    func send(_ octets: [UInt8], stall: UInt64) async -> Int {
        channel.write { $0 += octets }
        _ = await channel.waitUntilUnsent(below: 1, stall: stall)
        return channel.unsentOctets
    }

    /// Sends on what the server has not taken yet.
    ///
    /// - Returns: how much of it the server still has not taken.
    func sendOn(stall: UInt64) async -> Int {
        await send([], stall: stall)
    }

    /// Waits for `nanoseconds` and takes nothing.
    func pause(_ nanoseconds: UInt64) async {
        let timer = LoopTimer { [unowned self] in assumeIsolated { $0.wake() } }
        loop.schedule(timer, in: nanoseconds)
        await withUnsafeContinuation { waiter = $0 }
        loop.cancel(timer)
    }

    /// Waits, and takes nothing, until the connection was cut off.
    ///
    /// - Returns: false when it was not within the time limit.
    func waitUntilCutOff() async -> Bool {
        if !isCutOff { await pause(Self.timeLimit) }
        return isCutOff
    }

    /// Takes what one reading brings, at most 64 KiB; nil at the end of the stream.
    ///
    /// - Throws: `ChannelFailure` when the connection was reset or the time limit is over.
    func take() async throws -> [UInt8]? {
        channel.setDeadline(in: Self.timeLimit)
        while true {
            switch channel.receive() {
            case .octets:
                var octets: [UInt8] = []
                channel.withReceived { span in span.withUnsafeBufferPointer { octets = Array($0) } }
                return octets
            case .endOfStream: return nil
            case .failed(let failure): throw failure
            case .drained:
                if case .deadline = await channel.waitUntilReadable() { throw ChannelFailure.hungUp }
            }
        }
    }

    /// Takes the rest up to the end of the stream.
    func takeToEnd() async throws -> [UInt8] {
        var octets: [UInt8] = []
        while let some = try await take() { octets += some }
        return octets
    }
}

extension BoundEndpoint {
    /// What the self-signed certificate calls a server that has no address of the network; nil for one that has.
    fileprivate var unixSocketHost: String? {
        if case .unix = address { "localhost" } else { nil }
    }
}

extension RestrainedClient: ChannelOwner {
    nonisolated func channelHungUp() {
        assumeIsolated { client in
            client.isCutOff = true
            client.wake()
        }
    }

    nonisolated func channelPeerEnded() {}

    nonisolated func channelHasOctets() -> Bool { false }

    nonisolated func channelIsOverdue() {}
}
