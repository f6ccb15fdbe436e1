import COpenSSL

/// AES in Cipher Block Chaining Mode (NIST SP 800-38A) with the padding of PKCS #7 (RFC 5652 §6.3).
///
/// It authenticates nothing: check a code over the ciphertext and the vector before decrypting.
package struct AESCBC: Sendable {
    package static let vectorByteCount = 16

    private let key: SecretBytes
    private let cipher: OpenSSLObject

    /// - Throws: `CryptoError` unless the key has 16, 24 or 32 octets.
    package init(_ key: SecretBytes) throws(CryptoError) {
        cipher = try AESVariants.cbc.cipher(for: key)
        self.key = key
    }

    /// - Throws: `CryptoError` when the vector does not have 16 octets or OpenSSL is out of memory.
    package func encrypt(_ plaintext: Span<UInt8>, vector: Span<UInt8>) throws(CryptoError) -> [UInt8] {
        let context = try CipherContext(cipher, key: key, vector: vector, .encryption)
        let room = plaintext.count + AESVariants.blockByteCount
        var ciphertext = [UInt8](repeating: 0, count: room)
        var output = ciphertext.mutableSpan
        guard let count = context.run(plaintext, into: &output) else { throw CryptoError("encrypt with AES-CBC") }
        ciphertext.removeLast(room - count)
        return ciphertext
    }

    /// - Throws: `CipherError.decryptionFailed` when the padding, or the length of vector or ciphertext, is wrong.
    package func decrypt(_ ciphertext: Span<UInt8>, vector: Span<UInt8>) throws(CipherError) -> [UInt8] {
        guard vector.count == Self.vectorByteCount else { throw .decryptionFailed }
        let context: CipherContext
        do {
            context = try CipherContext(cipher, key: key, vector: vector, .decryption)
        } catch {
            throw .unavailable(error)
        }
        let room = ciphertext.count + AESVariants.blockByteCount
        var plaintext = [UInt8](repeating: 0, count: room)
        var output = plaintext.mutableSpan
        guard let count = context.run(ciphertext, into: &output) else {
            output.withUnsafeMutableBufferPointer { OPENSSL_cleanse($0.baseAddress, $0.count) }
            ERR_clear_error()
            throw .decryptionFailed
        }
        plaintext.removeLast(room - count)
        return plaintext
    }
}
