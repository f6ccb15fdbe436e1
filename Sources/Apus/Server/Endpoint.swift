public import ApusCrypto
import ApusTransport

/// Where a server listens.
public struct Endpoint: Sendable {
    enum Place: Sendable {
        case network(host: String, port: Int)
        case unix(path: String)
        case inherited(InheritedSockets.Choice)
    }

    let place: Place
    private(set) var sharesPort = false
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

    /// A socket that listens already, from a service manager that passes sockets on, such as systemd (`LISTEN_FDS`).
    ///
    /// The manager keeps it open across restarts, so that no connection is refused in between.
    /// - Parameters:
    ///   - name: what `LISTEN_FDNAMES` calls it: `FileDescriptorName=` of a systemd socket unit.
    ///   - tls: the certificates to serve; nil serves clear text.
    ///   - clientCertificates: whether clients are asked for theirs; nil does not ask.
    public init(inherited name: String, tls: TLS? = nil, clientCertificates: ClientCertificates? = nil) {
        self.init(inheriting: .name(name), tls, clientCertificates)
    }

    /// As `init(inherited:tls:clientCertificates:)`, by the socket's place among those that are passed, from 0.
    public init(inherited index: Int, tls: TLS? = nil, clientCertificates: ClientCertificates? = nil) {
        self.init(inheriting: .index(index), tls, clientCertificates)
    }

    private init(inheriting choice: InheritedSockets.Choice, _ tls: TLS?, _ clientCertificates: ClientCertificates?) {
        place = .inherited(choice)
        self.tls = tls
        self.clientCertificates = clientCertificates
    }

    /// Lets other processes of the same user listen on the port too, if they say so as well (SO_REUSEPORT).
    ///
    /// So a new version can start, and be ready, before the old one is asked to end. That leaves new connections to the other, goes on for
    /// half a second for handshakes that have begun, serves what is queued, and stops listening. A client whose handshake takes longer is
    /// reset, as is any in the instant of closing when more than two processes share the port: where none may be, inherit a socket. The port cannot be 0 for both, and a Unix socket cannot be shared.
    public func sharingPort() -> Endpoint {
        var endpoint = self
        endpoint.sharesPort = true
        return endpoint
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
