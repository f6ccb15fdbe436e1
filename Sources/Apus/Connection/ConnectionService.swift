/// What every connection of a server shares.
struct ConnectionService: Sendable {
    let responder: Responder
    let limits: Limits
    let logger: Logger
}
