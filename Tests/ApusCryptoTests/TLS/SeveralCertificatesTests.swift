import COpenSSL
import FoundationEssentials
import Testing

@testable import ApusCrypto

/// A client gets the certificate for the name that it asks for (RFC 6066 §3).
struct SeveralCertificatesTests {
    private static func identity(_ name: String, _ others: String...) throws -> CertificateIdentity {
        try .selfSigned(commonName: name, dnsNames: [name] + others, ipAddresses: [])
    }

    private static let context = Result {
        try TLSContext(
            identities: [
                .selfSigned(commonName: "default", dnsNames: []), identity("a.example", "*.a.example"),
                identity("*.b.example", "deep.x.b.example"), identity("www.b.example"),
                identity("A.EXAMPLE", "c.example"),
            ], protocols: ["http/1.1"])
    }

    /// The common name in the certificate that a client gets.
    private static func name(for client: LibraryClient, from context: TLSContext) throws -> String {
        try TLSHandshakeTests.completeHandshake(TLSSession(context), client)
        let certificate = try #require(SSL_get1_peer_certificate(client.ssl))
        return Certificate(OpenSSLObject(certificate, release: X509_free)).subject
    }

    @Test(arguments: [
        (nil, "default"), ("a.example", "a.example"), ("A.Example", "a.example"), ("a.example.", "a.example"),
        ("x.a.example", "a.example"), ("www.b.example", "www.b.example"), ("www2.b.example", "*.b.example"),
        ("deep.x.b.example", "*.b.example"), ("other.x.b.example", "default"), ("b.example", "default"),
        (".b.example", "default"), ("c.example", "A.EXAMPLE"), ("unknown.example", "default"), ("default", "default"),
    ])
    func `the exact name, then the wildcard for one label, then the first, RFC 9525 §6.3`(
        asked: String?, served: String
    ) throws {
        for version in [TLS1_2_VERSION, TLS1_3_VERSION] {
            let client = try #require(LibraryClient(versions: version...version, askingFor: asked))
            let name = try Self.name(for: client, from: Self.context.get())
            #expect(name == "CN=" + served)
        }
    }

    @Test(arguments: [TLS1_2_VERSION, TLS1_3_VERSION])
    func `a ticket counts for the names for which it was given only`(version: Int32) throws {
        let context = try Self.context.get()
        let first = try #require(LibraryClient(versions: version...version, askingFor: "a.example"))
        try SessionTicketTests.connect(first, to: context)
        let session = try #require(SSL_get1_session(first.ssl))
        defer { SSL_SESSION_free(session) }
        let same = try #require(LibraryClient(versions: version...version, resuming: session, askingFor: "a.example"))
        try SessionTicketTests.connect(same, to: context)
        #expect(SSL_session_reused(same.ssl) == 1)
        let other = try #require(
            LibraryClient(versions: version...version, resuming: session, askingFor: "www.b.example"))
        try SessionTicketTests.connect(other, to: context)
        #expect(SSL_session_reused(other.ssl) == 0)
    }

    @Test(arguments: [TLS1_2_VERSION, TLS1_3_VERSION])
    func `a ticket outlives the certificate, but not a change of its names`(version: Int32) throws {
        let old = try TLSContext(identity: Self.identity("a.example", "b.example"), protocols: [])
        let first = try #require(LibraryClient(versions: version...version))
        try SessionTicketTests.connect(first, to: old)
        let session = try #require(SSL_get1_session(first.ssl))
        defer { SSL_SESSION_free(session) }
        let renewed = try TLSContext(
            identities: [Self.identity("b.example", "a.example")], protocols: [], replacing: old)
        let second = try #require(LibraryClient(versions: version...version, resuming: session))
        try SessionTicketTests.connect(second, to: renewed)
        #expect(SSL_session_reused(second.ssl) == 1)
        let moved = try TLSContext(identities: [Self.identity("b.example")], protocols: [], replacing: renewed)
        let third = try #require(LibraryClient(versions: version...version, resuming: session))
        try SessionTicketTests.connect(third, to: moved)
        #expect(SSL_session_reused(third.ssl) == 0)
    }

    @Test func `of two kinds of keys a client gets the one that it can verify`() async throws {
        let openssl = try OpenSSLCommand()
        var identities: [CertificateIdentity] = []
        for (name, key, option) in [("rsa", "RSA", "rsa_keygen_bits:2048"), ("ec", "EC", "ec_paramgen_curve:P-256")] {
            try await openssl.run("genpkey", "-algorithm", key, "-pkeyopt", option, "-out", "\(name).key")
            try await openssl.run(
                "req", "-x509", "-new", "-key", "\(name).key", "-out", "\(name).pem", "-days", "1", "-subj",
                "/CN=\(name)",
                "-addext", "subjectAltName=DNS:a.example")
            identities.append(
                try CertificateIdentity(
                    certificateChain: openssl.path("\(name).pem"), privateKey: openssl.path("\(name).key")))
        }
        let context = try TLSContext(identities: identities, protocols: [])
        for (algorithms, kind) in [
            ("RSA-PSS+SHA256", "rsa"), ("ECDSA+SHA256", "ec"), ("RSA-PSS+SHA256:ECDSA+SHA256", "ec"),
        ] {
            let client = try #require(LibraryClient())
            algorithms.withCString { list in
                _ = SSL_ctrl(client.ssl, SSL_CTRL_SET_SIGALGS_LIST, 0, UnsafeMutableRawPointer(mutating: list))
            }
            let name = try Self.name(for: client, from: context)
            #expect(name == "CN=" + kind, "\(algorithms)")
        }
    }

    @Test func `a certificate that no client would get is refused`() throws {
        let named = try Self.identity("a.example")
        let nameless = try CertificateIdentity.selfSigned(commonName: "x", dnsNames: [])
        #expect(throws: TLSConfigurationError.nameless(path: "self-signed certificate for x")) {
            try TLSContext(identities: [named, nameless], protocols: [])
        }
        let source = "self-signed certificate for a.example"
        #expect(throws: TLSConfigurationError.redundant(path: source, other: source)) {
            try TLSContext(identities: [named, Self.identity("a.example")], protocols: [])
        }
    }

    @Test func `each of several certificates is checked`() throws {
        let old = try CertificateIdentity.selfSigned(from: Date(timeIntervalSince1970: 0), validFor: .seconds(1))
        #expect(throws: TLSConfigurationError.self) {
            try TLSContext(identities: [Self.identity("a.example"), old], protocols: [])
        }
    }

    @Test func `a session lives on when its context has been given up`() throws {
        let client = try #require(LibraryClient(askingFor: "a.example"))
        var context: TLSContext? = try TLSContext(
            identities: [Self.identity("b.example"), Self.identity("a.example")], protocols: ["http/1.1"])
        let server = TLSSession(try #require(context))
        weak let released = context
        context = nil
        try TLSHandshakeTests.completeHandshake(server, client)
        #expect(server.isHandshakeComplete && released != nil)
    }
}
