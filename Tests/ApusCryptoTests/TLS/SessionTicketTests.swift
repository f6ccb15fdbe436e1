import COpenSSL
import Testing

@testable import ApusCrypto

struct SessionTicketTests {
    @Test(arguments: [TLS1_2_VERSION, TLS1_3_VERSION])
    func `a client resumes its session with the same server only`(version: Int32) throws {
        let identity = try TLSPeers.identity.get()
        let context = try TLSContext(identity: identity, protocols: [])
        let first = try #require(LibraryClient(versions: version...version))
        try Self.connect(first, to: context)
        #expect(SSL_session_reused(first.ssl) == 0)
        let session = try #require(SSL_get1_session(first.ssl))
        defer { SSL_SESSION_free(session) }

        let second = try #require(LibraryClient(versions: version...version, resuming: session))
        try Self.connect(second, to: context)
        #expect(SSL_session_reused(second.ssl) == 1)

        // Another context stands for a restarted server: it does not know the key and makes a full handshake.
        let restarted = try TLSContext(identity: identity, protocols: [])
        let third = try #require(LibraryClient(versions: version...version, resuming: session))
        try Self.connect(third, to: restarted)
        #expect(SSL_session_reused(third.ssl) == 0)
    }

    @Test func `a ticket lasts an hour and allows no early data, RFC 8446 §8`() throws {
        let context = try TLSContext(identity: TLSPeers.identity.get(), protocols: [])
        let client = try #require(LibraryClient(versions: TLS1_3_VERSION...TLS1_3_VERSION))
        try Self.connect(client, to: context)
        let session = try #require(SSL_get_session(client.ssl))
        #expect(SSL_SESSION_has_ticket(session) == 1)
        #expect(SSL_SESSION_get_ticket_lifetime_hint(session) == 3_600)
        #expect(SSL_SESSION_get_max_early_data(session) == 0)
    }

    @Test func `a key seals for its lifetime, opens for one more, and is gone then`() throws {
        let start = ContinuousClock.now
        let lifetime = SessionTicketKeys.lifetime
        let keys = try #require(SessionTicketKeys(now: start))
        let first = keys.sealingKey(at: start)
        #expect(keys.sealingKey(at: start + lifetime - .seconds(1)).name == first.name)
        #expect(isOld(first, in: keys, at: start + lifetime - .seconds(1)) == false)

        let second = keys.sealingKey(at: start + lifetime)
        #expect(second.name != first.name && second.encryption.array != first.encryption.array)
        #expect(second.authentication.array != first.authentication.array)
        #expect(isOld(first, in: keys, at: start + lifetime) == true)
        #expect(isOld(second, in: keys, at: start + lifetime) == false)

        #expect(isOld(first, in: keys, at: start + lifetime * 2) == nil)
        #expect(isOld(second, in: keys, at: start + lifetime * 2) == true)
    }

    @Test func `a key that was not used for long does not open old tickets`() throws {
        let start = ContinuousClock.now
        let keys = try #require(SessionTicketKeys(now: start))
        let first = keys.sealingKey(at: start)
        #expect(isOld(first, in: keys, at: start + SessionTicketKeys.lifetime * 5) == nil)
    }

    @Test func `a key that is forgotten is released, and so wiped`() throws {
        let start = ContinuousClock.now
        let keys = try #require(SessionTicketKeys(now: start))
        weak let secret = keys.sealingKey(at: start).encryption
        #expect(secret != nil)
        _ = keys.sealingKey(at: start + SessionTicketKeys.lifetime)
        #expect(secret != nil)
        _ = keys.sealingKey(at: start + SessionTicketKeys.lifetime * 2)
        #expect(secret == nil)
    }

    /// `nil` when the key is not known any more.
    private func isOld(
        _ key: SessionTicketKeys.Key, in keys: SessionTicketKeys, at now: ContinuousClock.Instant
    ) -> Bool? {
        key.name.withUnsafeBufferPointer { keys.openingKey(named: $0, at: now)?.isOld }
    }

    /// Makes the handshake and carries one octet each way, behind which the client has read its ticket.
    static func connect(_ client: LibraryClient, to context: TLSContext) throws {
        let server = TLSSession(context)
        try TLSHandshakeTests.completeHandshake(server, client)
        client.send([1])
        #expect(try server.receive(client.takeOutgoing()).plaintext == [1])
        #expect(try client.receive(server.sealed([2])) == [2])
    }
}
