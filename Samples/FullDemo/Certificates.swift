import Apus

/// An authority of the demo's own, with a certificate for the server and one for a client.
struct Certificates {
    let authority: CertificateAuthority
    let server, client: CertificateIdentity
    let trust: TrustStore

    init() throws {
        authority = try CertificateAuthority("Demo CA", organization: "Apus")
        server = try authority.issue("localhost", names: .localhost, for: .serverAuthentication)
        client = try authority.issue("demo-client", organization: "Apus", for: .clientAuthentication)
        trust = try TrustStore([authority.certificate])
    }

    /// Writes what a client needs into a directory that is there.
    func write(to directory: String) throws {
        try authority.certificate.write(to: directory + "/ca.pem")
        try client.write(certificateChain: directory + "/client.pem", privateKey: directory + "/client.key")
    }
}
