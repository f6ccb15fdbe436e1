import ApusHTTP
import ApusTransport
import Synchronization

/// From octets to answers, as far as nothing has to be waited for.
extension Connection {
    /// The next thing that the client has sent; nil when it must be waited for.
    @inline(__always)
    func nextItem() throws(InputError) -> ConnectionInput.Item? {
        if input != nil, let item = try nextKept() { return item }
        while true {
            switch channel.receive() {
            case .octets:
                isShakingHands = false
                if let item = try takeReceived() { return item }
                // The first octets of a head begin its time; those that follow do not prolong it.
                if let input, input.hasJustBegunHead, case .complete = content {
                    channel.setDeadline(in: headDeadline)
                }
            case .drained:
                if isShakingHands, channel.tlsVersion != nil {
                    isShakingHands = false
                    channel.setDeadline(in: headDeadline)
                }
                return nil
            case .endOfStream, .failed:
                throw .ended
            }
        }
    }

    /// The next item of what is left; taken out meanwhile, so that nobody counts a reference to it.
    @inline(__always)
    private func nextKept() throws(InputError) -> ConnectionInput.Item? {
        guard let kept = input.take() else { return nil }
        defer { input = kept }
        return try kept.next()
    }

    @inline(__always)
    private func takeReceived() throws(InputError) -> ConnectionInput.Item? {
        if input != nil, let input { return try next(of: input) }
        defer { if let rest = shared.takeRest() { input = rest } }
        return try next(of: commonInput)
    }

    @inline(__always)
    private func next(of input: ConnectionInput) throws(InputError) -> ConnectionInput.Item? {
        var item: ConnectionInput.Item?
        var fault: InputError?
        channel.withReceived { octets in
            do throws(InputError) {
                item = try input.next(with: octets)
            } catch {
                fault = error
            }
        }
        if let fault { throw fault }
        return item
    }

    /// Something is here that was not yet used.
    var hasOctets: Bool { input != nil && input?.hasOctets ?? false }

    /// No octet of a next message has come.
    var isBetweenMessages: Bool { input?.isBetweenMessages ?? true }

    /// All of the content of the head that was just read, if it has come along: to ask an actor for it costs several times as much.
    @inline(never)
    private func takeArrived() -> [UInt8]? {
        // A head that came whole was read with the input of all, although what follows it may have been moved since.
        if input != nil, let arrived = input?.takeArrived() { return arrived }
        return commonInput.takeArrived()
    }

    private func dropUnusedInput() {
        guard let input, input.isUnused else { return }
        shared.giveBack(input)
        self.input = nil
    }

    /// Goes on or throws, as the reason for which a wait for octets has ended demands.
    func check(_ wake: Channel.Wake) throws(InputError) {
        switch wake {
        case .ready, .interrupted: return
        case .deadline: throw .deadline
        case .closed: throw .ended
        }
    }

    /// What a connection has to do next.
    enum Step {
        /// Indirect, because every connection has room for a step and few ever keep one.
        indirect case call(RouteHandler.Rest)
        /// Do what is left to do behind an answer that was written.
        case goOn(AfterHead)
        /// Wait for octets.
        case wait
        case end
    }

    /// Answers what can be answered without waiting, up to the first thing that must be waited for.
    ///
    /// Never inlined, as are the others that `serve()` calls: their temporaries would become a part of what an idle connection holds.
    @inline(never)
    func nextStep() -> Step {
        isWaitingForHead = false
        do throws(InputError) {
            repeat {
                try check(channel.takeWake())
                while true {
                    if requestsInTurn >= service.limits.pipelinedRequests, hasOctets {
                        requestsInTurn = 0
                        channel.endTurn()
                        return .wait
                    }
                    guard let item = try nextItem() else { break }
                    if case .head(let head) = consume item, let step = answer(head) { return step }
                }
            } while channel.pendingWake != nil
        } catch {
            refuse(error)
            return .end
        }
        if isFinishing && isBetweenMessages { return .end }
        if input != nil { dropUnusedInput() }
        isWaitingForHead = true
        requestsInTurn = 0
        return .wait
    }

    /// Has a request answered that has just begun.
    ///
    /// - Returns: what there is to wait for; nil when it was answered and the next may follow.
    @inline(__always)
    private func answer(_ head: consuming HTTP.RequestHead) -> Step? {
        requestsInTurn &+= 1
        let control = head.control
        let request: Request
        let handler: RouteHandler
        // A request for each case: a match that both would pass on is copied.
        switch shared.withTable({ responder.plan(for: head, by: $0) }) {
        case .route(let match):
            handler = match.route.handler
            let body = body(behind: control, limit: responder.contentLimit(of: match.route))
            request = shared.makeRequest(head: head, body: body, connection: currentContext, match: match)
        case .fallback(let fallback):
            handler = fallback
            let body = body(behind: control, limit: responder.contentLimit(of: nil))
            request = shared.makeRequest(head: head, body: body, connection: currentContext, match: nil)
        }
        let next: AfterHead
        do {
            switch consume handler {
            case .synchronous(let handler):
                noteHeld(by: request)
                next = send(try handler(request), to: request, control)
            case .asynchronous(let handler):
                beginHandler(of: request)
                return .call(RouteHandler.Rest(request: request, handler: handler))
            case .immediate(let handler):
                noteHeld(by: request)
                switch try handler(request) {
                case .answered(let response):
                    next = send(response, to: request, control)
                case .waiting(let rest):
                    beginHandler(of: request)
                    return .call(rest)
                }
            }
        } catch {
            next = send(error, to: request)
        }
        shared.giveBack(request)
        if case .persist = next { return nil }
        return .goOn(next)
    }

    /// Nothing else happens on the loop until a handler that does not wait has answered: all that somebody may ask meanwhile is what holds
    /// the loop.
    @inline(__always)
    private func noteHeld(by request: Request) {
        if service.roster != nil, let watched { watched.route.withLock { $0 = request.match?.route } }
    }

    @inline(__always)
    private func body(behind control: HTTP.RequestHead.Control, limit: Int) -> RequestBody {
        exchange &+= 1
        pace = ContentPace()
        switch control.framing {
        case .none:
            content = .complete
            return .empty
        case .length(let length):
            if let arrived = takeArrived() {
                content = .complete
                return RequestBody(source: .arrived(ArrivedContent(arrived)), declaredLength: length).limited(to: limit)
            }
            content = .arriving(isAwaited: control.expectsContinue)
            return RequestBody(source: .arriving(self, exchange: exchange), declaredLength: length)
                .limited(to: limit)
        case .chunked:
            content = .arriving(isAwaited: control.expectsContinue)
            return RequestBody(source: .arriving(self, exchange: exchange), declaredLength: nil)
                .limited(to: limit)
        }
    }

    private var currentContext: ConnectionContext {
        if let context { return context }
        let made = ConnectionContext(
            peer: channel.peer, isSecure: channel.isSecure, tlsVersion: channel.tlsVersion,
            peerCertificates: channel.peerCertificates, server: service.running)
        context = made
        return made
    }

    /// Answers what cannot be read as a request; a client that has gone, or is merely idle, gets no answer.
    private func refuse(_ error: InputError) {
        let answer: any Error
        switch error {
        case .malformed(let fault): answer = fault
        case .deadline where !isBetweenMessages:
            answer = Problem(.requestTimeout, "The head of the request did not arrive in time.")
        case .deadline, .ended:
            if let failure = channel.tlsFailure {
                service.logger.log(
                    .debug, "Connection lost", ["peer": .string("\(channel.peer)"), "cause": .string("\(failure)")])
            }
            return
        }
        content = .broken
        let response = responder.response(to: nil, describing: answer)
        write(response, framing: .length(response.body.count ?? 0), version: .http11, closes: true, withContent: true)
    }
}
