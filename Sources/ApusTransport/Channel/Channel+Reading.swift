import ApusCrypto

extension Channel {
    /// What `receive()` came to.
    package enum Receipt: Sendable {
        /// Octets are there for `withReceived`, until the next `receive()` of any channel of this loop.
        case octets
        /// Nothing is there; `waitUntilReadable()` tells when it is worth trying again.
        case drained
        /// The peer will send nothing more.
        case endOfStream
        case failed(ChannelFailure)
    }

    /// False when `receive()` is sure to bring no octets now.
    package var mayReceive: Bool { mayHaveMore && !hasYielded }

    /// Takes what has arrived into the loop's scratch memory.
    ///
    /// Never suspends.
    package func receive() -> Receipt {
        assert(loop.isCurrent)
        if hasFailed, let failure { return .failed(failure) }
        guard mayHaveMore, !hasYielded, !isClosed else { return .drained }
        readsInTurn += 1
        if readsInTurn > Self.readsPerTurn {
            endTurn()
            return .drained
        }
        if let tls { return receive(through: tls) }
        let (receipt, count) = read(into: loop.scratch.plaintext, upTo: ScratchBuffers.octets)
        loop.scratch.receivedCount = count
        return receipt
    }

    /// How often one socket is read before the others of the loop have their turn, however fast its peer sends.
    private static let readsPerTurn = 4

    /// The most ciphertext, in octets, that may come without an octet of content: far more than a handshake needs.
    ///
    /// KeyUpdate after KeyUpdate costs this side keys and an answer each, and the peer next to nothing.
    private static let maximumFruitlessOctets = 65_536

    private func receive(through tls: TLSLayer) -> Receipt {
        while mayHaveMore {
            // RFC 8446 §6.1: nothing after close_notify is data.
            if tls.hasPeerClosed { return .endOfStream }
            let (receipt, count) = read(into: loop.scratch.ciphertext, upTo: ScratchBuffers.octets)
            guard case .octets = receipt else { return receipt }
            let encrypted = Span<UInt8>(
                _unsafeBytes: UnsafeRawBufferPointer(rebasing: loop.scratch.ciphertext[..<count]))
            keepBuffersWarm(of: tls)
            do throws(TLSError) {
                let received = try tls.session.receive(encrypted, into: loop.scratch.plaintext)
                takeHandshakeOutput(of: tls.session)
                tls.hasPeerClosed = received.closedByPeer
                tls.fruitlessCount = received.count > 0 ? 0 : tls.fruitlessCount + count
                if tls.fruitlessCount > Self.maximumFruitlessOctets {
                    let failure = ChannelFailure.tls(.protocolFailure("too many records without content"))
                    fail(failure)
                    return .failed(failure)
                }
                if received.count > 0 {
                    // The end that was announced is told by the next call.
                    if tls.hasPeerClosed { mayHaveMore = true }
                    loop.scratch.receivedCount = received.count
                    return .octets
                }
                if tls.hasPeerClosed { return .endOfStream }
            } catch {
                // The alert that explains the failure is in the output: it leaves before the failure is told.
                takeHandshakeOutput(of: tls.session)
                flush()
                let failure = ChannelFailure.tls(error)
                fail(failure)
                return .failed(failure)
            }
        }
        return .drained
    }

    /// Sends what TLS itself has to say: handshake messages and alerts.
    func takeHandshakeOutput(of tls: TLSSession) {
        let output = tls.takeOutgoing()
        if !output.isEmpty { changeWire { $0 += output } }
        // Clear text that waited for the handshake may go now.
        scheduleFlush()
    }

    private func read(
        into buffer: UnsafeMutableRawBufferPointer, upTo limit: Int
    ) -> (receipt: Receipt, count: Int) {
        switch kernel.receive(descriptor, into: UnsafeMutableRawBufferPointer(rebasing: buffer[..<limit])) {
        case .count(0):
            return (.endOfStream, 0)
        case .count(let read):
            // A short read means drained, unless the end of the stream is known to follow: its event has come already.
            if read < limit && !isEnding { mayHaveMore = false }
            return (.octets, read)
        case .wouldBlock:
            mayHaveMore = false
            return (.drained, 0)
        case .failed(let error):
            let failure = ChannelFailure.system(error)
            fail(failure)
            return (.failed(failure), 0)
        }
    }

    /// Lends what the last `receive()` brought.
    ///
    /// Not generic, as that would cost each request of another module more than the call.
    package func withReceived(_ body: (Span<UInt8>) -> Void) {
        let octets = UnsafeRawBufferPointer(rebasing: loop.scratch.plaintext[..<loop.scratch.receivedCount])
        body(Span<UInt8>(_unsafeBytes: octets))
    }

    /// Suspends until `receive()` is worth calling, the deadline comes, or someone ends the wait.
    package func waitUntilReadable() async -> Wake {
        if pendingWake == nil { await withUnsafeContinuation { park($0) } }
        return takeWake()
    }
}
