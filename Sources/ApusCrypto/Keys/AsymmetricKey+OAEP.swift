import COpenSSL

extension AsymmetricKey {
    /// RSAES-OAEP (RFC 8017 §7.1) with the one hash function for the label, which is empty, and for MGF1.
    ///
    /// - Throws: `CryptoError` when the key is not RSA, or the plaintext longer than the modulus less two digests and 2.
    package func encryptOAEP(
        _ plaintext: Span<UInt8>, digest: DigestAlgorithm
    ) throws(CryptoError) -> [UInt8] {
        guard case .rsa(let bits) = kind else { throw CryptoError("encrypt with a key that is not RSA") }
        let context = try makeContext(publicKey, digest, EVP_PKEY_encrypt_init)
        defer { EVP_PKEY_CTX_free(context) }
        var ciphertext = [UInt8](repeating: 0, count: (bits + 7) / 8)
        var count = ciphertext.count
        let done = plaintext.withUnsafeBufferPointer { plaintext in
            EVP_PKEY_encrypt(context, &ciphertext, &count, plaintext.baseAddress, plaintext.count)
        }
        guard done == 1, count == ciphertext.count else { throw CryptoError("encrypt with RSA-OAEP") }
        return ciphertext
    }

    /// Undoes ``encryptOAEP(_:digest:)``.
    ///
    /// - Throws: the same `CryptoError` whatever is wrong with the ciphertext, because a difference would let a peer
    ///   decrypt by asking (RFC 8017 §7.1.2).
    package func decryptOAEP(
        _ ciphertext: Span<UInt8>, digest: DigestAlgorithm
    ) throws(CryptoError) -> SecretBytes {
        guard isPrivate, case .rsa(let bits) = kind else { throw CryptoError("decrypt without a private RSA key") }
        let context = try makeContext(self, digest, EVP_PKEY_decrypt_init)
        defer { EVP_PKEY_CTX_free(context) }
        let width = (bits + 7) / 8
        var count = width
        var isDone = false
        let padded = SecretBytes(count: width) { (span) throws(Never) in
            isDone = span.withUnsafeMutableBufferPointer { buffer in
                ciphertext.withUnsafeBufferPointer { ciphertext in
                    ciphertext.count == width
                        && EVP_PKEY_decrypt(
                            context, buffer.baseAddress, &count, ciphertext.baseAddress, ciphertext.count) == 1
                }
            }
        }
        guard isDone, count <= width else { throw CryptoError("decrypt with RSA-OAEP") }
        return padded.withBytes { octets in SecretBytes(copying: octets.extracting(first: count)) }
    }

    private func makeContext(
        _ key: AsymmetricKey, _ digest: DigestAlgorithm, _ start: (OpaquePointer?) -> Int32
    ) throws(CryptoError) -> OpaquePointer {
        guard let context = EVP_PKEY_CTX_new_from_pkey(nil, key.handle.pointer, nil) else {
            throw CryptoError("make an RSA-OAEP context")
        }
        guard start(context) == 1, EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_OAEP_PADDING) == 1,
            EVP_PKEY_CTX_set_rsa_oaep_md_name(context, digest.name, nil) == 1,
            EVP_PKEY_CTX_set_rsa_mgf1_md_name(context, digest.name, nil) == 1
        else {
            EVP_PKEY_CTX_free(context)
            throw CryptoError("set up RSA-OAEP")
        }
        return context
    }
}
