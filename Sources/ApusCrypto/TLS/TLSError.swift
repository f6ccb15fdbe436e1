/// Why a TLS session ended, or cannot do what was asked.
package enum TLSError: Error, Equatable, Sendable {
    /// The peer broke the protocol or offered nothing acceptable. The alert that tells it so is in the output.
    case protocolFailure(String)
    /// The peer gave up with a fatal alert.
    case alertReceived(String)
    /// Application data cannot be sent before the handshake has completed.
    case handshakeIncomplete
    /// The session has failed before, or its close_notify has been sent.
    case closed
}

extension TLSError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .protocolFailure(let reason): "TLS failed: \(reason)"
        case .alertReceived(let reason): "The peer ended TLS: \(reason)"
        case .handshakeIncomplete: "The TLS handshake has not completed"
        case .closed: "The TLS session is closed"
        }
    }
}
