import Apus
import ApusCrypto
import Foundation
import OCSPPeers
import Testing

/// A folder with a certificate and its key, which a test replaces as other programs do.
final class CertificateFiles: Sendable {
    private let folder = FileManager.default.temporaryDirectory.appending(path: "apus-\(UUID().uuidString)").path
    private let authority: CertificateAuthority

    init() throws {
        // What is issued comes with the authority's certificate, which clients of the test kit trust.
        authority = try CertificateAuthority("Root").subordinate("Middle")
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: folder)
    }

    func path(_ name: String) -> String { folder + "/" + name }

    func source(_ name: String = "") -> Endpoint.TLS.Source {
        .files(certificateChain: path(name + "chain.pem"), privateKey: path(name + "key.pem"))
    }

    var authorityPEM: String { authority.certificate.pem }

    func issue(
        _ commonName: String, names: [SubjectAlternativeName] = .localhost, from start: Date? = nil,
        validFor lifetime: Duration = .seconds(86_400)
    ) throws -> CertificateIdentity {
        try authority.issue(
            commonName, names: names, for: .serverAuthentication, from: start, validFor: lifetime)
    }

    /// Puts both into their places with a rename each.
    func install(_ identity: CertificateIdentity, as name: String = "") throws {
        try installChain(of: identity, as: name)
        try installKey(of: identity, as: name)
    }

    func installChain(of identity: CertificateIdentity, as name: String = "") throws {
        try install(identity.pemCertificate, as: name + "chain.pem")
    }

    func installKey(of identity: CertificateIdentity, as name: String = "") throws {
        try install(identity.pemPrivateKey, as: name + "key.pem")
    }

    /// Puts the response of the authority into its place with a rename.
    @discardableResult
    func installResponse(for identity: CertificateIdentity, until end: Date = .now + 3_600) throws -> [UInt8] {
        var answer = OCSPResponder.Answer(about: identity.certificate, from: authority.certificate)
        answer.nextUpdate = end
        answer.thisUpdate = min(answer.thisUpdate, end - 60)
        let response = try OCSPResponder(authority.identity).response(answer)
        try Data(response).write(to: URL(filePath: path("response.der")), options: .atomic)
        return response
    }

    /// The chain of the identity in PEM, in which its certificate demands stapling.
    func demandingStapling(_ identity: CertificateIdentity) throws -> String {
        try OCSPResponder.demandingStapling(identity, signedBy: authority.identity) + authorityPEM
    }

    func install(_ text: String, as name: String) throws {
        try text.write(toFile: path(name), atomically: true, encoding: .utf8)
    }
}

extension TLSContext {
    /// The subject of the certificate that a client gets who asks for `name`.
    func subject(for name: String = "localhost", trusting pem: String) throws -> String {
        let server = TLSSession(self)
        let client = TLSSession(try TLSClientContext(trusting: pem, protocols: ["http/1.1"]), connectingTo: name)
        var (near, far) = (server, client)
        var flight = client.takeOutgoing()
        while !flight.isEmpty {
            let room = UnsafeMutableRawBufferPointer.allocate(
                byteCount: flight.count + TLSSession.maximumRecordPlaintext, alignment: 1)
            defer { room.deallocate() }
            _ = try near.receive(flight.span, into: room)
            flight = near.takeOutgoing()
            swap(&near, &far)
        }
        return try #require(client.peerCertificates.first).subject
    }
}
