import ApusHTTP
import ApusTransport
import Synchronization

extension Connection {
    /// Begins the time of a handler: a few stores, unless the loop's next deadline changes.
    func beginHandler(_ rest: RouteHandler.Rest) {
        handling = rest
        let deadline = responder.handlerDeadline(of: rest.request)
        if service.roster != nil, let watched { watched.route.withLock { $0 = rest.request.compiledRoute } }
        if channel.hasPeerEnded { scheduleProbe() }
        guard deadline.nanoseconds != .max else { return }
        handlerEnd = loop.now &+ deadline.nanoseconds
        channel.setDeadline(at: handlerEnd)
    }

    /// The handler has answered or given up.
    func endHandler() {
        if handling != nil { handling = nil }
        handlerEnd = .max
    }

    /// Waits for the client are not the handler's time.
    func prolongHandler(by nanoseconds: UInt64) {
        guard handlerEnd != .max else { return }
        handlerEnd &+= nanoseconds
        channel.setDeadline(at: handlerEnd)
    }

    /// The channel's deadline has come while nobody waits for it: perhaps that of the handler.
    func deadlineCame() {
        if isAbandoned { return channel.close() }
        // Whoever waits next for the client sets a deadline of its own.
        guard handlerEnd != .max else { return }
        guard handlerEnd <= loop.now else { return channel.setDeadline(at: handlerEnd) }
        abandonHandler()
    }

    /// Answers in the place of a handler that has not done so in time, and cancels it.
    ///
    /// The connection closes as soon as the handler has ended, and without it when the client has had the time to read the answer.
    private func abandonHandler() {
        guard let request = handling?.request else { return }
        endHandler()
        isAbandoned = true
        content = .broken
        let problem = Problem(
            .serviceUnavailable, "The request could not be answered in time.", cause: HandlerDeadlineError.passed)
        let response = responder.response(to: request, describing: problem)
        write(
            response, framing: .length(response.body.count ?? 0), version: request.head.version, closes: true,
            withContent: request.method != .head)
        channel.finishSending()
        channel.setDeadline(in: Self.lingering)
        channel.tellHungUp()
    }
}

/// In the log, beside the route.
private enum HandlerDeadlineError: Error, CustomStringConvertible {
    case passed

    var description: String {
        "The handler did not answer before its deadline (Limits.handlerDeadline, or .deadline(_:) of the route) and was cancelled."
    }
}
