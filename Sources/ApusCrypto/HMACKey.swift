import Synchronization

/// A key for HMAC (RFC 2104) under one hash function, usable from any thread.
///
/// OpenSSL's contexts are not safe to share, and making one costs several times what a short message does. Each key
/// therefore keeps a few that are ready; a caller takes one for itself and puts it back.
package final class HMACKey: Sendable {
    package let digest: DigestAlgorithm

    private struct Pool {
        let template: HMACContext
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
        guard write(message, &output) else { throw CryptoError("compute an HMAC") }
        return code
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
        pool.withLock { pool in
            if pool.idle.count < Self.maximumIdle { pool.idle.append(context) }
        }
        return true
    }

    private func takeContext() -> HMACContext? {
        pool.withLock { pool in pool.idle.popLast() ?? HMACContext(copying: pool.template) }
    }
}
