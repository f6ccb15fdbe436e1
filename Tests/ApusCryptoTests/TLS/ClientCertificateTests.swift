import COpenSSL
import Foundation
import Testing

@testable import ApusCrypto

/// What a server learns of its clients' certificates, in both versions of TLS.
struct ClientCertificateTests {
    private static let authority = Result { try CertificateAuthority("Clients") }

    private static func server(_ asking: ClientCertificates?) throws -> TLSContext {
        try TLSContext(identity: TLSPeers.identity.get(), protocols: [], clientCertificates: asking)
    }

    /// Connects, and has the client send one octet, before which it has read what the server says to its certificate.
    private static func connect(
        _ identity: CertificateIdentity?, to context: TLSContext, version: TLSVersion
    ) throws -> TLSSession {
        let trust = try TLSClientContext(
            trusting: TLSPeers.identity.get().pemCertificate, presenting: identity, version: version)
        let (server, client) = (TLSSession(context), TLSSession(trust, connectingTo: "localhost"))
        while true {
            let flight = client.takeOutgoing()
            if flight.isEmpty { break }
            _ = try server.receive(flight)
            _ = try client.receive(server.takeOutgoing())
        }
        #expect(try server.receive(client.sealed([1])).plaintext == [1])
        #expect(server.version == version.rawValue)
        return server
    }

    @Test(arguments: TLSVersion.allCases)
    func `the whole chain that the client sent is kept in its order`(version: TLSVersion) throws {
        let identity = try Self.authority.get().subordinate("Middle").issue("client", for: .clientAuthentication)
        for asking in [ClientCertificates.requested, .required] {
            let server = try Self.connect(identity, to: Self.server(asking), version: version)
            #expect(server.peerCertificates.map(\.subject) == ["CN=client", "CN=Middle"])
            #expect(server.peerCertificates.map(\.der) == identity.chain.map(\.der))
        }
    }

    @Test(arguments: TLSVersion.allCases)
    func `a certificate is taken whatever it is`(version: TLSVersion) throws {
        let root = try Self.authority.get()
        let identities = [
            try root.issue(
                "expired", for: .clientAuthentication, from: Date(timeIntervalSince1970: 0), validFor: .seconds(1)),
            try root.issue("early", for: .clientAuthentication, from: Date(timeIntervalSince1970: 4_102_444_800)),
            try root.issue("server", for: .serverAuthentication),
            try CertificateIdentity.selfSigned(commonName: "own"),
        ]
        for identity in identities {
            let server = try Self.connect(identity, to: Self.server(.required), version: version)
            #expect(server.peerCertificates.map(\.der) == [identity.certificate.der])
        }
    }

    @Test(arguments: TLSVersion.allCases)
    func `where certificates are only requested, none is no failure`(version: TLSVersion) throws {
        let server = try Self.connect(nil, to: Self.server(.requested), version: version)
        #expect(server.peerCertificates.isEmpty)
    }

    @Test(arguments: TLSVersion.allCases)
    func `where they are required, none ends the handshake`(version: TLSVersion) throws {
        #expect(throws: TLSError.protocolFailure("peer did not return a certificate")) {
            try Self.connect(nil, to: Self.server(.required), version: version)
        }
    }

    @Test(arguments: TLSVersion.allCases)
    func `nobody sends one without being asked`(version: TLSVersion) throws {
        let identity = try Self.authority.get().issue("client", for: .clientAuthentication)
        let server = try Self.connect(identity, to: Self.server(nil), version: version)
        #expect(server.peerCertificates.isEmpty)
    }

    @Test(arguments: TLSVersion.allCases)
    func `a chain of too many certificates ends the handshake`(version: TLSVersion) throws {
        let client = try Self.authority.get().issue("client", for: .clientAuthentication)
        let other = try CertificateAuthority("Other").certificate
        for (count, isTaken) in [(10, true), (11, false)] {
            let identity = CertificateIdentity(
                chain: client.chain + Array(repeating: other, count: count - 1), privateKey: client.privateKey,
                certificateSource: "test", privateKeySource: "test")
            if isTaken {
                let server = try Self.connect(identity, to: Self.server(.requested), version: version)
                #expect(server.peerCertificates.count == count)
            } else {
                #expect(throws: TLSError.protocolFailure("certificate verify failed")) {
                    try Self.connect(identity, to: Self.server(.requested), version: version)
                }
            }
        }
    }

    @Test(arguments: TLSVersion.allCases)
    func `a certificate of many octets ends the handshake`(version: TLSVersion) throws {
        let root = try Self.authority.get()
        for (count, isTaken) in [(900, true), (1_200, false)] {
            let names = (0..<count).map { SubjectAlternativeName.dns("host-of-the-client-\(1_000 + $0).example") }
            let identity = try root.issue("client", names: names, for: .clientAuthentication)
            // Beyond ten certificates or 32 KB nothing is taken.
            #expect((identity.certificate.der.count < 32_768) == isTaken)
            if isTaken {
                let server = try Self.connect(identity, to: Self.server(.requested), version: version)
                #expect(server.peerCertificates.count == 1)
            } else {
                #expect(throws: TLSError.protocolFailure("excessive message size")) {
                    try Self.connect(identity, to: Self.server(.requested), version: version)
                }
            }
        }
    }

    @Test(arguments: TLSVersion.allCases)
    func `clients are told the names of the authorities`(version: TLSVersion) throws {
        let root = try Self.authority.get()
        let asking = ClientCertificates.requested(naming: try TrustStore([root.certificate]))
        let client = try #require(LibraryClient(versions: version.number...version.number))
        let server = TLSSession(try Self.server(asking))
        try TLSHandshakeTests.completeHandshake(server, client)
        let names = try #require(SSL_get0_peer_CA_list(client.ssl))
        #expect(OPENSSL_sk_num(names) == 1)
        let name = OPENSSL_sk_value(names, 0).map { OpaquePointer($0) }
        #expect(X509_NAME_cmp(name, X509_get_subject_name(root.certificate.handle.pointer)) == 0)
    }

    /// A ticket would carry the certificate without the chain, and prove the key without using it.
    @Test(arguments: TLSVersion.allCases)
    func `sessions are not resumed where certificates are asked for`(version: TLSVersion) throws {
        let identity = try Self.authority.get().issue("client", for: .clientAuthentication)
        for asking in [ClientCertificates.requested, .required] {
            let context = try Self.server(asking)
            let first = try Self.connect(
                LibraryClient(versions: version.number...version.number), identity, to: context)
            #expect(first.server.peerCertificates.count == 1)
            let session = try #require(SSL_get1_session(first.client.ssl))
            defer { SSL_SESSION_free(session) }
            #expect(SSL_SESSION_has_ticket(session) == 0)
            let second = try Self.connect(
                LibraryClient(versions: version.number...version.number, resuming: session), identity, to: context)
            #expect(SSL_session_reused(second.client.ssl) == 0)
            #expect(second.server.peerCertificates.map(\.der) == [identity.certificate.der])
        }
    }

    /// Neither endpoint can open the other's tickets, even with the same certificate.
    @Test(arguments: TLSVersion.allCases)
    func `a session of an endpoint that asks nobody is worth nothing to one that asks`(version: TLSVersion) throws {
        let open = try Self.server(nil)
        let first = try Self.connect(LibraryClient(versions: version.number...version.number), nil, to: open)
        let session = try #require(SSL_get1_session(first.client.ssl))
        defer { SSL_SESSION_free(session) }
        #expect(SSL_SESSION_has_ticket(session) == 1)
        let asking = try Self.server(.required)
        #expect(throws: TLSError.protocolFailure("peer did not return a certificate")) {
            try Self.connect(
                LibraryClient(versions: version.number...version.number, resuming: session), nil, to: asking)
        }
    }

    /// Makes the handshake and carries an octet each way, behind which the client has read a ticket if there is one.
    private static func connect(
        _ client: LibraryClient?, _ identity: CertificateIdentity?, to context: TLSContext
    ) throws -> (client: LibraryClient, server: TLSSession) {
        let client = try #require(client)
        if let identity {
            SSL_use_certificate(client.ssl, identity.certificate.handle.pointer)
            SSL_use_PrivateKey(client.ssl, identity.privateKey.pointer)
        }
        let server = TLSSession(context)
        try TLSHandshakeTests.completeHandshake(server, client)
        client.send([1])
        #expect(try server.receive(client.takeOutgoing()).plaintext == [1])
        #expect(try client.receive(server.sealed([2])) == [2])
        return (client, server)
    }
}
