import ApusCrypto

extension Channel {
    /// Lets `body` append octets that are to be sent.
    ///
    /// They leave soon, in one system call with what is written meanwhile: see `EventLoop.flushSoon(_:)`.
    package func write(_ body: (inout [UInt8]) -> Void) {
        guard var output = takeOutput() else { return }
        body(&output)
        giveBack(output: &output)
    }

    /// Gives the buffer of what is to be sent away, so that octets are appended to it; nil when nothing can be sent any more.
    ///
    /// The other half of `write(_:)`, for whom a closure is too dear. It must come back before anything else is done with the channel.
    package func takeOutput() -> [UInt8]? {
        assert(loop.isCurrent)
        guard !isClosed, !hasFailed else { return nil }
        var output: [UInt8] = []
        if let tls { swap(&output, &tls.clearText) } else { swap(&output, &wire) }
        return output.capacity > 0 ? output : loop.takeBuffer()
    }

    /// Takes the buffer back, and leaves an empty one.
    package func giveBack(output: inout [UInt8]) {
        if let tls { swap(&output, &tls.clearText) } else { swap(&output, &wire) }
        scheduleFlush()
    }

    /// Lets `change` have the buffer.
    ///
    /// It is taken out meanwhile: so a member is touched twice and not for each octet, and never while something else runs, which spares
    /// the check at run time that nobody else touches it.
    @inline(__always)
    func changeWire(_ change: (inout [UInt8]) -> Void) {
        var buffer: [UInt8] = []
        swap(&buffer, &wire)
        change(&buffer)
        swap(&buffer, &wire)
    }

    func scheduleFlush() {
        guard unsentCount > 0, !isFlushDue else { return }
        isFlushDue = true
        loop.flushSoon(descriptor)
    }

    /// Hands everything to the socket that it takes now; the rest follows when it takes more.
    package func flush() {
        guard !isClosed, !hasFailed else { return }
        if tls != nil { encryptClearText() }
        var octets: [UInt8] = []
        swap(&octets, &wire)
        let outcome = send(octets)
        swap(&octets, &wire)
        switch outcome {
        case .count: returnBuffers()
        case .wouldBlock: dropSent()
        case .failed(let error): return fail(.system(error))
        }
        resumeWriter()
    }

    /// Forgets what the socket has taken while it takes no more, or a peer that always leaves something would be owed all that it ever got.
    ///
    /// Only when that is half of the buffer, so that no octet is moved more often than it is sent.
    private func dropSent() {
        guard sentCount > 0, sentCount >= wire.count - sentCount else { return }
        changeWire { [sentCount] in $0.removeSubrange(..<sentCount) }
        sentCount = 0
    }

    /// Hands octets to the socket, from `sentCount` on, as many as it takes.
    private func send(_ octets: [UInt8]) -> Transfer {
        while sentCount < octets.count {
            let sent = octets.withUnsafeBytes { octets in
                kernel.send(descriptor, UnsafeRawBufferPointer(rebasing: octets[sentCount...]))
            }
            guard case .count(let count) = sent else { return sent }
            sentCount += count
        }
        return .count(0)
    }

    private func encryptClearText() {
        guard let tls, tls.session.isHandshakeComplete, !tls.clearText.isEmpty else { return }
        keepBuffersWarm(of: tls)
        var failure: TLSError?
        tls.changeClearText { clearText in
            changeWire { wire in
                if wire.capacity == 0 { wire = loop.takeBuffer() }
                do throws(TLSError) {
                    try tls.session.send(clearText.span, into: &wire)
                    clearText.removeAll(keepingCapacity: true)
                } catch {
                    failure = error
                }
            }
        }
        if let failure { fail(.tls(failure)) }
    }

    /// Suspends until fewer than `limit` octets wait to be sent, or the channel ends.
    ///
    /// - Parameter stall: how long, in nanoseconds, the peer may take not a single octet; then the wait ends with `.deadline`.
    ///   A peer that is slow but goes on is waited for. It replaces the channel's deadline.
    package func waitUntilUnsent(below limit: Int, stall: UInt64) async -> Wake {
        flush()
        if isClosed || hasFailed { return .closed }
        if unsentCount < limit { return .ready }
        var untaken = untakenCount
        setDeadline(in: stall)
        while true {
            await withUnsafeContinuation { park(writer: $0, unless: isClosed || unsentCount < limit || hasExpired) }
            if isClosed || hasFailed { return .closed }
            if unsentCount < limit { return .ready }
            guard hasExpired else { continue }
            let now = untakenCount
            guard now < untaken else { return .deadline }
            untaken = now
            setDeadline(in: stall)
        }
    }

    /// Resumes `writer` when the socket has taken octets, the channel has ended, or its deadline has come; at once if that `isOver`.
    ///
    /// As with `park(_:)`, it may be over by the time that there is a continuation.
    func park(writer: UnsafeContinuation<Void, Never>, unless isOver: Bool) {
        self.writer = writer
        if isOver || hasFailed { resumeWriter() }
    }

    /// How many octets the peer has yet to acknowledge, those in the kernel's hands included.
    private var untakenCount: Int { unsentCount + kernel.unacknowledgedCount(descriptor) }

    /// Sends what is left, and ends the sending direction: under TLS with close_notify (RFC 8446 §6.1).
    package func finishSending() {
        guard !isClosed, !hasFailed else { return }
        encryptClearText()
        if let tls {
            changeWire { tls.session.close(into: &$0) }
        }
        flush()
        if unsentCount == 0 { kernel.shutdownSending(descriptor) }
    }

    func dropOutput() {
        changeWire { $0.removeAll(keepingCapacity: true) }
        tls?.changeClearText { $0.removeAll(keepingCapacity: true) }
        returnBuffers()
    }

    private func returnBuffers() {
        sentCount = 0
        changeWire { if $0.capacity > 0 { loop.giveBack(&$0) } }
        tls?.changeClearText { if $0.capacity > 0 && $0.isEmpty { loop.giveBack(&$0) } }
    }
}
