import COpenSSL

/// AES in Galois/Counter Mode (NIST SP 800-38D) with nonces of 96 bits and tags of 128.
///
/// Two messages with one nonce under one key give away the key of the authentication; who draws nonces at random must
/// change the key before 2^32 messages (§8.3).
package struct AESGCM: Sendable {
    package struct Sealed: Sendable {
        package let ciphertext: [UInt8]
        package let tag: [UInt8]
    }

    package static let nonceByteCount = 12
    package static let tagByteCount = 16

    private let key: SecretBytes
    private let cipher: OpenSSLObject

    /// - Throws: `CryptoError` unless the key has 16, 24 or 32 octets.
    package init(_ key: SecretBytes) throws(CryptoError) {
        cipher = try AESVariants.gcm.cipher(for: key)
        self.key = key
    }

    /// - Throws: `CryptoError` when the nonce does not have 12 octets or OpenSSL is out of memory.
    package func seal(
        _ plaintext: Span<UInt8>,
        nonce: Span<UInt8>,
        authenticating data: Span<UInt8>
    ) throws(CryptoError) -> Sealed {
        let context = try CipherContext(cipher, key: key, vector: nonce, .encryption)
        var ciphertext = [UInt8](repeating: 0, count: plaintext.count)
        var output = ciphertext.mutableSpan
        guard context.authenticate(data), context.run(plaintext, into: &output) == plaintext.count,
            let tag = context.tag(count: Self.tagByteCount)
        else { throw CryptoError("encrypt with AES-GCM") }
        return Sealed(ciphertext: ciphertext, tag: tag)
    }

    /// - Throws: `CipherError.decryptionFailed` also for a nonce or a tag of another length.
    package func open(
        _ ciphertext: Span<UInt8>,
        tag: Span<UInt8>,
        nonce: Span<UInt8>,
        authenticating data: Span<UInt8>
    ) throws(CipherError) -> [UInt8] {
        var plaintext = [UInt8](repeating: 0, count: ciphertext.count)
        var output = plaintext.mutableSpan
        try open(ciphertext, tag: tag, nonce: nonce, authenticating: data, into: &output)
        return plaintext
    }

    /// Opens a key that was sealed, into memory that is wiped.
    ///
    /// - Throws: `CipherError.decryptionFailed` also for a nonce or a tag of another length.
    package func openSecret(
        _ ciphertext: Span<UInt8>,
        tag: Span<UInt8>,
        nonce: Span<UInt8>
    ) throws(CipherError) -> SecretBytes {
        try SecretBytes(count: ciphertext.count) { (output) throws(CipherError) in
            try open(ciphertext, tag: tag, nonce: nonce, authenticating: Span(), into: &output)
        }
    }

    private func open(
        _ ciphertext: Span<UInt8>,
        tag: Span<UInt8>,
        nonce: Span<UInt8>,
        authenticating data: Span<UInt8>,
        into output: inout MutableSpan<UInt8>
    ) throws(CipherError) {
        // A shorter tag would be compared as far as it goes, and one octet is guessed in 256 attempts.
        guard tag.count == Self.tagByteCount, nonce.count == Self.nonceByteCount else { throw .decryptionFailed }
        let context: CipherContext
        do {
            context = try CipherContext(cipher, key: key, vector: nonce, .decryption)
        } catch {
            throw .unavailable(error)
        }
        guard context.expect(tag: tag), context.authenticate(data),
            context.run(ciphertext, into: &output) == ciphertext.count
        else {
            // What was decrypted before the tag turned out wrong is nobody's business.
            output.withUnsafeMutableBufferPointer { OPENSSL_cleanse($0.baseAddress, $0.count) }
            ERR_clear_error()
            throw .decryptionFailed
        }
    }
}
