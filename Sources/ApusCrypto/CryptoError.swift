import COpenSSL

/// OpenSSL could not do what it always can: it ran out of memory or entropy, or lacks an algorithm.
package struct CryptoError: Error, Hashable, CustomStringConvertible {
    package let operation: String

    /// Empties the thread's OpenSSL error queue too, because TLS sessions on the same thread read it.
    init(_ operation: String) {
        ERR_clear_error()
        self.operation = operation
    }

    package var description: String { "OpenSSL could not \(operation)" }
}
