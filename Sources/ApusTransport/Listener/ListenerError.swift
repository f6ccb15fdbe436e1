/// Why a listener could not be bound.
package enum ListenerError: Error, CustomStringConvertible {
    case inUse(SocketAddress)
    case pathTooLong(String)
    /// The service manager has not passed such a socket.
    case notInherited(String, found: [String])
    /// What the service manager has passed is something else; `found` says what.
    case notListening(String, found: String)
    case refused(SocketAddress, SystemError)

    package var description: String {
        switch self {
        case .inUse(let address):
            """
            Cannot listen on \(address): something listens there already. \
            Stop it, or choose another port (0 lets the system choose).
            """
        case .pathTooLong(let path):
            """
            Cannot listen on the Unix socket '\(path)': a path has at most \(SocketAddress.maximumPathOctets) octets, \
            this one has \(path.utf8.count).
            """
        case .notInherited(let wanted, let found):
            """
            Cannot listen on the inherited socket \(wanted): expected it in LISTEN_FDS, \
            found \(found.isEmpty ? "no socket for this process" : found.joined(separator: ", ")).
            """
        case .notListening(let wanted, let found):
            "Cannot listen on the inherited socket \(wanted): expected a stream socket that listens, found \(found)."
        case .refused(let address, let error):
            "Cannot listen on \(address): \(error.reason) (\(error.call))."
        }
    }
}
