/// Signs under one private key and scheme, from any thread.
package final class Signer: Sendable {
    /// The length of every signature.
    package let signatureByteCount: Int
    private let contexts: SignatureContexts

    /// - Throws: `CryptoError` when the key is public or of a kind that the scheme does not sign with.
    package init(_ key: AsymmetricKey, _ scheme: SignatureScheme) throws(CryptoError) {
        guard key.isPrivate else { throw CryptoError("sign with a public key") }
        contexts = try SignatureContexts(key, scheme, .sign)
        signatureByteCount = contexts.signatureByteCount
    }

    /// - Throws: `CryptoError` when OpenSSL is out of memory or random octets.
    package func sign(_ message: Span<UInt8>) throws(CryptoError) -> [UInt8] {
        guard let context = contexts.take() else { throw CryptoError("make a signature context") }
        var isDone = false
        let signature = [UInt8](unsafeUninitializedCapacity: signatureByteCount) { output, initialized in
            isDone = context.sign(message, into: output)
            initialized = isDone ? signatureByteCount : 0
        }
        // A context that failed is dropped, not put back.
        guard isDone else { throw CryptoError("sign a message") }
        contexts.putBack(context)
        return signature
    }
}
