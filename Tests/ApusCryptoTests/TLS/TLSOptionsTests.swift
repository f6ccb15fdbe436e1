import COpenSSL
import Testing

@testable import ApusCrypto

struct TLSOptionsTests {
    private static func handshake(_ options: TLSOptions, version: Int32) throws -> LibraryClient? {
        let context = try TLSContext(identities: [TLSPeers.identity.get()], protocols: [], options: options)
        let server = TLSSession(context)
        let client = try #require(LibraryClient(versions: version...version))
        do {
            try TLSHandshakeTests.completeHandshake(server, client)
        } catch is TLSError {
            return nil
        }
        return client
    }

    @Test func `TLS 1.2 can be refused`() throws {
        var options = TLSOptions()
        options.minimumVersion = .tls13
        #expect(try Self.handshake(options, version: TLS1_2_VERSION) == nil)
        #expect(try Self.handshake(options, version: TLS1_3_VERSION) != nil)
        options.cipherSuites = [.aes256GCM]
        #expect(try Self.handshake(options, version: TLS1_3_VERSION) != nil)
    }

    @Test(arguments: [TLS1_2_VERSION, TLS1_3_VERSION])
    func `the suites are those that were named`(version: Int32) throws {
        var options = TLSOptions()
        options.cipherSuites = [.aes256GCM, .ecdheECDSAWithAES256GCM]
        let client = try #require(try Self.handshake(options, version: version))
        let suite = String(cString: SSL_CIPHER_get_name(SSL_get_current_cipher(client.ssl)))
        #expect(options.cipherSuites.map(\.rawValue).contains(suite))
    }

    @Test func `the group is the first of those that were named`() throws {
        var options = TLSOptions()
        options.groups = [.p384]
        let client = try #require(try Self.handshake(options, version: TLS1_3_VERSION))
        #expect(SSL_ctrl(client.ssl, SSL_CTRL_GET_NEGOTIATED_GROUP, 0, nil) == Int(NID_secp384r1))
    }

    @Test func `options that leave nothing to agree on are refused`() throws {
        var options = TLSOptions()
        options.cipherSuites = [.aes128GCM]
        #expect(throws: TLSConfigurationError.unusableOptions("no cipher suite for TLSv1.2")) {
            try Self.handshake(options, version: TLS1_3_VERSION)
        }
        options = TLSOptions()
        options.groups = []
        #expect(throws: TLSConfigurationError.unusableOptions("no group for the exchange of keys")) {
            try Self.handshake(options, version: TLS1_3_VERSION)
        }
    }

    @Test func `every suite and every group is one that OpenSSL has`() throws {
        var options = TLSOptions()
        options.groups = KeyExchangeGroup.allCases
        for suite in CipherSuite.allCases {
            options.cipherSuites = [suite, suite.version == .tls12 ? .aes128GCM : .ecdheECDSAWithAES128GCM]
            _ = try TLSContext(identities: [TLSPeers.identity.get()], protocols: [], options: options)
        }
    }
}
