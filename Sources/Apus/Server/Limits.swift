public import ApusHTTP

/// What a peer may ask of the server at most.
///
/// Every limit has a name and a safe default.
public struct Limits: Sendable {
    /// Limits of a request's head, chunk extensions and trailers.
    public var decoding = HTTP.DecoderLimits()

    /// Octets of content that a handler takes at once, unless its route says otherwise: 1 MiB; then 413.
    public var content = 1_048_576

    /// Connections at a time; those beyond wait until one ends: 65,536.
    public var connections = 65_536

    /// How long a head may take from its first octet on, or from the start of the connection; then 408.
    public var headDeadline = Duration.seconds(30)

    /// How long a connection may wait for its next request; then it is closed without an answer.
    public var idleDeadline = Duration.seconds(75)

    /// How long a client may pause within the content of a request; then 408.
    public var contentPause = Duration.seconds(30)

    /// How long a client may take no octet of a response; then the connection is reset.
    public var writeStall = Duration.seconds(30)

    /// Octets of a response that wait for a slow client before its handler is suspended: 64 KiB.
    public var unsentOctets = 65_536

    /// Octets of unread request content that are read and dropped to keep a connection: 64 KiB.
    ///
    /// With more it is closed.
    public var discardedOctets = 65_536

    /// How long requests under way may go on when the server shuts down.
    public var shutdownGrace = Duration.seconds(30)

    /// The defaults.
    public init() {}
}

extension Duration {
    /// Whole nanoseconds; zero for negative durations, and about 292 years at most.
    var nanoseconds: UInt64 {
        let (seconds, attoseconds) = components
        guard seconds >= 0, attoseconds >= 0 else { return 0 }
        let (product, overflow) = UInt64(seconds).multipliedReportingOverflow(by: 1_000_000_000)
        return overflow
            ? UInt64(Int64.max) : min(product, UInt64(Int64.max) - 1_000_000_000) + UInt64(attoseconds / 1_000_000_000)
    }
}
