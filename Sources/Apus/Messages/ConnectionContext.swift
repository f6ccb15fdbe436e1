public import ApusCrypto
public import ApusJOSE
package import ApusTransport

/// What is known of the connection that brought a request.
public final class ConnectionContext: Sendable {
    private let peer: SocketAddress?

    /// The request came under TLS.
    public let isSecure: Bool

    /// The TLS version, such as `TLSv1.3`; nil in clear text.
    public let tlsVersion: String?

    let peerChain: PeerChain?

    let server: RunningServer?

    package init(
        peer: SocketAddress?, isSecure: Bool, tlsVersion: String?, peerCertificates: [Certificate] = [],
        server: RunningServer? = nil
    ) {
        self.peer = peer
        self.isSecure = isSecure
        self.tlsVersion = tlsVersion
        peerChain = PeerChain(peerCertificates)
        self.server = server
    }

    /// The certificates that the client has sent, its own first; none unless the endpoint asks for them.
    ///
    /// TLS has proven that the client has the key of the first. Whether anybody trusts it is not judged here, but by
    /// `ClientCertificateAuthentication`.
    public var peerCertificates: [Certificate] { peerChain?.certificates ?? [] }

    /// The client's own certificate; nil when it sent none.
    public var peerCertificate: Certificate? { peerChain?.own }

    /// By what a token is bound to the client's certificate (RFC 8705 §3.1); nil when it sent none.
    public var peerCertificateThumbprint: CertificateThumbprint? { peerChain?.thumbprint }

    /// The client's address as this server sees it: that of a proxy, where one stands in between.
    ///
    /// Empty for a client in the same process; the path of the socket for a Unix socket.
    public var peerAddress: String { peer?.host ?? "" }

    /// The client's port; nil for a Unix socket and for a client in the same process.
    public var peerPort: Int? { peer?.port }
}
