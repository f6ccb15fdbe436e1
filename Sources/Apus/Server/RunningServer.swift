package import ApusTransport

/// A server that listens.
public struct RunningServer: Sendable {
    /// Where it listens, in the order of the configuration.
    public let endpoints: [BoundEndpoint]

    /// The actor that owns the routes: add and remove them while the server runs.
    public let router: Router
}

/// An endpoint with the address that it has got.
public struct BoundEndpoint: Sendable {
    package let address: SocketAddress

    /// TLS is spoken here.
    public let isSecure: Bool

    /// The self-signed certificate in PEM, for a client that wants to trust it; nil for certificates from files.
    public let selfSignedCertificate: String?

    /// The TCP port; nil for a Unix socket.
    public var port: Int? { address.port }

    /// Such as `http://127.0.0.1:5000`; for a Unix socket `unix:` and its path.
    public var url: String {
        if case .unix = address { return address.description }
        return (isSecure ? "https://" : "http://") + address.description
    }
}
