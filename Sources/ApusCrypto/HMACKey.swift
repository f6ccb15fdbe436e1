import Synchronization

/// A key for HMAC (RFC 2104) under one hash function, usable from any thread.
///
/// OpenSSL's contexts are not safe to share, and making one costs several times what a short message does. Each key
/// therefore keeps a few that are ready; a caller takes one for itself and puts it back.
package final class HMACKey: Sendable {
    package let digest: DigestAlgorithm

    private struct Pool {
        let template: HMACContext
        /// As a rule the only one: to change places with it counts no references, as an array would.
        var ready: HMACContext?
        var idle: [HMACContext] = []
    }

    private static let maximumIdle = 32
    private let pool: Mutex<Pool>

    /// - Throws: `CryptoError` when the secret is empty or OpenSSL cannot make a context.
    package init(_ secret: SecretBytes, _ digest: DigestAlgorithm) throws(CryptoError) {
        self.digest = digest
        var pool = Pool(template: try HMACContext(secret, digest))
        pool.idle.reserveCapacity(Self.maximumIdle)
        self.pool = Mutex(pool)
    }

    /// - Returns: the whole code, as many octets as the hash function gives.
    /// - Throws: `CryptoError` when OpenSSL is out of memory.
    package func authenticationCode(for message: Span<UInt8>) throws(CryptoError) -> [UInt8] {
        var code = [UInt8](repeating: 0, count: digest.byteCount)
        var output = code.mutableSpan
        try authenticate(message, into: &output)
        return code
    }

    /// Writes the code to the front of `output`, which must have room for as many octets as the hash function gives.
    ///
    /// - Throws: `CryptoError` when OpenSSL is out of memory.
    package func authenticate(_ message: Span<UInt8>, into output: inout MutableSpan<UInt8>) throws(CryptoError) {
        guard write(message, &output) else { throw CryptoError("compute an HMAC") }
    }

    /// Whether `code` is the whole code of `message`; a truncated one is refused.
    ///
    /// The comparison takes constant time.
    package func isValid(_ code: Span<UInt8>, for message: Span<UInt8>) -> Bool {
        guard code.count == digest.byteCount else { return false }
        var storage = InlineArray<64, UInt8>(repeating: 0)
        var output = storage.mutableSpan
        guard write(message, &output) else { return false }
        return ConstantTime.equal(output.span.extracting(first: code.count), code)
    }

    private func write(_ message: Span<UInt8>, _ output: inout MutableSpan<UInt8>) -> Bool {
        guard let context = takeContext() else { return false }
        // A context that failed is dropped, not put back.
        guard context.authenticate(message, into: &output) else { return false }
        var returned: HMACContext? = consume context
        pool.withLock { pool in
            swap(&pool.ready, &returned)
            if let other = returned, pool.idle.count < Self.maximumIdle { pool.idle.append(other) }
        }
        return true
    }

    private func takeContext() -> HMACContext? {
        pool.withLock { pool in pool.ready.take() ?? pool.idle.popLast() ?? HMACContext(copying: pool.template) }
    }
}
