public import ApusCrypto
import ApusTransport

/// Where a server listens.
public struct Endpoint: Sendable {
    enum Place: Sendable {
        case network(host: String, port: Int)
        case unix(path: String)
    }

    let place: Place
    let tls: TLS?
    /// Nil where clients are not asked for certificates.
    package let clientCertificates: ClientCertificates?

    /// TLS will be spoken there.
    package var isSecure: Bool { tls != nil }

    /// A TCP port.
    ///
    /// - Parameters:
    ///   - host: a numeric IPv4 or IPv6 address, or `localhost` for 127.0.0.1; `0.0.0.0` and `::` stand for all addresses of the machine.
    ///   - port: 0 lets the system choose; `RunningServer.endpoints` tells.
    ///   - tls: the certificates to serve; nil serves clear text.
    public init(_ host: String = "127.0.0.1", port: Int, tls: TLS? = nil) {
        place = .network(host: host, port: port)
        self.tls = tls
        clientCertificates = nil
    }

    /// A TCP port under TLS that asks clients for certificates; otherwise as `init(_:port:tls:)`.
    ///
    /// Who the client is, and whether it may come in, is for `ClientCertificateAuthentication` or another scheme to say.
    public init(_ host: String = "127.0.0.1", port: Int, tls: TLS, clientCertificates: ClientCertificates) {
        place = .network(host: host, port: port)
        self.tls = tls
        self.clientCertificates = clientCertificates
    }

    /// A Unix socket.
    ///
    /// The file is made at start and removed at the end.
    ///
    /// - Parameter path: at most 107 octets.
    public init(unixSocket path: String, tls: TLS? = nil) {
        place = .unix(path: path)
        self.tls = tls
        clientCertificates = nil
    }

    /// A Unix socket under TLS that asks clients for certificates; otherwise as `init(unixSocket:tls:)`.
    public init(unixSocket path: String, tls: TLS, clientCertificates: ClientCertificates) {
        place = .unix(path: path)
        self.tls = tls
        self.clientCertificates = clientCertificates
    }
}

/// Collects the endpoints of a server.
@resultBuilder
public enum EndpointBuilder {
    /// One line of the block.
    public static func buildExpression(_ endpoint: Endpoint) -> [Endpoint] { [endpoint] }
    /// The lines of the block together.
    public static func buildBlock(_ parts: [Endpoint]...) -> [Endpoint] { parts.flatMap(\.self) }
    /// An `if` without `else`.
    public static func buildOptional(_ part: [Endpoint]?) -> [Endpoint] { part ?? [] }
    /// The first branch of an `if` or `switch`.
    public static func buildEither(first part: [Endpoint]) -> [Endpoint] { part }
    /// The other branch of an `if` or `switch`.
    public static func buildEither(second part: [Endpoint]) -> [Endpoint] { part }
    /// The rounds of a `for`.
    public static func buildArray(_ parts: [[Endpoint]]) -> [Endpoint] { parts.flatMap(\.self) }
}
