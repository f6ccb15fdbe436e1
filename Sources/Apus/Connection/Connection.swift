import ApusCrypto
import ApusHTTP
import ApusTransport
import Synchronization

/// One client's connection: reads its requests, has them answered, and writes the responses, one after the other.
///
/// Pinned to one event loop, which runs the handlers too. The protocol is the decoder's and the encoder's; the actor performs what they say.
actor Connection {
    // Every connection holds these all its life: what only some need, or need for a while, is elsewhere, and flags stand together.

    nonisolated let loop: EventLoop
    let channel: Channel
    let service: ConnectionService
    let shared: LoopShare
    /// That of `service`; here too, because to reach it from there is to count a reference to it.
    let responder: Responder
    /// That of `shared`, for the same reason.
    let commonInput: ConnectionInput
    /// What is left of what was received; nil while that is nothing, as it is between most requests.
    ///
    /// A comparison with nil counts no reference, which `if let` does even to nothing: hence both, where every request comes by.
    var input: ConnectionInput?
    /// What is known of the connection; nil before its first request, and while a request has it.
    var context: ConnectionContext?
    /// What was begun without the task, and needs it to go on.
    private var stepForTask: Step?
    /// Where a watchdog sees what the task is at; nil without one.
    private(set) var watched: HandlerRoster.Entry?
    /// Content that has yet to be made, and how it goes out; nil while there is none.
    var streaming: Streaming?
    /// Looks whether a client that has ended its sending is still there.
    var probe: LoopTimer?
    /// The number of the request that is being answered; a body or writer of an earlier one is over.
    var exchange = 0
    /// How fast the content of the request that is being answered comes.
    var pace = ContentPace()
    /// When the handler that is at work must have answered, by the loop's clock; `.max` while none is, or there is no end to it.
    var handlerEnd = UInt64.max
    /// What that handler is to do: so no octet of its response has been sent.
    var handling: RouteHandler.Rest?
    /// What there is to know about the content of the request that is being answered.
    var content = ContentState.complete
    var isReadingContent = false
    /// The client was told that its handler took too long: what the handler may still return is for nobody.
    var isAbandoned = false
    /// No further request is read after the one that is being answered.
    var isFinishing = false
    var isShakingHands: Bool
    var isWaitingForHead = false
    /// The task waits for octets, and may be left alone as long as what comes can be answered without it.
    private var isTaskWaiting = false
    /// Requests since the other connections of the loop have had their turn.
    var requestsInTurn: UInt32 = 0
    /// Among those of its worker, which keeps this.
    var place: UInt32 = 0
    /// The task that runs `run()`, and not beyond: so it is there.
    ///
    /// The last of all: its size is known at run time only, and where anything stands behind it is looked up then.
    private var task: UnsafeCurrentTask?

    nonisolated var peer: SocketAddress { channel.peer }
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

    init(_ arrival: Arrival, on loop: EventLoop, service: ConnectionService, shared: LoopShare) {
        self.loop = loop
        self.service = service
        self.shared = shared
        responder = service.responder
        commonInput = shared.input
        channel = Channel(
            adopting: arrival.socket.descriptor, peer: arrival.socket.peer, loop: loop,
            tls: arrival.tls.map { TLSSession($0) })
        isShakingHands = arrival.tls != nil
    }

    // MARK: Life

    /// Serves the connection to its end.
    ///
    /// What lives in its frame, and in that of `serve()`, lives as long as the connection: so both leave all that they can to functions
    /// that do not suspend. Together with a simple handler they fit into the first piece of memory that the runtime gives a task
    /// for its frames, of 984 octets; a second one would stay with the connection for good.
    func run() async {
        guard begin() else { return }
        await serve()
        await end()
        leave()
    }

    /// - Returns: false when the connection is over before it has begun.
    @inline(never)
    private func begin() -> Bool {
        do throws(SystemError) {
            try channel.activate()
        } catch {
            service.logger.log(.debug, "Connection lost", ["cause": .string(error.description)])
            channel.close()
            return false
        }
        withUnsafeCurrentTask { unsafe task = $0 }
        channel.work(for: self)
        if let roster = service.roster, let task = TaskIdentity.current { watched = roster.enter(task) }
        channel.setDeadline(in: isShakingHands ? service.handshakeDeadline : headDeadline)
        return true
    }

    @inline(never)
    private func leave() {
        unsafe task = nil
        if let roster = service.roster, let task = TaskIdentity.current { roster.leave(task) }
        channel.close()
        if let probe { loop.cancel(probe) }
    }

    /// One request after the other.
    ///
    /// Each `await` of an actor costs a look at the task's executors, so there is one of them on the usual way, for the next octets, and
    /// a second for a handler that waits for something. An idle connection waits here.
    @inline(never)
    private func serve() async {
        while true {
            let next: AfterHead
            switch takeStep() {
            case .wait:
                // `@Sendable`, so that nobody checks on which executor it is called.
                await withUnsafeContinuation { @Sendable [channel] in channel.park($0) }
                continue
            case .call(let rest):
                let request = rest.request
                do {
                    next = send(try rest.complete(try await rest.handler(request)), to: request)
                } catch {
                    next = send(error, to: request)
                }
                _ = consume rest
                giveBack(consume request)
            case .goOn(let answered):
                next = answered
            case .end:
                return
            }
            if case .persist = next { continue }
            guard await finish(next) else { return }
        }
    }

    @inline(never)
    private func takeStep() -> Step {
        isTaskWaiting = false
        let step = stepForTask.take() ?? nextStep()
        if case .wait = step { isTaskWaiting = true }
        return step
    }

    /// Answers what has come, without the cost of waking the task, as far as nothing has to be waited for.
    ///
    /// - Returns: false when the task has to go on.
    private func serveWithoutTask() -> Bool {
        assert(loop.isCurrent)
        guard isTaskWaiting else { return false }
        if watched != nil, let task { unsafe loop.activity.begin(TaskIdentity.of(task)) }
        let step = nextStep()
        if case .wait = step { return true }
        stepForTask = step
        return false
    }

    /// The same for the channel, which calls it on the loop, whose thread is the connection's executor.
    ///
    /// `assumeIsolated` makes the same cast after it has looked for the executor; with the memory for its closures that costs each
    /// request a tenth of what it costs in all.
    fileprivate static let serveWithoutTask = unsafe unsafeBitCast(
        { $0.serveWithoutTask() } as @Sendable (isolated Connection) -> Bool,
        to: (@Sendable (Connection) -> Bool).self)

    /// Begins the time of the next request.
    @inline(__always)
    func expectRequest() {
        // Octets of the next head may have come along with this request: then its time runs already.
        channel.setDeadline(in: hasOctets ? headDeadline : service.idleDeadline)
    }

    /// Ends the connection as soon as it is idle.
    ///
    /// One that has just been made is not: its first request may be on its way, and few clients ask again when that is lost.
    func finish() {
        isFinishing = true
        guard isWaitingForHead else { return }
        if isBetweenMessages && exchange > 0 {
            channel.interrupt()
        } else {
            channel.setDeadline(in: headDeadline)
        }
    }

    /// How long a head may take.
    ///
    /// At the end, whoever was about to ask may still do so, but not for long.
    var headDeadline: UInt64 { isFinishing ? min(Self.lastChance, service.headDeadline) : service.headDeadline }

    private static let lastChance: UInt64 = 1_000_000_000

    /// Tells the handler that nobody can read its answer any more.
    fileprivate func cancelTask() {
        unsafe task?.cancel()
    }

    /// Ends the connection now.
    func cutOff() {
        channel.reset()
    }

    /// Lets the peer take what it has been sent, then closes.
    @inline(never)
    private func end() async {
        switch await channel.waitUntilUnsent(below: 1, stall: service.writeStall) {
        case .ready: break
        case .deadline: return cutOff()
        case .closed, .interrupted: return
        }
        channel.finishSending()
        await linger()
    }

    /// RFC 9112 §9.6: closing with octets unread would reset the connection, and could take the answer from the peer before it has read it.
    ///
    /// Its next request may be on its way at any time; so the peer is waited for until it has ended too, however much it still sends,
    /// but not for long.
    private func linger() async {
        channel.setDeadline(in: Self.lingering)
        while true {
            switch channel.receive() {
            case .octets: break
            case .drained: guard case .ready = await channel.waitUntilReadable() else { return }
            case .endOfStream, .failed: return
            }
        }
    }

    static let lingering: UInt64 = 1_000_000_000
}

extension Connection: ChannelOwner {
    nonisolated func channelHungUp() { assumeIsolated { $0.cancelTask() } }

    nonisolated func channelPeerEnded() { assumeIsolated { $0.scheduleProbe() } }

    nonisolated func channelHasOctets() -> Bool { Self.serveWithoutTask(self) }

    nonisolated func channelIsOverdue() { assumeIsolated { $0.deadlineCame() } }
}
