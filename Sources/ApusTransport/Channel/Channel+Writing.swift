import ApusCrypto

extension Channel {
    /// Lets `body` append octets that are to be sent.
    ///
    /// They leave when the current job ends, all in one system call.
    package func write(_ body: (inout [UInt8]) -> Void) {
        assert(loop.isCurrent)
        guard !isClosed, failure == nil else { return }
        if tls == nil {
            if wire.capacity == 0 { wire = loop.buffers.take() }
            body(&wire)
        } else {
            if clearText.capacity == 0 { clearText = loop.buffers.take() }
            body(&clearText)
        }
        scheduleFlushIfNeeded()
    }

    /// How many octets were written and have not reached the socket.
    package var unsentCount: Int { wire.count - sentCount + clearText.count }

    var hasUnsent: Bool { unsentCount > 0 }

    func scheduleFlushIfNeeded() {
        guard !isFlushScheduled, hasUnsent else { return }
        isFlushScheduled = true
        loop.flushAfterJob(self)
    }

    /// Hands everything to the socket that it takes now; the rest follows when it takes more.
    package func flush() {
        isFlushScheduled = false
        guard !isClosed, failure == nil else { return }
        encryptClearText()
        while sentCount < wire.count {
            let sent = wire.withUnsafeBytes { octets in
                Syscall.send(descriptor, UnsafeRawBufferPointer(rebasing: octets[sentCount...]))
            }
            switch sent {
            case .count(let count):
                sentCount += count
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
        guard let tls, !clearText.isEmpty, tls.isHandshakeComplete else { return }
        if wire.capacity == 0 { wire = loop.buffers.take() }
        do throws(TLSError) {
            try tls.send(clearText.span, into: &wire)
            clearText.removeAll(keepingCapacity: true)
        } catch {
            fail(.tls(error))
        }
    }

    /// Suspends until fewer than `limit` octets wait to be sent, the deadline comes, or the channel ends.
    ///
    /// An `interrupt()` does not end this wait: it is for those who wait for octets.
    package func waitUntilUnsent(below limit: Int) async -> Wake {
        flush()
        while true {
            if isClosed || failure != nil { return .closed }
            if unsentCount < limit { return .ready }
            if hasExpired { return .deadline }
            await withUnsafeContinuation { writer = $0 }
        }
    }

    /// Sends what is left, and ends the sending direction: under TLS with close_notify (RFC 8446 §6.1).
    package func finishSending() {
        guard !isClosed, failure == nil else { return }
        encryptClearText()
        if let tls { tls.close(into: &wire) }
        flush()
        if !hasUnsent { Syscall.shutdownSending(descriptor) }
    }

    func dropOutput() {
        wire.removeAll(keepingCapacity: true)
        clearText.removeAll(keepingCapacity: true)
        returnBuffers()
    }

    private func returnBuffers() {
        sentCount = 0
        if wire.capacity > 0 { loop.buffers.giveBack(&wire) }
        if clearText.capacity > 0 && clearText.isEmpty { loop.buffers.giveBack(&clearText) }
    }
}
