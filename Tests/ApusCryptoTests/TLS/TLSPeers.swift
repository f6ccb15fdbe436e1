import ApusCrypto

/// A server's and a client's session with nothing between them but arrays.
final class TLSPeers {
    static let identity = Result { try CertificateIdentity.selfSigned() }

    let server: TLSSession
    let client: TLSSession

    init(
        server protocolsOfServer: [String] = ["http/1.1"], client protocolsOfClient: [String] = ["http/1.1"],
        connectingTo name: String = "localhost"
    ) throws {
        let identity = try Self.identity.get()
        server = try TLSSession(TLSContext(identity: identity, protocols: protocolsOfServer))
        let trust = try TLSClientContext(trusting: identity.pemCertificate, protocols: protocolsOfClient)
        client = TLSSession(trust, connectingTo: name)
    }

    /// Carries flights to and fro until both sides are silent.
    func completeHandshake(octetsPerCall: Int = .max) throws(TLSError) {
        var flight = client.takeOutgoing()
        var (near, far) = (server, client)
        while !flight.isEmpty {
            _ = try near.receive(flight, octetsPerCall: octetsPerCall)
            flight = near.takeOutgoing()
            swap(&near, &far)
        }
    }
}

extension TLSSession {
    /// Feeds `ciphertext` in pieces and gathers the plaintext.
    func receive(
        _ ciphertext: [UInt8], octetsPerCall: Int = .max
    ) throws(TLSError) -> (plaintext: [UInt8], closedByPeer: Bool) {
        var plaintext: [UInt8] = []
        var closedByPeer = false
        var start = 0
        repeat {
            let end = octetsPerCall < ciphertext.count - start ? start + octetsPerCall : ciphertext.count
            let piece = ciphertext[start..<end]
            let buffer = UnsafeMutableRawBufferPointer.allocate(
                byteCount: piece.count + TLSSession.maximumRecordPlaintext, alignment: 1)
            defer { buffer.deallocate() }
            let received = try receive(piece.span, into: buffer)
            plaintext.append(contentsOf: buffer[..<received.count])
            closedByPeer = received.closedByPeer
            start = end
        } while start < ciphertext.count
        return (plaintext, closedByPeer)
    }

    /// The records that carry `plaintext`.
    func sealed(_ plaintext: [UInt8]) throws(TLSError) -> [UInt8] {
        var ciphertext: [UInt8] = []
        try send(plaintext.span, into: &ciphertext)
        return ciphertext
    }

    /// The records that end the sending.
    func closed() -> [UInt8] {
        var ciphertext: [UInt8] = []
        close(into: &ciphertext)
        return ciphertext
    }
}
