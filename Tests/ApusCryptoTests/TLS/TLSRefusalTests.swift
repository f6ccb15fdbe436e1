import COpenSSL
import Testing

@testable import ApusCrypto

/// What a hostile or outdated peer sends, and that it ends with an error and an alert.
struct TLSRefusalTests {
    /// SSL 3.0 has no alert for the version (RFC 6101 §5.4.2).
    @Test(
        arguments: [([3, 0], .handshakeFailure), ([3, 1], .protocolVersion), ([3, 2], .protocolVersion)]
            as [([UInt8], Alert)])
    func `refuses versions before TLS 1.2, RFC 8996`(version: [UInt8], alert: Alert) throws {
        let hello = ClientHello(version: version, suites: [[0xC0, 0x09], [0xC0, 0x2B]])
        try expectRefusal(of: hello, with: alert)
    }

    @Test(
        arguments: [
            [0x00, 0x2F],  // RSA key exchange, no forward secrecy
            [0xC0, 0x09],  // ECDHE with CBC
            [0xC0, 0x2F],  // ECDHE for an RSA certificate
            [0x00, 0x05],  // RC4
            [0x00, 0x00],  // no encryption at all
        ] as [[UInt8]])
    func `refuses a client that has weak or unfitting suites only`(suite: [UInt8]) throws {
        try expectRefusal(of: ClientHello(suites: [suite]), with: .handshakeFailure)
    }

    @Test func `takes the strong suite and no compression when the client would like it, RFC 7525 §3.3`() throws {
        let server = try TLSHandshakeTests.server()
        let hello = ClientHello(suites: [[0x00, 0x2F], [0xC0, 0x09], [0xC0, 0x2B]], compressions: [1, 0])
        _ = try server.receive(hello.record)
        let answer = server.takeOutgoing()
        // Record and message headers, version, random, then the session identifier behind its length.
        let suite = 5 + 4 + 2 + 32 + 1 + Int(try #require(answer.dropFirst(43).first))
        try #require(answer.count > suite + 3)
        #expect(Array(answer[suite..<suite + 3]) == [0xC0, 0x2B, 0])
    }

    @Test(
        arguments: [
            [UInt8](repeating: 0, count: 600),
            [UInt8](repeating: 0xFF, count: 600),
            [22, 3, 1, 0, 4, 1, 0xFF, 0xFF, 0xFF],
            [[UInt8]](repeating: [22, 3, 1, 0, 0], count: 100).flatMap(\.self),
            [23, 3, 3, 0, 2, 1, 1],
            Array("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".utf8),
            Array("SSH-2.0-OpenSSH_9.2\r\n".utf8),
        ] as [[UInt8]])
    func `fails on what is not TLS and stays failed`(octets: [UInt8]) throws {
        let server = try TLSHandshakeTests.server()
        #expect(throws: TLSError.self) { try server.receive(octets) }
        #expect(throws: TLSError.closed) { try server.receive(octets) }
        #expect(throws: TLSError.closed) { try server.sealed([1]) }
        #expect(!server.isHandshakeComplete)
    }

    @Test func `a ClientHello with any one octet changed never traps, and an error comes with an alert`() throws {
        let context = try TLSContext(identity: TLSPeers.identity.get(), protocols: ["http/1.1"])
        let hello = try TLSPeers().client.takeOutgoing()
        var refusals = 0
        // From the fourth octet on it is recognisably a TLS record, and so worth an answer.
        for position in 3..<hello.count {
            var changed = hello
            changed[position] ^= 0xFF
            let server = TLSSession(context)
            do {
                _ = try server.receive(changed)
            } catch {
                refusals += 1
                #expect(Alert(lastOf: server.outgoing)?.level == 2, "octet \(position)")
            }
        }
        #expect(refusals > 0)
    }

    @Test func `every truncation of a ClientHello waits for more`() throws {
        let context = try TLSContext(identity: TLSPeers.identity.get(), protocols: ["http/1.1"])
        let hello = try TLSPeers().client.takeOutgoing()
        for length in 0..<hello.count {
            let server = TLSSession(context)
            let received = try server.receive(Array(hello[..<length]))
            #expect(received.plaintext.isEmpty && !received.closedByPeer)
            #expect(server.outgoing.isEmpty, "\(length) octets")
        }
    }

    @Test(arguments: [TLS1_2_VERSION, TLS1_3_VERSION])
    func `a changed record is refused with an alert, RFC 8446 §5.2`(version: Int32) throws {
        let server = try TLSHandshakeTests.server()
        let client = try #require(LibraryClient(versions: version...version))
        try TLSHandshakeTests.completeHandshake(server, client)
        client.send([1, 2, 3, 4])
        var record = client.takeOutgoing()
        record[record.count - 1] ^= 1
        #expect(throws: TLSError.protocolFailure("decryption failed or bad record mac")) { try server.receive(record) }
        // The alert is encrypted: a record of type alert in TLS 1.2, of type application data in TLS 1.3.
        #expect(server.outgoing.first == (version == TLS1_2_VERSION ? 21 : 23))
        #expect(client.receive(server.takeOutgoing()) == nil)
    }

    @Test func `a client that asks for renegotiation is told no, and nothing changes`() throws {
        let server = try TLSHandshakeTests.server()
        let client = try #require(LibraryClient(versions: TLS1_2_VERSION...TLS1_2_VERSION))
        try TLSHandshakeTests.completeHandshake(server, client)
        #expect(SSL_renegotiate(client.ssl) == 1)
        SSL_do_handshake(client.ssl)
        let received = try server.receive(client.takeOutgoing())
        #expect(received.plaintext.isEmpty && !received.closedByPeer)
        // One encrypted alert: 5 octets of header, 8 of nonce, 2 of alert, 16 of tag (RFC 5288 §3).
        #expect(server.outgoing.first == 21 && server.outgoing.count == 31)
        #expect(client.receive(server.takeOutgoing()) == nil)
    }

    @Test func `a session that lacks room for what it may decrypt stops the program`() async {
        await #expect(processExitsWith: .failure) {
            let server = try TLSHandshakeTests.server()
            let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 16_384, alignment: 1)
            _ = try server.receive([22].span, into: buffer)
        }
    }

    private func expectRefusal(of hello: ClientHello, with alert: Alert) throws {
        let server = try TLSHandshakeTests.server()
        #expect(throws: TLSError.self) { try server.receive(hello.record) }
        #expect(Alert(lastOf: server.outgoing) == alert)
    }
}
