import ApusCrypto

extension Channel {
    /// Lets `body` append octets that are to be sent.
    ///
    /// They leave when the current job ends, all in one system call.
    package func write(_ body: (inout [UInt8]) -> Void) {
        assert(loop.isCurrent)
        guard !isClosed, failure == nil else { return }
        // The buffer is taken out while it is written to, so that a member is touched twice and not for each octet.
        var buffer: [UInt8] = []
        if tls == nil { swap(&buffer, &wire) } else { swap(&buffer, &clearText) }
        if buffer.capacity == 0 { buffer = loop.buffers.take() }
        let before = buffer.count
        body(&buffer)
        unsentCount += buffer.count - before
        if tls == nil { swap(&buffer, &wire) } else { swap(&buffer, &clearText) }
        scheduleFlush()
    }

    func scheduleFlush() {
        guard !isFlushScheduled, unsentCount > 0 else { return }
        isFlushScheduled = true
        loop.flushAfterJob(self)
    }

    /// Hands everything to the socket that it takes now; the rest follows when it takes more.
    package func flush() {
        guard !isClosed, failure == nil else { return }
        encryptClearText()
        while sentCount < wire.count {
            let sent = wire.withUnsafeBytes { octets in
                Syscall.send(descriptor, UnsafeRawBufferPointer(rebasing: octets[sentCount...]))
            }
            switch sent {
            case .count(let count):
                sentCount += count
                unsentCount -= count
            case .wouldBlock:
                resumeWriter()
                return
            case .failed(let error):
                fail(.system(error))
                return
            }
        }
        returnBuffers()
        resumeWriter()
    }

    private func encryptClearText() {
        guard let tls, tls.isHandshakeComplete, !clearText.isEmpty else { return }
        if wire.capacity == 0 { wire = loop.buffers.take() }
        do throws(TLSError) {
            try tls.send(clearText.span, into: &wire)
            clearText.removeAll(keepingCapacity: true)
            unsentCount = wire.count - sentCount
        } catch {
            fail(.tls(error))
        }
    }

    /// Suspends until fewer than `limit` octets wait to be sent, or the channel ends.
    ///
    /// - Parameter stall: how long, in nanoseconds, the peer may take not a single octet; then the wait ends with `.deadline`.
    ///   A peer that is slow but goes on is waited for. It replaces the channel's deadline.
    package func waitUntilUnsent(below limit: Int, stall: UInt64) async -> Wake {
        flush()
        if isClosed || failure != nil { return .closed }
        if unsentCount < limit { return .ready }
        var untaken = untakenCount
        setDeadline(in: stall)
        while true {
            await withUnsafeContinuation { writer = $0 }
            if isClosed || failure != nil { return .closed }
            if unsentCount < limit { return .ready }
            guard hasExpired else { continue }
            let now = untakenCount
            guard now < untaken else { return .deadline }
            untaken = now
            setDeadline(in: stall)
        }
    }

    /// How many octets the peer has yet to acknowledge, those in the kernel's hands included.
    private var untakenCount: Int { unsentCount + Syscall.unacknowledgedCount(descriptor) }

    /// Sends what is left, and ends the sending direction: under TLS with close_notify (RFC 8446 §6.1).
    package func finishSending() {
        guard !isClosed, failure == nil else { return }
        encryptClearText()
        if let tls {
            let before = wire.count
            tls.close(into: &wire)
            unsentCount += wire.count - before
        }
        flush()
        if unsentCount == 0 { Syscall.shutdownSending(descriptor) }
    }

    func dropOutput() {
        wire.removeAll(keepingCapacity: true)
        clearText.removeAll(keepingCapacity: true)
        returnBuffers()
    }

    private func returnBuffers() {
        sentCount = 0
        unsentCount = clearText.count
        if wire.capacity > 0 { loop.buffers.giveBack(&wire) }
        if clearText.capacity > 0 && clearText.isEmpty { loop.buffers.giveBack(&clearText) }
    }
}
