/// Why a listener could not be bound.
package enum ListenerError: Error, CustomStringConvertible {
    case inUse(SocketAddress)
    case pathTooLong(String)
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
        case .refused(let address, let error):
            "Cannot listen on \(address): \(error.reason) (\(error.call))."
        }
    }
}
