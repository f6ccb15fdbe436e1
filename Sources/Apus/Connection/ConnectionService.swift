import ApusHTTP

/// What every connection of a server shares; durations are in nanoseconds, as the loops count them.
final class ConnectionService: Sendable {
    let responder: Responder
    let running: RunningServer
    let logger: Logger
    let limits: Limits
    /// Nil where nobody watches the loops.
    let roster: HandlerRoster?
    let places: WaitingLine
    let addresses: AddressCount
    let decoderLimits: HTTP.DecoderLimits
    let handshakeDeadline: UInt64
    let headDeadline: UInt64
    let idleDeadline: UInt64
    let contentPause: UInt64
    let contentRateGrace: UInt64
    let writeStall: UInt64

    init(
        responder: Responder, limits: Limits, logger: Logger, running: RunningServer, roster: HandlerRoster?
    ) {
        self.roster = roster
        self.responder = responder
        self.running = running
        self.logger = logger
        self.limits = limits
        places = WaitingLine(places: limits.connections, waiting: .max)
        addresses = AddressCount(limit: limits.connectionsPerAddress)
        decoderLimits = limits.decoding
        handshakeDeadline = limits.handshakeDeadline.nanoseconds
        headDeadline = limits.headDeadline.nanoseconds
        idleDeadline = limits.idleDeadline.nanoseconds
        contentPause = limits.contentPause.nanoseconds
        contentRateGrace = limits.contentRateGrace.nanoseconds
        writeStall = limits.writeStall.nanoseconds
    }
}
