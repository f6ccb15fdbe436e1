import Apus
import ApusCrypto
import ApusTransport

/// Makes the connections of one test client on an event loop of its own.
actor Dialer {
    private nonisolated let loop: EventLoop
    private let address: SocketAddress
    private let tls: TLSClientContext?
    private nonisolated let endpoint: BoundEndpoint?

    nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }

    /// - Parameters:
    ///   - identity: what to show a server that asks for a certificate.
    ///   - version: the one TLS version to speak; nil for all.
    init(
        to endpoint: BoundEndpoint, on loop: EventLoop, presenting identity: CertificateIdentity? = nil,
        version: TLSVersion? = nil
    ) throws {
        self.loop = loop
        address = endpoint.address
        tls = try endpoint.certificateChain.map { chain in
            try TLSClientContext(trusting: chain, protocols: ["http/1.1"], presenting: identity, version: version)
        }
        self.endpoint = endpoint
    }

    /// Another for the same endpoint on the same loop.
    nonisolated func presenting(_ identity: CertificateIdentity?, version: TLSVersion?) throws -> Dialer {
        guard let endpoint, endpoint.isSecure else {
            throw TestClientError("Expected TLS to present a certificate over; use server.test(over: .tls).")
        }
        return try Dialer(to: endpoint, on: loop, presenting: identity, version: version)
    }

    init(to address: SocketAddress, on loop: EventLoop) {
        self.loop = loop
        self.address = address
        tls = nil
        endpoint = nil
    }

    func connect(timeLimit: Duration) async throws -> RawConnection {
        let session = tls.map { TLSSession($0, connectingTo: address.host) }
        let nanoseconds = RawConnection.nanoseconds(of: timeLimit)
        do {
            let channel = try await Channel.connecting(to: address, from: loop, tls: session, within: nanoseconds)
            channel.setDeadline(in: nanoseconds)
            if session != nil { try await shakeHands(channel) }
            return RawConnection(channel, timeLimit: nanoseconds)
        } catch {
            throw TestClientError("Cannot connect to \(address): \(error)")
        }
    }

    /// What a client writes waits for the handshake, which goes on only while someone receives.
    private func shakeHands(_ channel: Channel) async throws {
        do {
            while channel.tlsVersion == nil {
                switch channel.receive() {
                case .octets: break
                case .endOfStream: throw ChannelFailure.hungUp
                case .failed(let failure): throw failure
                case .drained:
                    if channel.tlsVersion != nil { return }
                    if case .deadline = await channel.waitUntilReadable() {
                        throw TestClientError("The TLS handshake did not end within the time limit.")
                    }
                }
            }
        } catch {
            channel.close()
            throw error
        }
    }
}
