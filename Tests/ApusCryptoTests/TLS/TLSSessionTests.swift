import COpenSSL
import Testing

@testable import ApusCrypto

struct TLSSessionTests {
    @Test(arguments: [(1, 0), (16_384, 1), (16_385, 7), (1_000_000, 50_000), (1_000_000, .max)])
    func `carries data of any size both ways`(size: Int, octetsPerCall: Int) throws {
        let peers = try TLSPeers()
        try peers.completeHandshake()
        let data = (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8) }
        let pieces = max(1, octetsPerCall)
        #expect(try peers.server.receive(peers.client.sealed(data), octetsPerCall: pieces).plaintext == data)
        #expect(try peers.client.receive(peers.server.sealed(data), octetsPerCall: pieces).plaintext == data)
    }

    @Test func `several records in one call come out as one run of plaintext`() throws {
        let peers = try TLSPeers()
        try peers.completeHandshake()
        var ciphertext: [UInt8] = []
        for text in ["one ", "two ", "three"] {
            let plaintext = Array(text.utf8)
            try peers.client.send(plaintext.span, into: &ciphertext)
        }
        let received = try peers.server.receive(ciphertext)
        #expect(String(decoding: received.plaintext, as: UTF8.self) == "one two three")
    }

    @Test func `the largest record fits, although all but its last octet was held back`() throws {
        let peers = try TLSPeers()
        try peers.completeHandshake()
        let data = [UInt8](repeating: 9, count: TLSSession.maximumRecordPlaintext)
        let record = try peers.client.sealed(data)
        #expect(try peers.server.receive(Array(record.dropLast())).plaintext.isEmpty)
        #expect(try peers.server.receive(Array(record.suffix(1))).plaintext == data)
    }

    @Test func `sending appends and leaves what the buffer held`() throws {
        let peers = try TLSPeers()
        try peers.completeHandshake()
        var ciphertext: [UInt8] = [0xAA, 0xBB]
        let plaintext: [UInt8] = [1, 2, 3]
        try peers.server.send(plaintext.span, into: &ciphertext)
        #expect(ciphertext.starts(with: [0xAA, 0xBB]))
        #expect(try peers.client.receive(Array(ciphertext.dropFirst(2))).plaintext == [1, 2, 3])
        #expect(peers.server.outgoing.isEmpty)
    }

    @Test func `sending nothing makes no record`() throws {
        let peers = try TLSPeers()
        try peers.completeHandshake()
        #expect(try peers.server.sealed([]).isEmpty)
    }

    @Test func `handshake messages that wait go before the first data`() throws {
        let peers = try TLSPeers()
        _ = try peers.server.receive(peers.client.takeOutgoing())
        _ = try peers.client.receive(peers.server.takeOutgoing())
        _ = try peers.server.receive(peers.client.takeOutgoing())
        // The session ticket waits now (RFC 8446 §4.6.1), under a record number before that of the data.
        // One ticket is one record: its length behind five octets of header.
        let ticket = peers.server.outgoing
        try #require(ticket.count > 5)
        #expect(ticket.count == 5 + Int(ticket[3]) << 8 + Int(ticket[4]))
        let ciphertext = try peers.server.sealed([1, 2, 3])
        #expect(peers.server.outgoing.isEmpty)
        #expect(try peers.client.receive(ciphertext).plaintext == [1, 2, 3])
    }

    @Test func `data cannot be sent before the handshake has completed`() throws {
        let peers = try TLSPeers()
        #expect(throws: TLSError.handshakeIncomplete) { try peers.server.sealed([1]) }
        _ = try peers.server.receive(peers.client.takeOutgoing())
        #expect(throws: TLSError.handshakeIncomplete) { try peers.server.sealed([1]) }
    }

    @Test func `close_notify ends one direction, RFC 8446 §6.1`() throws {
        let peers = try TLSPeers()
        try peers.completeHandshake()
        let last = try peers.client.sealed([1, 2, 3]) + peers.client.closed()
        let received = try peers.server.receive(last)
        #expect(received.plaintext == [1, 2, 3] && received.closedByPeer)
        #expect(throws: TLSError.closed) { try peers.client.sealed([4]) }
        let answer = try peers.server.sealed([5, 6]) + peers.server.closed()
        let answered = try peers.client.receive(answer)
        #expect(answered.plaintext == [5, 6] && answered.closedByPeer)
    }

    @Test func `nothing is read after close_notify`() throws {
        let peers = try TLSPeers()
        try peers.completeHandshake()
        let received = try peers.server.receive(peers.client.closed() + [1, 2, 3])
        #expect(received.plaintext.isEmpty && received.closedByPeer)
        #expect(try peers.server.receive([4, 5, 6]).closedByPeer)
    }

    @Test func `close_notify is sent once, and not before the handshake has completed`() throws {
        let peers = try TLSPeers()
        #expect(peers.server.closed().isEmpty)
        try peers.completeHandshake()
        #expect(!peers.server.closed().isEmpty)
        #expect(peers.server.closed().isEmpty)
    }

    @Test func `an error that somebody else left behind on this thread does no harm`() throws {
        let peers = try TLSPeers()
        try peers.completeHandshake()
        let record = try peers.client.sealed([1, 2, 3])
        #expect(EVP_CIPHER_fetch(nil, "no such cipher", nil) == nil)
        #expect(ERR_peek_error() != 0)
        #expect(try peers.server.receive(Array(record.dropLast())).plaintext.isEmpty)
        #expect(EVP_CIPHER_fetch(nil, "no such cipher", nil) == nil)
        #expect(try peers.server.receive(Array(record.suffix(1))).plaintext == [1, 2, 3])
    }

    @Test func `a key update is answered, and data goes on, RFC 8446 §4.6.3`() throws {
        let server = try TLSHandshakeTests.server()
        let client = try #require(LibraryClient(versions: TLS1_3_VERSION...TLS1_3_VERSION))
        try TLSHandshakeTests.completeHandshake(server, client)
        for round in 1...3 as ClosedRange<UInt8> {
            #expect(SSL_key_update(client.ssl, SSL_KEY_UPDATE_REQUESTED) == 1)
            client.send([round])
            #expect(try server.receive(client.takeOutgoing()).plaintext == [round])
            #expect(try client.receive(server.sealed([round, round])) == [round, round])
        }
    }

    @Test func `record buffers that were released are there again for the next record`() throws {
        let peers = try TLSPeers()
        try peers.completeHandshake()
        for round in 1...3 as ClosedRange<UInt8> {
            #expect(peers.server.releaseBuffers() && peers.client.releaseBuffers())
            #expect(try peers.server.receive(peers.client.sealed([round])).plaintext == [round])
            #expect(try peers.client.receive(peers.server.sealed([round])).plaintext == [round])
        }
    }

    @Test func `the buffer that holds a part of a record is not released`() throws {
        let peers = try TLSPeers()
        try peers.completeHandshake()
        let record = try peers.client.sealed([1, 2, 3])
        #expect(try peers.server.receive(Array(record.dropLast())).plaintext.isEmpty)
        #expect(!peers.server.releaseBuffers())
        #expect(try peers.server.receive(Array(record.suffix(1))).plaintext == [1, 2, 3])
        #expect(peers.server.releaseBuffers())
    }
}
