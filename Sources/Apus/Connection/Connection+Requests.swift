import ApusHTTP
import ApusTransport
import Synchronization

/// From octets to answers, as far as nothing has to be waited for.
extension Connection {
    /// The next thing that the client has sent; nil when it must be waited for.
    ///
    /// - Parameter head: see `RequestDecoder.decode(_:into:)`.
    @inline(__always)
    func nextItem(into head: inout HTTP.RequestHead?) throws(InputError) -> ConnectionInput.Item? {
        if input != nil, let item = try nextKept(into: &head) { return item }
        while true {
            switch channel.receive() {
            case .octets:
                isShakingHands = false
                if let item = try takeReceived(into: &head) { return item }
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
    private func nextKept(into head: inout HTTP.RequestHead?) throws(InputError) -> ConnectionInput.Item? {
        guard let kept = input.take() else { return nil }
        defer { input = kept }
        return try kept.next(into: &head)
    }

    @inline(__always)
    private func takeReceived(into head: inout HTTP.RequestHead?) throws(InputError) -> ConnectionInput.Item? {
        if input != nil, let input { return try next(of: input, into: &head) }
        defer { if let rest = shared.takeRest() { input = rest } }
        return try next(of: commonInput, into: &head)
    }

    @inline(__always)
    private func next(
        of input: ConnectionInput, into head: inout HTTP.RequestHead?
    ) throws(InputError) -> ConnectionInput.Item? {
        var item: ConnectionInput.Item?
        var fault: InputError?
        channel.withReceived { octets in
            do throws(InputError) {
                item = try input.next(with: octets, into: &head)
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
        case call(RouteHandler.Rest)
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
                    var head = shared.takeHead()
                    guard let item = try nextItem(into: &head) else {
                        shared.giveBack(head)
                        break
                    }
                    if case .head = item, let head = head.take(), let step = answer(head) { return step }
                    // As it is behind most requests; to look for an item all the same would find nothing.
                    if input == nil && !channel.mayReceive { break }
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
        exchange &+= 1
        let control = head.control
        let request = request(head, control)
        noteHeld(by: request)
        var rest: RouteHandler.Rest?
        var next = AfterHead.close
        do {
            try request.begin { response in
                next = send(response, to: request, control)
            } waiting: { found in
                rest = found
            }
        } catch {
            next = send(error, to: request)
        }
        if let rest = rest.take() {
            beginHandler(rest)
            return .call(rest)
        }
        giveBack(consume request)
        if case .persist = next { return nil }
        return .goOn(next)
    }

    @inline(__always)
    private func request(_ head: consuming HTTP.RequestHead, _ control: HTTP.RequestHead.Control) -> Request {
        var request = shared.takeRequest() ?? Request()
        shared.withTable { request.seek(head, in: $0, of: responder) }
        request.become(head, from: context.take() ?? makeContext())
        if case .none = control.framing { content = .complete } else { expectContent(of: &request, control) }
        return request
    }

    /// Nothing else happens on the loop until a handler that does not wait has answered: all that somebody may ask meanwhile is what holds
    /// the loop.
    @inline(__always)
    private func noteHeld(by request: Request) {
        if service.roster != nil, let watched { watched.route.withLock { $0 = request.compiledRoute } }
    }

    private func expectContent(of request: inout Request, _ control: HTTP.RequestHead.Control) {
        pace = ContentPace()
        var declaredLength: Int?
        if case .length(let length) = control.framing { declaredLength = length }
        let source: RequestBody.Source
        if declaredLength != nil, let arrived = takeArrived() {
            content = .complete
            source = .arrived(ArrivedContent(arrived))
        } else {
            content = .arriving(isAwaited: control.expectsContinue)
            source = .arriving(self, exchange: exchange)
        }
        request.body = RequestBody(source: source, declaredLength: declaredLength)
            .limited(to: responder.contentLimit(of: request.compiledRoute))
    }

    /// Takes back the memory of a request that is over.
    @inline(__always)
    func giveBack(_ request: consuming Request) {
        var known: ConnectionContext?
        shared.giveBack(request, &known)
        context = known
    }

    @inline(never)
    private func makeContext() -> ConnectionContext {
        ConnectionContext(
            peer: channel.peer, isSecure: channel.isSecure, tlsVersion: channel.tlsVersion,
            peerCertificates: channel.peerCertificates, server: service.running)
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
