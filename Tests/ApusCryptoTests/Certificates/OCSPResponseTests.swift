import COpenSSL
import FoundationEssentials
import OCSPPeers
import Testing

@testable import ApusCrypto

/// What a response must be so that clients take it when it is stapled (RFC 6960 §3.2).
struct OCSPResponseTests {
    private let folder: OpenSSLCommand
    private let root: CertificateAuthority
    private let authority: CertificateAuthority
    /// With its issuer in the chain.
    private let identity: CertificateIdentity
    /// Issued by the root, which is not in the chain.
    private let bare: CertificateIdentity
    private let now = Date(timeIntervalSince1970: Date.now.timeIntervalSince1970.rounded(.down))

    init() throws {
        folder = try OpenSSLCommand()
        root = try CertificateAuthority("Root", from: now - 86_400)
        authority = try root.subordinate("Middle", from: now - 86_400)
        identity = try authority.issue("leaf", for: .serverAuthentication)
        bare = try root.issue("bare", for: .serverAuthentication)
    }

    private var answer: OCSPResponder.Answer { .init(about: identity.certificate, from: authority.certificate) }
    private var answerOfRoot: OCSPResponder.Answer { .init(about: bare.certificate, from: root.certificate) }
    private var responder: OCSPResponder { OCSPResponder(authority.identity) }

    @discardableResult
    private func read(
        _ response: [UInt8], for identity: CertificateIdentity? = nil, at date: Date? = nil
    ) throws(OCSPResponseFlaw) -> OCSPResponse {
        do {
            let path = try folder.write(response, to: "response.der")
            return try OCSPResponse(path: path, for: identity ?? self.identity, at: date ?? now)
        } catch TLSConfigurationError.unusableOCSPResponse(folder.path("response.der"), let flaw) {
            throw flaw
        } catch {
            throw .unreadable(reason: "\(error)")
        }
    }

    private var aboutOther: OCSPResponseFlaw {
        .otherCertificate(serialNumber: identity.certificate.serialNumber, issuer: "CN=Middle")
    }

    @Test func `what openssl ocsp writes is read`() async throws {
        try authority.identity.write(certificateChain: folder.path("ca.pem"), privateKey: folder.path("ca.key"))
        try identity.write(certificateChain: folder.path("leaf.pem"), privateKey: folder.path("leaf.key"))
        let serialNumber = identity.certificate.serialNumber
        try folder.write("V\t991231235959Z\t\t\(serialNumber)\tunknown\t/CN=leaf\n", to: "index.txt")
        try await folder.run(
            "ocsp", "-index", "index.txt", "-CA", "ca.pem", "-rsigner", "ca.pem", "-rkey", "ca.key", "-issuer",
            "ca.pem", "-cert", "leaf.pem", "-ndays", "1", "-respout", "leaf.ocsp")
        let response = try OCSPResponse(path: folder.path("leaf.ocsp"), for: identity, at: .now)
        #expect(response.isCurrent(at: .now + 86_000) && !response.isCurrent(at: .now + 86_500))
    }

    @Test(arguments: ["SHA1", "SHA256", "SHA384", "SHA512"])
    func `the responder chooses the hash of the CertID`(digest: String) throws {
        var answers = [answer, answerOfRoot]
        for index in answers.indices { answers[index].digest = digest }
        try read(responder.response(answers[0]))
        try read(OCSPResponder(root.identity).response(answers[1]), for: bare)
    }

    @Test func `one of several answers is enough`() throws {
        let other = try authority.issue("other", for: .serverAuthentication)
        var revoked = OCSPResponder.Answer(about: other.certificate, from: authority.certificate)
        revoked.status = V_OCSP_CERTSTATUS_REVOKED
        try read(responder.response(revoked, answer))
    }

    @Test func `a response for another certificate is refused, with or without the issuer in the chain`() throws {
        let other = try authority.issue("leaf", for: .serverAuthentication)
        let response = try responder.response(.init(about: other.certificate, from: authority.certificate))
        #expect(throws: aboutOther) { try read(response) }
        let otherOfRoot = try root.issue("bare", for: .serverAuthentication)
        let responseOfRoot = try OCSPResponder(root.identity)
            .response(.init(about: otherOfRoot.certificate, from: root.certificate))
        #expect(
            throws: OCSPResponseFlaw.otherCertificate(
                serialNumber: bare.certificate.serialNumber, issuer: "CN=Root")
        ) { try read(responseOfRoot, for: bare) }
    }

    @Test func `an issuer with the same name and another key is another issuer`() throws {
        let namesake = try root.subordinate("Middle")
        let response = try OCSPResponder(namesake.identity)
            .response(.init(about: identity.certificate, from: namesake.certificate))
        #expect(throws: aboutOther) { try read(response) }
    }

    @Test func `without the issuer in the chain its name has to match`() throws {
        let response = try OCSPResponder(root.identity).response(answerOfRoot)
        try read(response, for: bare)
        var renamed = response
        let name = try #require(Self.issuerName(of: bare))
        let hash = DigestAlgorithm.digest(.sha1, name.span)
        let start = try #require(renamed.firstRange(of: hash)).lowerBound
        renamed[start] ^= 1
        #expect(
            throws: OCSPResponseFlaw.otherCertificate(
                serialNumber: bare.certificate.serialNumber, issuer: "CN=Root")
        ) { try read(renamed, for: bare) }
    }

    private static func issuerName(of identity: CertificateIdentity) -> [UInt8]? {
        let name = X509_get_issuer_name(identity.certificate.handle.pointer)
        var start: UnsafePointer<UInt8>?
        var count = 0
        guard X509_NAME_get0_der(name, &start, &count) == 1 else { return nil }
        return Array(UnsafeBufferPointer(start: start, count: count))
    }

    @Test func `a responder that the issuer has authorized may sign, RFC 6960 §4.2.2.2`() throws {
        let authorized = try authority.issue("responder", for: .ocspSigning)
        try read(OCSPResponder(authorized, sendsCertificate: true).response(answer))
    }

    @Test func `nobody else may sign`() throws {
        let signers = [
            // Authorized for something else, by somebody else, by nobody.
            try authority.issue("responder", for: .serverAuthentication), try authority.issue("responder"),
            try root.issue("responder", for: .ocspSigning),
            try CertificateAuthority("Elsewhere").issue("responder", for: .ocspSigning), root.identity,
            try CertificateIdentity.selfSigned(for: [.ocspSigning]),
            try authority.issue("responder", for: .ocspSigning, from: now - 7_200, validFor: .seconds(3_600)),
        ]
        for (index, signer) in signers.enumerated() {
            let response = try OCSPResponder(signer, sendsCertificate: true).response(answer)
            #expect(Self.isUnverified(#expect(throws: OCSPResponseFlaw.self) { try read(response) }), "\(index)")
        }
        let expired = try OCSPResponder(signers[6], sendsCertificate: true).response(answer)
        let flaw = #expect(throws: OCSPResponseFlaw.self) { try read(expired) }
        #expect(flaw?.description.contains("certificate has expired") == true)
        let authorized = try authority.issue("responder", for: .ocspSigning)
        let withoutCertificate = try OCSPResponder(authorized).response(answer)
        #expect(Self.isUnverified(#expect(throws: OCSPResponseFlaw.self) { try read(withoutCertificate) }))
    }

    private static func isUnverified(_ flaw: OCSPResponseFlaw?) -> Bool {
        guard case .unverified(let reason) = flaw else { return false }
        return !reason.isEmpty
    }

    @Test func `a changed octet of the signature is noticed where the issuer is in the chain`() throws {
        var response = try responder.response(answer)
        response[response.count - 1] ^= 1
        #expect(Self.isUnverified(#expect(throws: OCSPResponseFlaw.self) { try read(response) }))
        var unverifiable = try OCSPResponder(root.identity).response(answerOfRoot)
        unverifiable[unverifiable.count - 1] ^= 1
        try read(unverifiable, for: bare)
    }

    @Test func `only the status good is taken`() throws {
        var answer = answer
        answer.thisUpdate = now - 60
        answer.status = V_OCSP_CERTSTATUS_REVOKED
        #expect(throws: OCSPResponseFlaw.revoked(date: now - 60)) { try read(responder.response(answer)) }
        answer.status = V_OCSP_CERTSTATUS_UNKNOWN
        #expect(throws: OCSPResponseFlaw.unknown) { try read(responder.response(answer)) }
    }

    @Test func `a responder's clock may be five minutes ahead and no more`() throws {
        var answer = answer
        answer.thisUpdate = now + 300
        try read(responder.response(answer))
        answer.thisUpdate = now + 301
        #expect(throws: OCSPResponseFlaw.notYetValid(thisUpdate: now + 301)) { try read(responder.response(answer)) }
    }

    @Test func `it is current up to nextUpdate, or for ever without one`() throws {
        var answer = answer
        answer.nextUpdate = now
        let ending = try read(responder.response(answer))
        #expect(ending.isCurrent(at: now) && !ending.isCurrent(at: now + 1))
        answer.nextUpdate = nil
        let endless = try read(responder.response(answer))
        #expect(endless.isCurrent(at: .distantFuture))
    }

    @Test func `one that has lapsed is read, also when its responder's certificate has ended since`() throws {
        let authorized = try authority.issue(
            "responder", for: .ocspSigning, from: now - 7_200, validFor: .seconds(3_600))
        var answer = answer
        (answer.thisUpdate, answer.nextUpdate) = (now - 7_000, now - 3_700)
        let lapsed = try read(OCSPResponder(authorized, sendsCertificate: true).response(answer))
        #expect(!lapsed.isCurrent(at: now))
    }

    @Test(arguments: [
        (OCSP_RESPONSE_STATUS_MALFORMEDREQUEST, "malformedrequest"),
        (OCSP_RESPONSE_STATUS_INTERNALERROR, "internalerror"),
        (OCSP_RESPONSE_STATUS_TRYLATER, "trylater"), (OCSP_RESPONSE_STATUS_SIGREQUIRED, "sigrequired"),
        (OCSP_RESPONSE_STATUS_UNAUTHORIZED, "unauthorized"),
    ])
    func `a responder that has refused has said nothing`(status: Int32, name: String) throws {
        #expect(throws: OCSPResponseFlaw.unsuccessful(status: name)) { try read(OCSPResponder.refusal(status)) }
    }

    @Test func `what is no response, or a part of one, is refused`() throws {
        let response = try responder.response(answer)
        let others = [
            Array("-----BEGIN OCSP RESPONSE-----\n".utf8), identity.certificate.der, response + [0], [0x30, 0x80],
            // Successful, and then nothing.
            try OCSPResponder.refusal(OCSP_RESPONSE_STATUS_SUCCESSFUL),
        ]
        for octets in others + response.indices.map({ Array(response[..<$0]) }) {
            #expect(throws: OCSPResponseFlaw.malformed) { try read(octets) }
        }
    }

    @Test func `the file has a greatest size`() throws {
        #expect(throws: OCSPResponseFlaw.malformed) { try read([UInt8](repeating: 0x30, count: 32_768)) }
        #expect(throws: OCSPResponseFlaw.tooLarge) { try read([UInt8](repeating: 0x30, count: 32_769)) }
    }

    @Test func `a file that cannot be read`() throws {
        for (path, reason) in [
            (folder.path("none.der"), "No such file or directory"), (folder.folder.path, "Is a directory"),
        ] {
            let expected = TLSConfigurationError.unusableOCSPResponse(path: path, .unreadable(reason: reason))
            #expect(throws: expected) { try OCSPResponse(path: path, for: identity, at: now) }
            #expect(expected.description.contains(path) && expected.description.contains(reason))
        }
    }

    @Test(
        arguments: [
            .unreadable(reason: "x"), .tooLarge, .malformed, .unsuccessful(status: "x"),
            .otherCertificate(serialNumber: "x", issuer: "y"), .unverified(reason: "x"), .revoked(date: .distantPast),
            .unknown, .notYetValid(thisUpdate: .distantFuture),
        ] as [OCSPResponseFlaw])
    func `each flaw names the file, what was expected and what to do`(flaw: OCSPResponseFlaw) {
        let text = TLSConfigurationError.unusableOCSPResponse(path: "/a/file", flaw).description
        #expect(text.hasPrefix("Cannot staple the OCSP response in '/a/file': ") && text.contains(" Expected "))
        #expect(text.hasSuffix("."))
    }
}
