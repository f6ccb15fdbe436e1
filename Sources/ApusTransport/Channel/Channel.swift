package import ApusCrypto

/// One connected socket on one event loop, in clear text or under TLS, as its connection actor sees it.
///
/// Reading never suspends: `receive()` takes what is there into the loop's scratch memory, and `waitUntilReadable()` waits for more.
/// Writing never suspends either: `write(_:)` appends to an output buffer, which leaves soon, in one system call;
/// `waitUntilUnsent(below:)` is the backpressure.
///
/// `@unchecked Sendable`: made anywhere, but from `activate()` on every member is touched on the loop's thread only,
/// which debug builds assert.
package final class Channel: PollTarget, @unchecked Sendable {
    // The order is that of the sizes, as far as it reads well: every connection holds one of these all its life.

    package let loop: EventLoop
    package let peer: SocketAddress

    // What is known about the socket.
    var isActive = false
    private(set) var isClosed = false
    /// The peer has ended its sending direction, so that a short read does not mean that nothing more is to be seen.
    private(set) var isEnding = false
    /// The socket has said once that it takes octets: a connection attempt is over.
    var isWritable = false
    var hasExpired = false
    /// The loop has the channel among those that it flushes soon.
    var isFlushDue = false
    private var hasToldHangUp = false
    /// False after a short read: edge-triggered polling reports whatever comes after it.
    var mayHaveMore = true
    /// The turn was ended although more may be there: the loop begins another after it has looked at the other sockets.
    var hasYielded = false
    var isInterrupted = false
    /// Reads in this turn; the wait for octets ends a turn.
    var readsInTurn: UInt8 = 0

    let descriptor: Int32
    let tls: TLSLayer?
    private var owner: (any ChannelOwner)?
    /// Why nothing more can be sent or received, once that is so.
    private(set) var failure: ChannelFailure?
    /// The same as a comparison with nil, which copies the failure.
    var hasFailed: Bool { if case .some = failure { true } else { false } }
    var deadline = UInt64.max
    var reader: UnsafeContinuation<Void, Never>?

    // Writing.
    /// What waits for the socket, from `sentCount` on.
    var wire: [UInt8] = []
    var sentCount = 0
    var writer: UnsafeContinuation<Void, Never>?

    var kernel: Kernel { loop.kernel }

    /// - Parameters:
    ///   - descriptor: a connected (or connecting) non-blocking socket, which the channel owns from now on.
    ///   - tls: a fresh session, or nil for clear text.
    package init(adopting descriptor: Int32, peer: SocketAddress, loop: EventLoop, tls: TLSSession?) {
        self.descriptor = descriptor
        self.peer = peer
        self.loop = loop
        self.tls = tls.map(TLSLayer.init)
    }

    deinit {
        // A channel that was never activated, because its server stopped first, still owns its socket.
        if !isClosed { kernel.close(descriptor) }
    }

    /// Registers the socket with its loop; to be called on the loop, once, before anything else.
    ///
    /// Starts a client's TLS handshake.
    package func activate() throws(SystemError) {
        assert(loop.isCurrent)
        if case .unix = peer {} else { try kernel.disableDelay(descriptor) }
        try loop.register(descriptor, for: self)
        isActive = true
        // A client's first message is there before anything has been received.
        if let tls { takeHandshakeOutput(of: tls.session) }
    }

    /// How many octets were written and have not reached the socket.
    package var unsentOctets: Int { unsentCount }

    /// The same; of clear text, those that TLS has not yet encrypted.
    @inline(__always)
    var unsentCount: Int { wire.count - sentCount + (tls?.clearText.count ?? 0) }

    /// The octets go through TLS.
    package var isSecure: Bool { tls != nil }

    /// The TLS version, once the handshake is complete; nil in clear text.
    package var tlsVersion: String? { tls?.session.version }

    /// The certificates that the peer has sent under TLS, its own first; known once the handshake is complete.
    package var peerCertificates: [Certificate] { tls?.session.peerCertificates ?? [] }

    /// Why TLS has failed; nil unless it has.
    package var tlsFailure: TLSError? {
        if case .tls(let error)? = failure { error } else { nil }
    }

    // MARK: Waiting

    /// Why a wait ended.
    package enum Wake: Sendable {
        case ready
        /// The deadline that was set has come.
        case deadline
        /// `interrupt()` was called; told to one wait, then forgotten.
        case interrupted
        /// The channel was closed or has failed.
        case closed
    }

    /// Ends the wait for octets that is under way, or else the next one.
    package func interrupt() {
        assert(loop.isCurrent)
        isInterrupted = true
        resumeReader()
    }

    /// Why a wait for octets would end at once; nil when there is something to wait for.
    package var pendingWake: Wake? {
        if isClosed || hasFailed { return .closed }
        if hasExpired { return .deadline }
        if isInterrupted { return .interrupted }
        return mayHaveMore && !hasYielded ? .ready : nil
    }

    /// Why the wait for octets has ended; an interruption is told once.
    package func takeWake() -> Wake {
        let wake = pendingWake ?? .ready
        if case .interrupted = wake { isInterrupted = false }
        return wake
    }

    /// Resumes `reader` when the wait for octets is over.
    ///
    /// For a caller that waits without the cost of one more call, and has seen that `pendingWake` is nil. That may be otherwise by now:
    /// what makes a continuation can be a job of its own, before which the loop may have looked at its sockets.
    package func park(_ reader: UnsafeContinuation<Void, Never>) {
        assert(self.reader == nil, "two tasks wait for the octets of one channel")
        self.reader = reader
        readsInTurn = 0
        if pendingWake != nil { resumeReader() }
    }

    /// Goes on with the octets that may be there.
    func beginNextTurn() {
        hasYielded = false
        tellOctets()
    }

    private func tellOctets() {
        guard let waiting = reader else { return }
        // Taken out meanwhile, so that nobody counts a reference to it.
        guard let owner = owner.take() else { return resumeReader() }
        // Nobody waits as long as the owner is at work: what happens to the channel meanwhile, it sees itself, but for a hang-up that
        // concerns whoever it has begun to work for.
        reader = nil
        let goesOn = owner.channelHasOctets()
        if !isClosed { self.owner = consume owner }
        if hasFailed { tellHungUp() }
        if goesOn { park(waiting) } else { waiting.resume() }
    }

    func resumeReader() {
        guard let reader else { return }
        self.reader = nil
        reader.resume()
    }

    func resumeWriter() {
        guard let writer else { return }
        self.writer = nil
        writer.resume()
    }

    /// Lets the others of the loop have their turn before the next wait for octets ends.
    package func endTurn() {
        guard !hasYielded else { return }
        hasYielded = true
        loop.beginTurnLater(self)
    }

    override func becameReady(_ readiness: Poller.Readiness) {
        act(upon: readiness)
    }

    @inline(__always)
    private func act(upon readiness: Poller.Readiness) {
        if readiness.isEnding && !isEnding {
            isEnding = true
            owner?.channelPeerEnded()
        }
        if readiness.isWritable {
            isWritable = true
            if unsentCount > 0 { flush() } else { resumeWriter() }
        }
        if readiness.isReadable {
            mayHaveMore = true
            tellOctets()
        }
        if readiness.isHungUp { tellHungUp() }
    }

    override func flushNow() {
        // False when it is another's turn, whose descriptor this channel has now.
        guard isFlushDue else { return }
        isFlushDue = false
        flush()
    }

    override func timeCame() {
        actInTime()
    }

    // MARK: End

    /// Has `owner` told what concerns it, until the channel is closed.
    package func work(for owner: any ChannelOwner) {
        self.owner = owner
    }

    /// The peer has ended its sending direction, though octets that it sent before may still be unread.
    package var hasPeerEnded: Bool { isEnding }

    /// Tells whoever works for the peer that nobody will read an answer any more.
    package func tellHungUp() {
        guard let owner, !hasToldHangUp else { return }
        hasToldHangUp = true
        owner.channelHungUp()
    }

    /// The deadline has come, and nobody waits for it.
    func tellOverdue() {
        owner?.channelIsOverdue()
    }

    /// Notes that the socket is of no more use, and wakes all who wait for it.
    func fail(_ failure: ChannelFailure) {
        guard !hasFailed else { return }
        self.failure = failure
        dropOutput()
        resumeReader()
        resumeWriter()
        tellHungUp()
    }

    /// Closes the socket at once; what was not yet sent is lost.
    ///
    /// Closing twice is nothing.
    package func close() {
        assert(loop.isCurrent)
        guard !isClosed else { return }
        isClosed = true
        loop.cancel(self)
        owner = nil
        dropOutput()
        if isActive { loop.deregister(descriptor) }
        kernel.close(descriptor)
        resumeReader()
        resumeWriter()
    }

    /// Closes the socket with a reset, so that the peer cannot mistake what it got for all there was.
    ///
    /// Whoever works for this peer is told that it is gone.
    package func reset() {
        guard !isClosed else { return }
        kernel.resetOnClose(descriptor)
        let owner = hasToldHangUp ? nil : owner
        close()
        owner?.channelHungUp()
    }
}

/// Why a channel is of no more use.
///
/// Indirect, because every channel has room for one and few ever have one.
package indirect enum ChannelFailure: Error, CustomStringConvertible {
    case system(SystemError)
    case tls(TLSError)
    /// The peer reset the connection or ended both directions.
    case hungUp

    package var description: String {
        switch self {
        case .system(let error): error.description
        case .tls(let error): "TLS: \(error)"
        case .hungUp: "the peer hung up"
        }
    }
}
