/// Sends the content of a streamed response piece by piece.
///
/// Valid until the closure that received it returns.
public struct ResponseWriter: Sendable {
    let sink: any ResponseSink

    package init(_ sink: any ResponseSink) {
        self.sink = sink
    }

    /// Sends `octets`; suspends while the client has yet to take what was written before.
    ///
    /// - Throws: `CancellationError` when the client has gone or the server ends.
    public func write(_ octets: [UInt8]) async throws {
        try await sink.send(octets)
    }

    /// Sends `text` as UTF-8; otherwise as `write(_:)` of octets.
    public func write(_ text: String) async throws {
        try await sink.send(Array(text.utf8))
    }
}

/// Where streamed content goes: a connection, or a test client.
package protocol ResponseSink: Sendable {
    func send(_ octets: [UInt8]) async throws
}
