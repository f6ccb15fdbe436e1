import FoundationEssentials
import OCSPPeers
import Testing

@testable import ApusCrypto

struct StaplingGapTests {
    private let folder: OpenSSLCommand
    private let authority: CertificateAuthority
    private let plain: CertificateIdentity
    private let demanding: CertificateIdentity

    init() throws {
        folder = try OpenSSLCommand()
        authority = try CertificateAuthority("Root")
        plain = try authority.issue("leaf", for: .serverAuthentication)
        let chain = try folder.write(
            OCSPResponder.demandingStapling(plain, signedBy: authority.identity), to: "demanding.pem")
        let key = try folder.write(plain.pemPrivateKey, to: "demanding.key")
        demanding = try CertificateIdentity(certificateChain: chain, privateKey: key)
    }

    @Test func `a certificate that demands stapling goes without a response, RFC 7633`() async throws {
        #expect(demanding.certificate.demandsStapling && !plain.certificate.demandsStapling)
        let text = try await folder.run("x509", "-in", "demanding.pem", "-noout", "-ext", "tlsfeature")
        #expect(text.contains("status_request"))
        #expect(plain.staplingGap(at: .now) == nil)
        let gap = try #require(demanding.staplingGap(at: .now))
        #expect(gap == .demanded(path: folder.path("demanding.pem")))
        #expect(gap.description.contains(folder.path("demanding.pem")))
    }

    @Test func `another TLS feature demands no stapling`() async throws {
        try await folder.run(
            "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", "v2.key",
            "-out", "v2.pem", "-subj", "/CN=v2", "-addext", "tlsfeature=status_request_v2")
        #expect(try !Certificate.all(path: folder.path("v2.pem"))[0].demandsStapling)
    }

    @Test func `a response closes the gap until it lapses`() throws {
        let end = Date(timeIntervalSince1970: Date.now.timeIntervalSince1970.rounded(.down) + 60)
        for identity in [plain, demanding] {
            var answer = OCSPResponder.Answer(about: identity.certificate, from: authority.certificate)
            answer.nextUpdate = end
            let path = try folder.write(OCSPResponder(authority.identity).response(answer), to: "response.der")
            let stapled = identity.stapling(try OCSPResponse(path: path, for: identity, at: .now))
            #expect(stapled.staplingGap(at: end) == nil)
            let gap = try #require(stapled.staplingGap(at: end + 1))
            #expect(gap == .lapsed(path: path, nextUpdate: end))
            #expect(gap.description.contains(path))
        }
    }
}
