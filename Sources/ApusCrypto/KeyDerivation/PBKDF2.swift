import COpenSSL

/// The password-based key derivation function 2 with HMAC (RFC 8018 §5.2).
package enum PBKDF2 {
    /// - Throws: `CryptoError` when there are no iterations or OpenSSL is out of memory.
    package static func derive(
        _ digest: DigestAlgorithm,
        from password: SecretBytes,
        salt: Span<UInt8>,
        iterations: Int,
        count: Int
    ) throws(CryptoError) -> SecretBytes {
        guard let iterations = UInt64(exactly: iterations) else { throw CryptoError("iterate fewer than 0 times") }
        return try KeyDerivationFunction.derive(KeyDerivationFunction.password, count: count) { context, output in
            password.withBytes { password in
                password.withUnsafeBufferPointer { password in
                    salt.withUnsafeBufferPointer { salt in
                        COpenSSL_EVP_KDF_derive_password(
                            context, digest.name, password.baseAddress, password.count, salt.baseAddress, salt.count,
                            iterations, output.baseAddress, output.count)
                    }
                }
            }
        }
    }
}
