public import Apus
public import ApusCrypto
import ApusTransport

/// One connection of a test to a server over a socket, for tests of what goes over the wire.
///
/// Nothing is checked on the way out; what comes back is read strictly. Every wait ends with `TestClientError` after the client's
/// time limit. It belongs to the `connect` that made it, whose end closes it.
public actor RawConnection {
    private nonisolated let loop: EventLoop
    private let channel: Channel
    private var timeLimit: UInt64
    private var parser = ResponseParser()

    /// The loop that carries the connection.
    public nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }

    init(_ channel: Channel, timeLimit: UInt64) {
        loop = channel.loop
        self.channel = channel
        self.timeLimit = timeLimit
    }

    /// The certificates that the server has shown, its own first; none in clear text.
    public var peerCertificates: [Certificate] { channel.peerCertificates }

    // MARK: Sending

    /// Sends text as UTF-8, as it is; line ends are written `\r\n`.
    public func send(_ text: String) async throws {
        try await send(Array(text.utf8))
    }

    /// Sends octets, and returns once the system has taken them all.
    ///
    /// - Throws: `TestClientError` when the server has closed the connection, or takes nothing for as long as the time limit.
    public func send(_ octets: [UInt8]) async throws {
        channel.write { $0 += octets }
        switch await channel.waitUntilUnsent(below: 1, stall: timeLimit) {
        case .ready, .interrupted: return
        case .deadline:
            throw TestClientError("Expected the server to take \(octets.count) octets within the time limit.")
        case .closed: throw TestClientError("Expected an open connection to send on; the server has closed it.")
        }
    }

    /// Tells the server that nothing more will be sent; under TLS with close_notify.
    ///
    /// Receiving goes on.
    public func closeSending() {
        channel.finishSending()
    }

    /// Closes the connection with a reset, as a client that crashes would.
    public func reset() {
        channel.reset()
    }

    /// Closes the connection.
    public func close() {
        channel.close()
    }

    // MARK: Receiving

    /// Sets how long any one wait may take from now on; until then it is the client's `timeLimit`.
    public func limitWaiting(to duration: Duration) {
        timeLimit = Self.nanoseconds(of: duration)
    }

    /// Negative durations count as none.
    static func nanoseconds(of duration: Duration) -> UInt64 {
        UInt64(max(0, duration / .nanoseconds(1)))
    }

    /// Waits for the next whole response; interim ones are named in it.
    ///
    /// - Parameter method: that of the request, because a response to HEAD has no content.
    /// - Throws: `TestClientError` when what comes is no response, is cut off, or does not come within the time limit.
    public func receiveResponse(to method: HTTP.Method = .get) async throws -> TestResponse {
        while true {
            do {
                if let response = try parser.next(to: method) { return response }
            } catch {
                throw TestClientError("Expected a response. \(error)")
            }
            if try await !receiveMore() { parser.receiveEnd() }
        }
    }

    /// Waits for octets up to and including `marker`, such as a chunk of a response that goes on.
    ///
    /// - Throws: `TestClientError` when the connection ends before, or `marker` does not come within the time limit.
    public func receive(through marker: String) async throws -> String {
        let marker = Array(marker.utf8)
        while true {
            if let octets = parser.take(through: marker) { return String(decoding: octets, as: UTF8.self) }
            guard try await receiveMore() else {
                throw TestClientError(
                    "Expected '\(String(decoding: marker, as: UTF8.self))'; the server closed the connection.")
            }
        }
    }

    /// Waits until the server closes the connection.
    ///
    /// - Returns: what came and was not read before.
    /// - Throws: `TestClientError` when the server resets the connection, or leaves it open for as long as the time limit.
    public func receiveToEnd() async throws -> [UInt8] {
        var octets = parser.takeRest()
        while try await receiveMore() { octets += parser.takeRest() }
        return octets
    }

    /// - Returns: false at the end of the stream.
    private func receiveMore() async throws -> Bool {
        channel.setDeadline(in: timeLimit)
        while true {
            switch channel.receive() {
            case .octets:
                channel.withReceived { parser.receive($0) }
                return true
            case .endOfStream: return false
            case .failed(let failure): throw TestClientError("Expected octets from the server: \(failure).")
            case .drained:
                switch await channel.waitUntilReadable() {
                case .ready, .interrupted: break
                case .deadline:
                    throw TestClientError("Expected octets from the server; none came within the time limit.")
                case .closed:
                    // A failure is told by the next `receive()`; a channel that was closed here has none to tell.
                    if case .failed = channel.receive() { continue }
                    throw TestClientError("Expected octets from the server; the connection was closed by the test.")
                }
            }
        }
    }
}
