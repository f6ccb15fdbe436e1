import COpenSSL
import Testing

@testable import ApusCrypto

struct TLSHandshakeTests {
    @Test(arguments: [1, 2, 5, 100, .max])
    func `completes however the octets are cut`(octetsPerCall: Int) throws {
        let peers = try TLSPeers()
        try peers.completeHandshake(octetsPerCall: octetsPerCall)
        #expect(peers.server.isHandshakeComplete && peers.client.isHandshakeComplete)
        #expect(peers.server.version == "TLSv1.3" && peers.client.version == "TLSv1.3")
        #expect(try peers.server.receive(peers.client.sealed([1, 2, 3])).plaintext == [1, 2, 3])
        #expect(try peers.client.receive(peers.server.sealed([4, 5, 6])).plaintext == [4, 5, 6])
    }

    @Test(arguments: [(TLS1_2_VERSION, "TLSv1.2"), (TLS1_3_VERSION, "TLSv1.3")], [1, .max])
    func `speaks both versions with a client of another make`(version: (Int32, String), octetsPerCall: Int) throws {
        let server = try Self.server()
        let client = try #require(LibraryClient(versions: version.0...version.0))
        try Self.completeHandshake(server, client, octetsPerCall: octetsPerCall)
        #expect(server.isHandshakeComplete)
        #expect(server.version == version.1)
        client.send([7, 8])
        #expect(try server.receive(client.takeOutgoing(), octetsPerCall: octetsPerCall).plaintext == [7, 8])
        #expect(try client.receive(server.sealed([9])) == [9])
    }

    @Test func `a new session is silent for a server and begins with a handshake record for a client`() throws {
        let peers = try TLSPeers()
        #expect(peers.server.outgoing.isEmpty)
        #expect(peers.client.outgoing.first == 22)
        #expect(peers.server.version == nil && !peers.server.isHandshakeComplete)
    }

    struct Negotiation: Sendable {
        let server: [String]
        let client: [String]
        let chosen: String?
    }

    @Test(arguments: [
        Negotiation(server: ["h2", "http/1.1"], client: ["http/1.1", "h2"], chosen: "h2"),
        Negotiation(server: ["http/1.1"], client: ["h2", "http/1.1"], chosen: "http/1.1"),
        Negotiation(server: ["http/1.1"], client: [], chosen: nil),
        Negotiation(server: [], client: ["http/1.1"], chosen: nil),
    ])
    func `picks the first of the server's protocols that the client offers`(_ negotiation: Negotiation) throws {
        let peers = try TLSPeers(server: negotiation.server, client: negotiation.client)
        try peers.completeHandshake()
        #expect(peers.server.isHandshakeComplete)
        #expect(peers.server.negotiatedProtocol == negotiation.chosen)
        #expect(peers.client.negotiatedProtocol == negotiation.chosen)
    }

    @Test(arguments: [["h2"], ["http/1.10"], ["http/1"]])
    func `refuses a client that offers other protocols only, RFC 7301 §3.2`(offered: [String]) throws {
        let peers = try TLSPeers(server: ["http/1.1"], client: offered)
        #expect(throws: TLSError.self) { try peers.completeHandshake() }
        let output = peers.server.takeOutgoing()
        #expect(Alert(lastOf: output) == .noApplicationProtocol)
        #expect(throws: TLSError.alertReceived("tlsv1 alert no application protocol")) {
            try peers.client.receive(output)
        }
    }

    @Test(arguments: ["localhost", "127.0.0.1", "::1"])
    func `a client accepts each name of the certificate`(name: String) throws {
        let peers = try TLSPeers(connectingTo: name)
        try peers.completeHandshake()
        #expect(peers.client.isHandshakeComplete)
    }

    @Test(arguments: ["example.org", "127.0.0.2", "::2", "sub.localhost"])
    func `a client refuses another name, and the server learns why`(name: String) throws {
        let peers = try TLSPeers(connectingTo: name)
        #expect(throws: TLSError.protocolFailure("certificate verify failed")) { try peers.completeHandshake() }
        #expect(throws: TLSError.alertReceived("sslv3 alert bad certificate")) {
            try peers.server.receive(peers.client.takeOutgoing())
        }
    }

    @Test func `a client names the server that it wants, but never by address, RFC 6066 §3`() throws {
        let named = try TLSPeers(connectingTo: "localhost").client.outgoing
        let extensionForName: [UInt8] = [0, 0, 0, 14, 0, 12, 0, 0, 9] + Array("localhost".utf8)
        #expect(named.contains(extensionForName))
        let addressed = try TLSPeers(connectingTo: "127.0.0.1").client.outgoing
        #expect(!addressed.contains(Array("127.0.0.1".utf8)))
    }

    @Test func `a client refuses a certificate that it does not trust`() throws {
        let stranger = try CertificateIdentity.selfSigned()
        let server = try Self.server()
        let client = try TLSSession(TLSClientContext(trusting: stranger.pemCertificate), connectingTo: "localhost")
        _ = try server.receive(client.takeOutgoing())
        #expect(throws: TLSError.protocolFailure("certificate verify failed")) {
            try client.receive(server.takeOutgoing())
        }
    }

    static func server() throws -> TLSSession {
        try TLSSession(TLSContext(identity: TLSPeers.identity.get(), protocols: ["http/1.1"]))
    }

    static func completeHandshake(
        _ server: TLSSession, _ client: LibraryClient, octetsPerCall: Int = .max
    ) throws {
        try #require(client.receive([]) != nil)
        var flight = client.takeOutgoing()
        while !flight.isEmpty {
            _ = try server.receive(flight, octetsPerCall: octetsPerCall)
            try #require(client.receive(server.takeOutgoing()) != nil)
            flight = client.takeOutgoing()
        }
    }
}
