import Apus
import ApusCrypto
import ApusTransport

/// Makes the connections of one test client on an event loop of its own.
actor Dialer {
    private nonisolated let loop: EventLoop
    private let address: SocketAddress
    private let tls: TLSClientContext?

    nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }

    init(to endpoint: BoundEndpoint, on loop: EventLoop) throws {
        self.loop = loop
        address = endpoint.address
        tls = try endpoint.selfSignedCertificate.map { certificate in
            try TLSClientContext(trusting: certificate, protocols: ["http/1.1"])
        }
    }

    init(to address: SocketAddress, on loop: EventLoop) {
        self.loop = loop
        self.address = address
        tls = nil
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
