import Foundation
import Testing

@testable import ApusCrypto

/// Which chains of clients lead to a trusted certificate, and in which words the others are refused.
struct TrustStoreTests {
    private static let root = Result { try CertificateAuthority("Root") }
    private static let days = Duration.seconds(86_400)

    private static func expectRefusal(
        _ chain: [Certificate], trusting trusted: [Certificate], at date: Date = Date(), _ reason: String
    ) throws {
        let store = try TrustStore(trusted)
        #expect(throws: ChainRefusal(reason: reason)) { try store.verifyClient(chain, at: date) }
    }

    @Test func `trusts what a trusted authority has signed`() throws {
        let root = try Self.root.get()
        let issued = try root.issue("leaf", for: .clientAuthentication)
        let store = try TrustStore([root.certificate])
        let validity = try store.verifyClient(issued.chain, at: Date())
        #expect(validity == issued.certificate.notBefore...issued.certificate.notAfter)
    }

    @Test func `needs what lies between, from the client`() throws {
        let root = try Self.root.get()
        let issued = try root.subordinate("A").subordinate("B").issue("leaf", for: .clientAuthentication)
        let store = try TrustStore([root.certificate])
        #expect(issued.chain.map(\.subject) == ["CN=leaf", "CN=B", "CN=A"])
        #expect(throws: Never.self) { try store.verifyClient(issued.chain, at: Date()) }
        // In any order, and with strangers among them.
        let stranger = try CertificateAuthority("Stranger").certificate
        let mixed = [issued.chain[0], stranger, issued.chain[2], issued.chain[1]]
        #expect(throws: Never.self) { try store.verifyClient(mixed, at: Date()) }
        for missing in [[0, 1], [0, 2], [0]] {
            let chain = missing.map { issued.chain[$0] }
            #expect(throws: ChainRefusal.self) { try store.verifyClient(chain, at: Date()) }
        }
    }

    @Test func `an authority in the middle can be trusted on its own`() throws {
        let root = try Self.root.get()
        let middle = try root.subordinate("Middle")
        let issued = try middle.issue("leaf", for: .clientAuthentication)
        let store = try TrustStore([middle.certificate])
        #expect(throws: Never.self) { try store.verifyClient(issued.chain, at: Date()) }
        let aside = try root.issue("aside", for: .clientAuthentication)
        #expect(throws: ChainRefusal.self) { try store.verifyClient(aside.chain, at: Date()) }
    }

    @Test func `a single certificate can be trusted, and no other`() throws {
        let own = try CertificateIdentity.selfSigned(commonName: "me", for: [.clientAuthentication])
        let namesake = try CertificateIdentity.selfSigned(commonName: "me", for: [.clientAuthentication])
        let store = try TrustStore([own.certificate])
        #expect(throws: Never.self) { try store.verifyClient(own.chain, at: Date()) }
        #expect(throws: ChainRefusal.self) { try store.verifyClient(namesake.chain, at: Date()) }
    }

    @Test func `an authority of the same name is another`() throws {
        let issued = try CertificateAuthority("Root").issue("leaf", for: .clientAuthentication)
        try Self.expectRefusal(
            issued.chain, trusting: [Self.root.get().certificate],
            "unable to get local issuer certificate, at 'CN=leaf'")
    }

    @Test func `says why not, in the words of openssl`() async throws {
        let openssl = try OpenSSLCommand()
        let root = try Self.root.get()
        let now = Date()
        let client = ExtendedKeyUsage.clientAuthentication
        let old = try CertificateAuthority("Old", from: now - 86_400 * 9, validFor: Self.days)
        let leaf = try root.issue("leaf", for: client)
        let oldLeaf = try old.issue("leaf", for: client)
        let strangersLeaf = try CertificateAuthority("Stranger").issue("leaf", for: client)
        let rows: [(chain: [Certificate], trusted: Certificate, subject: String)] = [
            (
                try root.issue("leaf", for: client, from: now - 86_400 * 2, validFor: Self.days).chain,
                root.certificate, "leaf"
            ),
            (try root.issue("leaf", for: client, from: now + 86_400).chain, root.certificate, "leaf"),
            (try root.issue("leaf", for: .serverAuthentication).chain, root.certificate, "leaf"),
            (oldLeaf.chain, old.certificate, "Old"),
            (strangersLeaf.chain, root.certificate, "leaf"),
            // One who is no authority has signed.
            (try CertificateAuthority(leaf).issue("below", for: client).chain, root.certificate, "leaf"),
            (try CertificateIdentity.selfSigned(commonName: "leaf", for: [client]).chain, root.certificate, "leaf"),
        ]
        for (index, row) in rows.enumerated() {
            let store = try TrustStore([row.trusted])
            let refusal = try #require(throws: ChainRefusal.self) { try store.verifyClient(row.chain, at: now) }
            #expect(refusal.reason.hasSuffix(", at 'CN=\(row.subject)'"), "row \(index): \(refusal)")
            try row.trusted.write(to: openssl.path("trusted-\(index).pem"))
            let chain = try openssl.write(row.chain.map(\.pem).joined(), to: "chain-\(index).pem")
            let failure = try await #require(throws: OpenSSLCommand.Failure.self) {
                try await openssl.run(
                    "verify", "-partial_chain", "-purpose", "sslclient", "-auth_level", "2", "-attime",
                    "\(Int(now.timeIntervalSince1970))", "-CAfile", "trusted-\(index).pem", "-untrusted", chain, chain)
            }
            let words = try #require(refusal.reason.split(separator: ", at '").first)
            #expect(failure.description.contains(words), "row \(index): \(refusal)")
        }
    }

    @Test func `refuses a changed signature`() throws {
        let root = try Self.root.get()
        var der = try root.issue("leaf", for: .clientAuthentication).certificate.der
        der[der.count - 1] ^= 1
        try Self.expectRefusal(
            [Certificate(der: der.span)], trusting: [root.certificate], "certificate signature failure, at 'CN=leaf'")
    }

    @Test(arguments: [("RSA", "rsa_keygen_bits:1024"), ("EC", "ec_paramgen_curve:prime192v1")])
    func `refuses weak keys, NIST SP 800-57`(key: String, option: String) async throws {
        let openssl = try OpenSSLCommand()
        let path = try await openssl.makeIdentity("weak", key: key, option: option).certificate
        let weak = try Certificate(pem: String(contentsOfFile: path, encoding: .utf8))
        try Self.expectRefusal([weak], trusting: [weak], "EE certificate key too weak, at 'CN=weak,O=Apus'")
    }

    @Test func `refuses a chain that is too long, and one that is empty`() throws {
        let root = try Self.root.get()
        var authority = root
        for level in 0...Int(TrustStore.maximumDepth) { authority = try authority.subordinate("Level \(level)") }
        let issued = try authority.issue("leaf", for: .clientAuthentication)
        let store = try TrustStore([root.certificate])
        let refusal = try #require(throws: ChainRefusal.self) { try store.verifyClient(issued.chain, at: Date()) }
        #expect(refusal.reason.hasPrefix("certificate chain too long"))
        try Self.expectRefusal([], trusting: [root.certificate], "there is no certificate")
    }

    @Test func `a path is valid no longer than its shortest part`() throws {
        let now = Date(timeIntervalSince1970: Date().timeIntervalSince1970.rounded(.down))
        let root = try CertificateAuthority("Root", from: now - 100, validFor: .seconds(200))
        let issued = try root.issue("leaf", for: .clientAuthentication, from: now - 50, validFor: .seconds(900))
        let store = try TrustStore([root.certificate])
        #expect(try store.verifyClient(issued.chain, at: now) == now - 50...now + 100)
    }

    @Test func `reads every certificate of a text and of a file`() throws {
        let openssl = try OpenSSLCommand()
        let authorities = try ["A", "B"].map { try CertificateAuthority($0) }
        let pem = authorities.map(\.certificate.pem).joined()
        let path = try openssl.write(pem, to: "trusted.pem")
        for store in [try TrustStore(pem: pem), try TrustStore(path: path)] {
            #expect(store.certificates.map(\.subject) == ["CN=A", "CN=B"])
            for authority in authorities {
                let issued = try authority.issue("leaf", for: .clientAuthentication)
                #expect(throws: Never.self) { try store.verifyClient(issued.chain, at: Date()) }
            }
        }
        #expect(throws: TLSConfigurationError.noCertificate(path: "PEM text")) { try TrustStore(pem: "") }
        let missing = openssl.path("none.pem")
        #expect(throws: TLSConfigurationError.self) { try TrustStore(path: missing) }
    }

    @Test func `a certificate with any one octet changed is refused, and never traps`() throws {
        let root = try Self.root.get()
        let store = try TrustStore([root.certificate])
        let names: [SubjectAlternativeName] = [.dns("a.example"), .ipAddress("::1"), .email("a@b"), .uri("a:b")]
        let der = try root.issue("leaf", names: names, for: .clientAuthentication).certificate.der
        var readable = 0
        for position in der.indices {
            for mask: UInt8 in [0x01, 0x80, 0xFF] {
                var changed = der
                changed[position] ^= mask
                guard let certificate = try? Certificate(der: changed.span) else { continue }
                readable += 1
                _ = (certificate.subject, certificate.issuer, certificate.serialNumber, certificate.extendedKeyUsages)
                _ = (certificate.subjectAlternativeNames, certificate.notBefore, certificate.notAfter)
                #expect(!certificate.isSelfSigned)
                #expect(throws: ChainRefusal.self, "octet \(position)") {
                    try store.verifyClient([certificate], at: Date())
                }
            }
        }
        #expect(readable > der.count)
    }
}
