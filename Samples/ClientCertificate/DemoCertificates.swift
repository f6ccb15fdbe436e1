import Apus
import Foundation

/// An authority, a certificate for the server and one for a client, made for this run, and files of them for curl.
struct DemoCertificates {
    let authority: CertificateAuthority
    let server, client: CertificateIdentity
    let directory = FileManager.default.temporaryDirectory.appending(path: "apus-certificates-\(UUID().uuidString)")

    init() throws {
        authority = try CertificateAuthority("Demo CA", organization: "Apus")
        server = try authority.issue("localhost", names: .localhost, for: .serverAuthentication)
        client = try authority.issue("demo-client", organization: "Apus", for: .clientAuthentication)
        try FileManager.default.createDirectory(
            at: directory, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
        try authority.certificate.write(to: path("ca.pem"))
        try client.write(certificateChain: path("client.pem"), privateKey: path("client.key"))
    }

    func path(_ name: String) -> String { directory.appending(path: name).path }
    func remove() { try? FileManager.default.removeItem(at: directory) }
}
