import COpenSSL

/// Verifies signatures under one public key and scheme, from any thread.
package final class Verifier: Sendable {
    /// The only length that a signature can have.
    package let signatureByteCount: Int
    private let contexts: SignatureContexts

    /// The public part of a private key will do.
    ///
    /// - Throws: `CryptoError` when the key is of a kind that the scheme does not verify with.
    package init(_ key: AsymmetricKey, _ scheme: SignatureScheme) throws(CryptoError) {
        contexts = try SignatureContexts(key.publicKey, scheme, .verify)
        signatureByteCount = contexts.signatureByteCount
    }

    /// `false` also when OpenSSL is out of memory.
    package func isValid(_ signature: Span<UInt8>, for message: Span<UInt8>) -> Bool {
        guard signature.count == signatureByteCount, let context = contexts.take() else { return false }
        let isValid = context.verify(signature, message)
        // OpenSSL says why it refused in the thread's error queue, which TLS sessions read.
        if !isValid { ERR_clear_error() }
        contexts.putBack(context)
        return isValid
    }
}
