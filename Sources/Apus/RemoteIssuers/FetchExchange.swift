import ApusCrypto
import ApusHTTP
import ApusTransport

/// One request over one connection, on an event loop.
actor FetchExchange {
    private nonisolated let loop: EventLoop
    private let address: SocketAddress
    private let end: ContinuousClock.Instant
    private var channel: Channel?

    nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }

    init(with address: SocketAddress, on loop: EventLoop, until end: ContinuousClock.Instant) {
        self.address = address
        self.loop = loop
        self.end = end
    }

    /// - Parameters:
    ///   - trust: whom to trust under TLS; nil for clear text.
    ///   - host: the name that the certificate must be valid for.
    ///   - share: among how many addresses the time that is left is divided, this one included.
    /// - Throws: `ChannelFailure` when nobody listens there, or the time is over.
    func connect(_ trust: TLSClientContext?, host: String, share: Int) async throws {
        let session = trust.map { TLSSession($0, connectingTo: host) }
        channel = try await Channel.connecting(to: address, from: loop, tls: session, within: remaining / UInt64(share))
    }

    /// Sends the request and reads the response; the connection is closed afterwards.
    ///
    /// - Throws: `FetchError`, `ChannelFailure`, `ResponseDecodingError`, and `CancellationError`.
    func run(_ request: [UInt8], maximumContent: Int) async throws -> FetchedResponse {
        defer { channel?.close() }
        let decoder = try await withThrowingTaskGroup(of: ResponseDecoder?.self) { tasks in
            tasks.addTask { try await self.exchange(request, maximumContent) }
            tasks.addTask {
                await Self.untilCancelled()
                await self.interrupt()
                return nil
            }
            defer { tasks.cancelAll() }
            while let decoder = try await tasks.next() {
                if let decoder { return decoder }
            }
            throw CancellationError()
        }
        return FetchedResponse(decoder)
    }

    private func exchange(_ request: [UInt8], _ maximumContent: Int) async throws -> ResponseDecoder {
        guard let channel else { throw FetchError.nobodyThere }
        var decoder = ResponseDecoder(maximumContent: maximumContent)
        channel.setDeadline(in: remaining)
        // Under TLS it leaves when the handshake is complete.
        channel.write { $0 += request }
        while true {
            switch channel.receive() {
            case .octets:
                var outcome = Result<Bool, ResponseDecodingError>.success(false)
                channel.withReceived { octets in
                    outcome = Result { () throws(ResponseDecodingError) in try decoder.receive(octets) }
                }
                if try outcome.get() { return decoder }
            case .endOfStream:
                try decoder.receiveEnd()
                return decoder
            case .failed(let failure): throw failure
            case .drained:
                switch await channel.waitUntilReadable() {
                case .ready: break
                case .deadline: throw FetchError.tooSlow
                case .interrupted: throw CancellationError()
                case .closed:
                    if case .failed(let failure) = channel.receive() { throw failure }
                    throw FetchError.nobodyThere
                }
            }
        }
    }

    private func interrupt() {
        channel?.interrupt()
    }

    private static func untilCancelled() async {
        let (stream, _) = AsyncStream.makeStream(of: Never.self)
        for await _ in stream {}
    }

    private var remaining: UInt64 { (end - .now).nanoseconds }
}
