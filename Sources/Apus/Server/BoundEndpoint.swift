import ApusCrypto
package import ApusTransport

/// An endpoint with the address that it has got.
public struct BoundEndpoint: Sendable {
    package let address: SocketAddress

    /// TLS is spoken here.
    public let isSecure: Bool

    /// The self-signed certificate in PEM, for a client that wants to trust it; nil for one that another has signed.
    public let selfSignedCertificate: String?

    /// The certificates that are served, in PEM, the server's own first; nil in clear text.
    public let certificateChain: String?

    init(address: SocketAddress, identity: CertificateIdentity?) {
        self.address = address
        isSecure = identity != nil
        certificateChain = identity?.pemCertificate
        selfSignedCertificate = identity.flatMap { $0.certificate.isSelfSigned ? $0.pemCertificate : nil }
    }

    /// The TCP port; nil for a Unix socket.
    public var port: Int? { address.port }

    /// Such as `http://127.0.0.1:5000`; for a Unix socket `unix:` and its path.
    public var url: String {
        if case .unix = address { return address.description }
        return (isSecure ? "https://" : "http://") + address.description
    }
}
