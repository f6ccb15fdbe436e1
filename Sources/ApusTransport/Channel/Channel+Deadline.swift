import ApusCrypto

/// A channel is scheduled once for all that it does after a time: the end of waits, and the release of what TLS no longer needs.
extension Channel {
    /// Lets the waits of this channel end with `.deadline` at `nanoseconds` from now, in place of an earlier deadline.
    ///
    /// Moving a deadline further away is a store: the timer that is set already finds out when it fires.
    package func setDeadline(in nanoseconds: UInt64) {
        setDeadline(at: loop.now &+ nanoseconds)
    }

    /// As `setDeadline(in:)`, at a time of the loop's clock.
    package func setDeadline(at time: UInt64) {
        assert(loop.isCurrent)
        // A timer of a closed channel would outlive it.
        guard !isClosed else { return }
        deadline = time
        hasExpired = false
        wakeTimer(by: deadline)
    }

    private func wakeTimer(by time: UInt64) {
        guard !isScheduled || time < dueTime else { return }
        loop.schedule(self, at: time)
    }

    package func clearDeadline() {
        deadline = .max
        hasExpired = false
    }

    func actInTime() {
        let isDue = deadline <= loop.now && !hasExpired
        if isDue { hasExpired = true }
        let next = min(hasExpired ? .max : deadline, releaseColdBuffers())
        if next != .max { wakeTimer(by: next) }
        guard isDue else { return }
        if reader == nil && writer == nil { tellOverdue() }
        resumeReader()
        resumeWriter()
    }

    // MARK: Record buffers

    /// How long, in nanoseconds, a TLS session keeps its record buffers without use.
    private static let warmth: UInt64 = 1_000_000_000

    /// Notes that the record buffers are in use: a store, but for the first time.
    func keepBuffersWarm(of tls: TLSLayer) {
        let wereReleased = tls.lastRecord == nil
        tls.lastRecord = loop.now
        if wereReleased { wakeTimer(by: loop.now &+ Self.warmth) }
    }

    /// - Returns: when to look again; `.max` when there is nothing to release.
    private func releaseColdBuffers() -> UInt64 {
        guard let tls, let lastRecord = tls.lastRecord else { return .max }
        let end = lastRecord &+ Self.warmth
        guard end <= loop.now else { return end }
        // What is left of a record that has not arrived whole stays in its buffer.
        guard tls.session.releaseBuffers() else { return loop.now &+ Self.warmth }
        tls.lastRecord = nil
        return .max
    }
}
