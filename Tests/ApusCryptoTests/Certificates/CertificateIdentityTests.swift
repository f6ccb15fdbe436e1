import Foundation
import Testing

@testable import ApusCrypto

struct CertificateIdentityTests {
    @Test func `openssl verifies a self-signed certificate for each of its names, strictly`() async throws {
        let openssl = try OpenSSLCommand()
        let identity = try CertificateIdentity.selfSigned()
        try openssl.write(identity.pemCertificate, to: "own.pem")
        for name in [
            ["-verify_hostname", "localhost"], ["-verify_ip", "127.0.0.1"], ["-verify_ip", "::1"],
        ] {
            let verdict = try await openssl.run(
                "verify", "-x509_strict", "-check_ss_sig", "-purpose", "sslserver", name[0], name[1], "-CAfile",
                "own.pem", "own.pem")
            #expect(verdict == "own.pem: OK\n")
        }
        await #expect(throws: OpenSSLCommand.Failure.self) {
            try await openssl.run("verify", "-verify_hostname", "example.org", "-CAfile", "own.pem", "own.pem")
        }
    }

    @Test func `a self-signed certificate says what a server's certificate must say`() async throws {
        let openssl = try OpenSSLCommand()
        let identity = try CertificateIdentity.selfSigned(
            commonName: "Apus test", dnsNames: ["a.example", "*.b.example"], ipAddresses: ["192.0.2.1", "2001:db8::1"])
        try openssl.write(identity.pemCertificate, to: "own.pem")
        let text = try await openssl.run("x509", "-in", "own.pem", "-noout", "-text")
        for expected in [
            "Version: 3 (0x2)",
            "Signature Algorithm: ecdsa-with-SHA256",
            "Issuer: CN = Apus test",
            "Subject: CN = Apus test",
            "ASN1 OID: prime256v1",
            "X509v3 Basic Constraints: critical\n                CA:FALSE",
            "X509v3 Key Usage: critical\n                Digital Signature\n",
            "X509v3 Extended Key Usage: \n                TLS Web Server Authentication\n",
            "DNS:a.example, DNS:*.b.example, IP Address:192.0.2.1, IP Address:2001:DB8:0:0:0:0:0:1\n",
        ] {
            #expect(text.contains(expected))
        }
        let fingerprint = try await openssl.run("x509", "-in", "own.pem", "-noout", "-fingerprint", "-sha256")
        #expect(fingerprint == "sha256 Fingerprint=\(identity.sha256Fingerprint)\n")
    }

    @Test func `serial numbers are random, positive and 20 octets long, RFC 5280 §4.1.2.2`() async throws {
        let openssl = try OpenSSLCommand()
        var serials: Set<String> = []
        for _ in 0..<3 {
            let identity = try CertificateIdentity.selfSigned()
            try openssl.write(identity.pemCertificate, to: "own.pem")
            let serial = try await openssl.run("x509", "-in", "own.pem", "-noout", "-serial")
            #expect(serial.wholeMatch(of: /serial=[4-7][0-9A-F]{39}\n/) != nil)
            serials.insert(serial)
        }
        #expect(serials.count == 3)
    }

    @Test(arguments: [1, 30, 3_650])
    func `is valid from an hour ago for as long as was asked`(days: Int) throws {
        let before = Date(timeIntervalSince1970: Date().timeIntervalSince1970.rounded(.down))
        let identity = try CertificateIdentity.selfSigned(validFor: .seconds(days * 86_400))
        let after = Date()
        let certificate = identity.certificate
        // The C library's time() lags by up to a tick of the kernel, and so may show the second before.
        #expect(certificate.notBefore >= before - 3_601 && certificate.notBefore <= after - 3_600)
        #expect(certificate.notAfter.timeIntervalSince(certificate.notBefore) == Double(days) * 86_400)
    }

    @Test(arguments: ["", "a b", "exämple.org", "tab\t.example"])
    func `refuses a DNS name that a certificate cannot hold`(name: String) {
        #expect(throws: TLSConfigurationError.self) { try CertificateIdentity.selfSigned(dnsNames: [name]) }
    }

    @Test(arguments: ["", "localhost", "127.0.0.256", "1.2.3", "::1::"])
    func `refuses what is no IP address`(address: String) {
        #expect(throws: TLSConfigurationError.self) { try CertificateIdentity.selfSigned(ipAddresses: [address]) }
    }

    @Test func `a comma in a name does not begin another name`() async throws {
        let openssl = try OpenSSLCommand()
        let identity = try CertificateIdentity.selfSigned(dnsNames: ["a,DNS:evil.example"])
        try openssl.write(identity.pemCertificate, to: "own.pem")
        await #expect(throws: OpenSSLCommand.Failure.self) {
            try await openssl.run("verify", "-verify_hostname", "evil.example", "-CAfile", "own.pem", "own.pem")
        }
    }

    @Test func `serves a chain that a client verifies from the root`() async throws {
        let openssl = try OpenSSLCommand()
        let root = try await openssl.makeIdentity("root")
        let leaf = try await openssl.makeIdentity("leaf")
        let middle = try await openssl.makeIdentity("middle")
        try openssl.write("basicConstraints=critical,CA:TRUE\n", to: "ca.ext")
        try openssl.write("subjectAltName=DNS:leaf.example\n", to: "leaf.ext")
        for (subject, issuer, extensions) in [("middle", "root", "ca.ext"), ("leaf", "middle", "leaf.ext")] {
            try await openssl.run(
                "req", "-new", "-key", "\(subject).key", "-out", "\(subject).csr", "-subj", "/CN=\(subject)")
            try await openssl.run(
                "x509", "-req", "-in", "\(subject).csr", "-CA", "\(issuer).pem", "-CAkey", "\(issuer).key",
                "-CAcreateserial", "-days", "1", "-extfile", extensions, "-out", "\(subject).pem")
        }
        let chain = try [leaf, middle].map { try String(contentsOfFile: $0.certificate, encoding: .utf8) }.joined()
        let path = try openssl.write(chain, to: "chain.pem")
        let context = try TLSContext(
            identity: CertificateIdentity(certificateChain: path, privateKey: leaf.privateKey), protocols: [])
        let trust = try TLSClientContext(trusting: String(contentsOfFile: root.certificate, encoding: .utf8))

        let server = TLSSession(context)
        let client = TLSSession(trust, connectingTo: "leaf.example")
        _ = try server.receive(client.takeOutgoing())
        _ = try client.receive(server.takeOutgoing())
        #expect(client.isHandshakeComplete)
    }
}
