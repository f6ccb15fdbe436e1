import ApusCrypto
import ApusTransport
import Testing

/// Two channels that are connected with each other over the loopback interface.
struct SocketPair: Sendable {
    let client: Channel
    let server: Channel

    enum Security: String, Sendable, CaseIterable {
        case clearText
        case tls
    }

    /// Makes a pair on `loop`, on which this must be called; the TLS handshake is complete.
    static func make(on loop: EventLoop, _ security: Security = .clearText) async throws -> SocketPair {
        var (clientSession, serverSession): (TLSSession?, TLSSession?) = (nil, nil)
        if security == .tls {
            let identity = try CertificateIdentity.selfSigned()
            let trust = try TLSClientContext(trusting: identity.pemCertificate)
            clientSession = TLSSession(trust, connectingTo: "127.0.0.1")
            serverSession = TLSSession(try TLSContext(identity: identity, protocols: []))
        }
        let pair = try await make(on: loop, client: clientSession, server: serverSession)
        if security == .tls { try await pair.shakeHands() }
        return pair
    }

    /// Makes a pair on `loop`, on which this must be called; a TLS handshake has yet to be done.
    static func make(on loop: EventLoop, client: TLSSession?, server: TLSSession?) async throws -> SocketPair {
        let listener = try Listener(binding: #require(SocketAddress(host: "127.0.0.1", port: 0)))
        try listener.activate(on: loop)
        defer { listener.close() }
        let client = try await Channel.connecting(
            to: listener.address, from: loop, tls: client, within: 10_000_000_000)
        let accepted = try #require(await listener.accept { _ in })
        let server = Channel(adopting: accepted.descriptor, peer: accepted.peer, loop: loop, tls: server)
        try server.activate()
        return SocketPair(client: client, server: server)
    }

    private func shakeHands() async throws {
        for channel in [client, server] { channel.setDeadline(in: 10_000_000_000) }
        while client.tlsVersion == nil || server.tlsVersion == nil {
            for channel in [server, client] where channel.tlsVersion == nil {
                if case .failed(let failure) = channel.receive() { throw failure }
                channel.flush()
            }
            await Task.yield()
        }
        for channel in [client, server] { channel.clearDeadline() }
    }

    func close() {
        client.close()
        server.close()
    }
}

extension Channel {
    /// What arrives until `count` octets are there, the stream ends, or the deadline comes.
    func take(_ count: Int) async throws -> [UInt8] {
        var octets: [UInt8] = []
        while octets.count < count {
            switch receive() {
            case .octets: withReceived { span in span.withUnsafeBufferPointer { octets += $0 } }
            case .drained: guard case .ready = await waitUntilReadable() else { return octets }
            case .endOfStream: return octets
            case .failed(let failure): throw failure
            }
        }
        return octets
    }
}
