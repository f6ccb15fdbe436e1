import ApusCrypto
import ApusHTTP
import ApusTransport

/// One client's connection: reads its requests, has them answered, and writes the responses, one after the other.
///
/// Pinned to one event loop, which runs the handlers too. The protocol is the decoder's and the encoder's; the actor performs what they say.
actor Connection {
    nonisolated let loop: EventLoop
    let channel: Channel
    let service: ConnectionService
    private let date: DateField
    private var table: Published<RouteTable>.Reader

    var input: ConnectionInput
    /// The number of the request that is being answered; a body or writer of an earlier one is over.
    var exchange = 0
    /// What there is to know about the content of the request that is being answered.
    var content = ContentState.complete
    var isStreaming = false
    var streamsChunks = false
    var isReadingContent = false
    /// No further request is read after the one that is being answered.
    private var isFinishing = false
    private var isWaitingForHead = false
    private var context: ConnectionContext?

    nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }

    /// Where the content of the request that is being answered stands.
    enum ContentState {
        /// All of it was read, or there is none.
        case complete
        /// More is to come. The client waits for 100 (Continue) if `isAwaited`.
        case arriving(isAwaited: Bool)
        /// It ended in an error, so that the next request cannot be found.
        case broken
    }

    init(_ arrival: Arrival, on loop: EventLoop, service: ConnectionService, date: DateField) {
        self.loop = loop
        self.service = service
        self.date = date
        channel = Channel(
            adopting: arrival.socket.descriptor, peer: arrival.socket.peer, loop: loop,
            tls: arrival.tls.map { TLSSession($0) })
        table = service.responder.router.published.reader()
        input = ConnectionInput(limits: service.limits.decoding)
    }

    // MARK: Life

    /// Serves the connection to its end.
    func run() async {
        do throws(SystemError) {
            try channel.activate()
        } catch {
            service.logger.log(.debug, "Connection lost", ["cause": .string(error.description)])
            channel.close()
            return
        }
        withUnsafeCurrentTask { task in
            // When nobody can read the answer any more, the handler is told. The task may be kept here because it is the one that
            // runs this function, which removes the handler by closing the channel before it ends.
            channel.hangUpHandler = { unsafe task?.cancel() }
        }
        await serve()
        channel.close()
    }

    private func serve() async {
        channel.setDeadline(in: service.limits.headDeadline.nanoseconds)
        while let head = await nextHead() {
            guard await answer(head) else { break }
            channel.setDeadline(in: service.limits.idleDeadline.nanoseconds)
        }
        await end()
    }

    /// Ends the connection as soon as it is idle.
    func finish() {
        isFinishing = true
        if isWaitingForHead && input.isBetweenMessages { channel.interrupt() }
    }

    /// Ends the connection now.
    func cutOff() {
        let handler = channel.hangUpHandler
        channel.reset()
        handler?()
    }

    /// Lets the peer take what it has been sent, then closes.
    private func end() async {
        channel.setDeadline(in: service.limits.writeStall.nanoseconds)
        guard case .ready = await channel.waitUntilUnsent(below: 1) else { return }
        channel.finishSending()
        if case .complete = content, input.isBetweenMessages { return }
        await linger()
    }

    /// RFC 9112 §9.6: closing with octets unread would reset the connection, and could take the answer from the peer before it has read it.
    private func linger() async {
        channel.setDeadline(in: Self.lingering)
        var dropped = 0
        while dropped < service.limits.discardedOctets {
            switch channel.receive() {
            case .octets: dropped += channel.withReceived { $0.count }
            case .drained: guard case .ready = await channel.waitUntilReadable() else { return }
            case .endOfStream, .failed: return
            }
        }
    }

    private static let lingering: UInt64 = 1_000_000_000

    // MARK: Requests

    /// The next request's head; nil when the connection is to end.
    private func nextHead() async -> HTTP.RequestHead? {
        if isFinishing && !input.hasOctets { return nil }
        do throws(InputError) {
            isWaitingForHead = true
            defer { isWaitingForHead = false }
            while true {
                if case .head(let head) = try await nextItem() { return head }
            }
        } catch {
            switch error {
            case .malformed(let fault):
                content = .broken
                await refuse(fault)
            case .deadline where !input.isBetweenMessages:
                content = .broken
                await refuse(Problem(.requestTimeout, "The head of the request did not arrive in time."))
            case .deadline, .ended:
                break
            }
            return nil
        }
    }

    /// The next thing that the client has sent, waiting for it if need be.
    ///
    /// Used for heads and for content alike; which deadline holds is up to the caller.
    func nextItem() async throws(InputError) -> ConnectionInput.Item {
        if let item = try input.next() { return item }
        while true {
            switch channel.receive() {
            case .octets:
                let wasIdle = input.isBetweenMessages && isWaitingForHead
                let item = try channel.withReceived { octets throws(InputError) in try input.next(with: octets) }
                if let item { return item }
                if wasIdle { channel.setDeadline(in: service.limits.headDeadline.nanoseconds) }
            case .drained:
                switch await channel.waitUntilReadable() {
                case .ready: continue
                case .deadline: throw .deadline
                case .closed: throw .ended
                case .interrupted: if isFinishing && isWaitingForHead && input.isBetweenMessages { throw .ended }
                }
            case .endOfStream, .failed:
                throw .ended
            }
        }
    }

    /// - Returns: false when no further request can be read.
    private func answer(_ head: HTTP.RequestHead) async -> Bool {
        exchange &+= 1
        let body: RequestBody
        switch head.framing {
        case .none:
            content = .complete
            body = .empty
        case .length(let length):
            content = .arriving(isAwaited: head.expectsContinue)
            body = RequestBody(source: .arriving(self, exchange: exchange), declaredLength: length)
        case .chunked:
            content = .arriving(isAwaited: head.expectsContinue)
            body = RequestBody(source: .arriving(self, exchange: exchange), declaredLength: nil)
        }
        let request = Request(head: head, body: body, connection: currentContext)
        let table = service.responder.router.published.refresh(&table)
        let response = await service.responder.respond(to: request, by: table)
        // A compiler bug may bring a throwing nonsending function back to the wrong executor (swiftlang/swift #88259).
        assert(loop.isCurrent, "a handler returned on a thread that is not its connection's")
        return await send(response, to: head)
    }

    private var currentContext: ConnectionContext {
        if let context { return context }
        let made = ConnectionContext(
            peer: channel.peer, isSecure: channel.isSecure, tlsVersion: channel.tlsVersion)
        context = made
        return made
    }

    // MARK: Responses

    private func refuse(_ error: any Error) async {
        let response = service.responder.response(to: nil, describing: error)
        write(response, framing: .length(response.body.count ?? 0), version: .http11, closes: true, withContent: true)
    }

    /// - Returns: true when another request may follow.
    private func send(_ response: Response, to head: HTTP.RequestHead) async -> Bool {
        let mayPersist = head.keepsAlive && !isFinishing && isContentDiscardable(head)
        let isHead = head.method == .head
        if case .stream(let produce) = response.body.form, !response.status.forbidsContent {
            let framing: ResponseEncoder.Framing = head.version == .http11 ? .chunked : .untilClose
            let persists = mayPersist && head.version == .http11
            write(response, framing: framing, version: head.version, closes: !persists, withContent: false)
            if !isHead {
                guard await stream(produce, chunked: head.version == .http11) else { return false }
            }
            return await settle(persists)
        }
        let framing: ResponseEncoder.Framing =
            response.status.forbidsContent ? .none : .length(response.body.count ?? 0)
        write(
            response, framing: framing, version: head.version, closes: !mayPersist,
            withContent: !isHead && !response.status.forbidsContent)
        return await settle(mayPersist)
    }

    private func write(
        _ response: Response, framing: ResponseEncoder.Framing, version: HTTP.Version, closes: Bool, withContent: Bool
    ) {
        let date = date.current
        channel.write { out in
            ResponseEncoder.encodeHead(
                status: response.status, contentType: response.contentType?.value, fields: response.headers,
                framing: framing, version: version, closes: closes, date: date, into: &out)
            guard withContent else { return }
            switch response.body.form {
            case .empty, .stream: break
            case .octets(let octets): out.append(contentsOf: octets)
            case .text(let text): out.append(contentsOf: text.utf8)
            }
        }
    }

    private func stream(_ produce: ResponseBody.Producer, chunked: Bool) async -> Bool {
        streamsChunks = chunked
        isStreaming = true
        defer { isStreaming = false }
        do {
            try await produce(ResponseWriter(self))
            assert(loop.isCurrent, "a producer returned on a thread that is not its connection's")
        } catch {
            if !(error is CancellationError) {
                _ = service.responder.response(to: nil, describing: error)
            }
            cutOff()
            return false
        }
        if chunked { channel.write { ResponseEncoder.encodeLastChunk(trailers: nil, into: &$0) } }
        return true
    }

    /// Reads what the handler has left of the request's content, and holds a client back that does not take its responses.
    private func settle(_ persists: Bool) async -> Bool {
        guard persists else { return false }
        if case .arriving = content, await !discardContent() { return false }
        if channel.unsentCount >= service.limits.unsentOctets {
            channel.setDeadline(in: service.limits.writeStall.nanoseconds)
            guard case .ready = await channel.waitUntilUnsent(below: service.limits.unsentOctets) else {
                cutOff()
                return false
            }
        }
        return !isFinishing || input.hasOctets
    }
}
