public import ApusHTTP

/// What a peer may ask of the server at most.
///
/// Every limit has a name and a safe default.
public struct Limits: Sendable {
    /// Limits of a request's head, chunk extensions and trailers.
    public var decoding = HTTP.DecoderLimits()

    /// Octets of content that a handler takes at once, unless its route says otherwise: 1 MiB; then 413.
    public var content = Self.usualContent

    /// Apart, for content that no server has given a limit to.
    static let usualContent = 1_048_576

    /// Connections at a time; those beyond wait until one ends: 65,536.
    public var connections = 65_536

    /// Connections of one client at a time; those beyond are reset: 16,384, so that no one takes all there are.
    ///
    /// A client is an IPv4 address, or an IPv6 network of 64 bits; over Unix sockets it is nobody in particular, and is not counted.
    /// Lower it where clients connect directly; behind a reverse proxy all connections are the proxy's.
    public var connectionsPerAddress = 16_384

    /// Requests that a connection may bring; the answer to the last says that it closes: 1,000,000.
    public var requestsPerConnection = 1_000_000

    /// Requests of one connection that are answered before the others of its loop have their turn: 64.
    ///
    /// However many a client sends at once (RFC 9112 §9.3.2), none is lost.
    public var pipelinedRequests = 64

    /// How long a TLS handshake may take from the start of the connection; then it is closed.
    public var handshakeDeadline = Duration.seconds(10)

    /// How long a head may take from its first octet on, or from the start of the connection; then 408.
    public var headDeadline = Duration.seconds(30)

    /// How long a connection may wait for its next request; then it is closed without an answer.
    public var idleDeadline = Duration.seconds(75)

    /// How long a client may pause within the content of a request; then 408.
    public var contentPause = Duration.seconds(30)

    /// Octets of content that a client must send in each second that it is waited for, on average: 240; then 408.
    ///
    /// Time that the handler takes for itself does not count. Zero demands nothing.
    public var minimumContentRate = 240

    /// How long a client is waited for in all before `minimumContentRate` holds.
    public var contentRateGrace = Duration.seconds(5)

    /// How long a handler may take to answer, unless its route says otherwise; then it is cancelled, and the answer is 503.
    ///
    /// Time in which it waits for the client's content does not count, nor does the making of content that is streamed. The client has
    /// its 503 at once, whether or not the handler heeds its cancellation; but until that ends it takes its place among `connections`.
    /// Nil waits for ever. Without a socket, as in-process tests are, nothing is cancelled.
    public var handlerDeadline: Duration? = .seconds(60)

    /// How long a client may take no octet of a response; then the connection is reset.
    public var writeStall = Duration.seconds(30)

    /// Octets of a response that wait for a slow client before its handler is suspended: 64 KiB.
    public var unsentOctets = 65_536

    /// Octets of unread request content that are read and dropped to keep a connection: 64 KiB.
    ///
    /// With more it is closed.
    public var discardedOctets = 65_536

    /// How long the server goes on to listen after its readiness has turned, so that load balancers can notice: not at all.
    public var shutdownDelay = Duration.zero

    /// How long requests under way may go on when the server shuts down.
    public var shutdownGrace = Duration.seconds(30)

    /// The defaults.
    public init() {}
}
