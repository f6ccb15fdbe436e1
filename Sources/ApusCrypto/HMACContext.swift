import COpenSSL

/// One initialised OpenSSL context; whoever holds it has it alone.
///
/// Unchecked: OpenSSL lets any thread use a context, one at a time. `HMACKey` hands each to one caller and copies
/// its template only under its lock.
final class HMACContext: @unchecked Sendable {
    private let context: OpaquePointer

    init(_ secret: SecretBytes, _ digest: DigestAlgorithm) throws(CryptoError) {
        guard secret.count > 0 else { throw CryptoError("make an HMAC key of no octets") }
        guard let algorithm = Self.algorithm, let context = EVP_MAC_CTX_new(algorithm) else {
            throw CryptoError("make an HMAC context")
        }
        self.context = context
        let done = secret.withBytes { key in
            key.withUnsafeBufferPointer { key in
                COpenSSL_EVP_MAC_init_digest(context, key.baseAddress, key.count, digest.name)
            }
        }
        guard done == 1 else { throw CryptoError("set an HMAC key") }
    }

    init?(copying other: HMACContext) {
        guard let copy = EVP_MAC_CTX_dup(other.context) else {
            ERR_clear_error()
            return nil
        }
        context = copy
    }

    deinit { EVP_MAC_CTX_free(context) }

    /// Writes the code to the front of `output`, which must have room for it.
    func authenticate(_ message: Span<UInt8>, into output: inout MutableSpan<UInt8>) -> Bool {
        var count = 0
        let done = message.withUnsafeBufferPointer { message in
            output.withUnsafeMutableBufferPointer { output in
                // A nil key starts anew under the key that was set, without hashing its pads again.
                EVP_MAC_init(context, nil, 0, nil) == 1
                    && EVP_MAC_update(context, message.baseAddress, message.count) == 1
                    && EVP_MAC_final(context, output.baseAddress, &count, output.count) == 1
            }
        }
        if !done { ERR_clear_error() }
        return done
    }

    // Immutable once fetched and never freed; see DigestAlgorithm.
    nonisolated(unsafe) private static let algorithm = EVP_MAC_fetch(nil, OSSL_MAC_NAME_HMAC, nil)
}
