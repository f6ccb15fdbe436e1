import ApusHTTP
import ApusTransport

/// A client that has ended its sending may wait for its answer (RFC 9112 §9.6), or be gone: the end of its process, which is by far
/// the more frequent, looks the same. It is asked with octets that change nothing for one that reads them; the system of one that
/// is gone answers them with a reset, which cancels the handler.
extension Connection {
    /// How long, in nanoseconds, a handler is let work undisturbed; most have answered by then, and need not ask.
    private static let probeDelay: UInt64 = 25_000_000

    func scheduleProbe() {
        let timer = probe ?? LoopTimer { [unowned self] in assumeIsolated { $0.sendProbe() } }
        probe = timer
        loop.schedule(timer, in: Self.probeDelay)
    }

    private func sendProbe() {
        if let handling {
            // RFC 9110 §15.2: a client takes interim responses that it did not expect; in HTTP/1.0 there are none.
            guard handling.request.head.version == .http11 else { return }
            channel.write { ResponseEncoder.encodeContinue(into: &$0) }
        } else if let streaming, streaming.isChunked {
            // Between chunks, as what one job writes is whole: RFC 9112 §7.1 lets the size of the next begin with zeros.
            channel.write { ResponseEncoder.encodeLeadingZero(into: &$0) }
        }
        channel.flush()
    }
}
