import COpenSSL
import FoundationEssentials
import OCSPPeers
import Testing

@testable import ApusCrypto

/// OCSP responses in the handshake (RFC 6066 §8, RFC 8446 §4.4.2.1), with OpenSSL as the client.
struct StaplingTests {
    private let folder: OpenSSLCommand
    private let authority: CertificateAuthority

    init() throws {
        folder = try OpenSSLCommand()
        authority = try CertificateAuthority("Root").subordinate("Middle")
    }

    /// The identity with the response that its authority gives, and that response.
    private func stapled(
        _ identity: CertificateIdentity, until end: Date = .now + 3_600, signedBy signer: CertificateIdentity? = nil
    ) throws -> (identity: CertificateIdentity, response: [UInt8]) {
        let signer = signer ?? authority.identity
        var answer = OCSPResponder.Answer(about: identity.certificate, from: signer.certificate)
        answer.thisUpdate = end - 7_200
        answer.nextUpdate = end
        let response = try OCSPResponder(signer).response(answer)
        let path = try folder.write(response, to: "\(identity.certificate.subject).ocsp")
        return (identity.stapling(try OCSPResponse(path: path, for: identity, at: end)), response)
    }

    private func issue(_ name: String) throws -> CertificateIdentity {
        try authority.issue(name, names: [.dns(name)], for: .serverAuthentication)
    }

    @Test(arguments: [TLS1_2_VERSION, TLS1_3_VERSION])
    func `a client that asks gets the response, and one that does not gets none`(version: Int32) throws {
        let (identity, response) = try stapled(issue("a.example"))
        let context = try TLSContext(identity: identity, protocols: [])
        for asks in [true, false] {
            let client = try #require(StaplingClient(version: version, asks: asks))
            try client.connect(to: TLSSession(context))
            #expect(client.hasConnected)
            #expect(client.stapled == (asks ? response : nil))
        }
    }

    @Test(arguments: [TLS1_2_VERSION, TLS1_3_VERSION])
    func `each name has the response for its certificate, or none`(version: Int32) throws {
        let first = try stapled(issue("a.example"))
        let second = try stapled(issue("b.example"))
        let bare = try issue("c.example")
        let context = try TLSContext(identities: [first.identity, second.identity, bare], protocols: [])
        for (name, response) in [
            (nil, first.response), ("a.example", first.response), ("b.example", second.response), ("c.example", nil),
        ] as [(String?, [UInt8]?)] {
            let client = try #require(StaplingClient(version: version, name: name))
            try client.connect(to: TLSSession(context))
            #expect(client.hasConnected)
            #expect(client.stapled == response, "\(name ?? "no name")")
        }
    }

    @Test(arguments: [TLS1_2_VERSION, TLS1_3_VERSION])
    func `of two kinds of keys the response is for the certificate that the client gets`(version: Int32) async throws {
        var responses: [[UInt8]] = []
        var identities: [CertificateIdentity] = []
        for (name, option) in [("RSA", "rsa_keygen_bits:2048"), ("EC", "ec_paramgen_curve:P-256")] {
            let files = try await folder.makeIdentity(name, key: name, option: option)
            let made = try CertificateIdentity(certificateChain: files.certificate, privateKey: files.privateKey)
            let (identity, response) = try stapled(made, signedBy: made)
            identities.append(identity)
            responses.append(response)
        }
        let context = try TLSContext(identities: identities, protocols: [])
        for (algorithms, response) in zip(["RSA-PSS+SHA256", "ECDSA+SHA256"], responses) {
            let client = try #require(StaplingClient(version: version, algorithms: algorithms))
            try client.connect(to: TLSSession(context))
            #expect(client.hasConnected)
            #expect(client.stapled == response, "\(algorithms)")
        }
    }

    @Test(arguments: [TLS1_2_VERSION, TLS1_3_VERSION])
    func `a response that has lapsed since it was read is not stapled`(version: Int32) throws {
        let (identity, _) = try stapled(issue("a.example"), until: .now - 1)
        let client = try #require(StaplingClient(version: version))
        try client.connect(to: TLSSession(TLSContext(identity: identity, protocols: [])))
        #expect(client.hasConnected && client.stapled == nil)
    }

    @Test(arguments: [TLS1_2_VERSION, TLS1_3_VERSION])
    func `a session that is resumed has no certificate, and so nothing is stapled`(version: Int32) throws {
        let (identity, response) = try stapled(issue("a.example"))
        let context = try TLSContext(identity: identity, protocols: [])
        let first = try #require(StaplingClient(version: version))
        try first.connect(to: TLSSession(context))
        #expect(first.stapled == response)
        let session = try #require(SSL_get1_session(first.ssl))
        defer { SSL_SESSION_free(session) }
        let second = try #require(StaplingClient(version: version, resuming: session))
        try second.connect(to: TLSSession(context))
        #expect(second.hasConnected && SSL_session_reused(second.ssl) == 1 && second.stapled == nil)
    }

    @Test(arguments: [TLS1_2_VERSION, TLS1_3_VERSION])
    func `an established connection keeps no response`(version: Int32) throws {
        let (identity, response) = try stapled(issue("a.example"))
        let server = try TLSSession(TLSContext(identity: identity, protocols: []))
        let client = try #require(StaplingClient(version: version))
        try client.connect(to: server)
        #expect(server.isHandshakeComplete && client.stapled == response)
        #expect(StaplingClient.stapled(to: server.ssl) == nil)
    }
}
