import COpenSSL

/// AES key wrap with the default initial value (RFC 3394): a key under another one, checked when it is unwrapped.
package struct AESKeyWrap: Sendable {
    /// How many octets a wrapped key is longer.
    package static let overheadByteCount = 8

    private let key: SecretBytes
    private let cipher: OpenSSLObject

    /// - Throws: `CryptoError` unless the key that wraps has 16, 24 or 32 octets.
    package init(_ key: SecretBytes) throws(CryptoError) {
        cipher = try AESVariants.wrap.cipher(for: key)
        self.key = key
    }

    /// - Throws: `CryptoError` unless the key to wrap has 16 octets or a larger multiple of 8.
    package func wrap(_ secret: SecretBytes) throws(CryptoError) -> [UInt8] {
        let context = try CipherContext(cipher, key: key, vector: nil, .encryption)
        let count = secret.count + Self.overheadByteCount
        var wrapped = [UInt8](repeating: 0, count: count)
        var output = wrapped.mutableSpan
        let written = secret.withBytes { secret in context.run(secret, into: &output) }
        guard written == count else { throw CryptoError("wrap a key of \(secret.count) octets") }
        return wrapped
    }

    /// - Throws: `CipherError.decryptionFailed` when the check value or the length is wrong.
    package func unwrap(_ wrapped: Span<UInt8>) throws(CipherError) -> SecretBytes {
        guard wrapped.count >= 24, wrapped.count.isMultiple(of: 8) else { throw .decryptionFailed }
        let context: CipherContext
        do {
            context = try CipherContext(cipher, key: key, vector: nil, .decryption)
        } catch {
            throw .unavailable(error)
        }
        let count = wrapped.count - Self.overheadByteCount
        return try SecretBytes(count: count) { (output) throws(CipherError) in
            guard context.run(wrapped, into: &output) == count else {
                ERR_clear_error()
                throw .decryptionFailed
            }
        }
    }
}
