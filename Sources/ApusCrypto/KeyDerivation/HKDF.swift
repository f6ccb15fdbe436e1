import COpenSSL

/// The key derivation function with HMAC that extracts and expands (RFC 5869).
package enum HKDF {
    /// - Parameters:
    ///   - salt: not secret; may be empty.
    ///   - information: what the key is for; another text gives another key.
    /// - Throws: `CryptoError` for more than 255 times the hash's length, or when OpenSSL is out of memory.
    package static func derive(
        _ digest: DigestAlgorithm,
        from secret: SecretBytes,
        salt: [UInt8] = [],
        information: Span<UInt8>,
        count: Int
    ) throws(CryptoError) -> SecretBytes {
        try KeyDerivationFunction.derive(KeyDerivationFunction.extractAndExpand, count: count) { context, output in
            secret.withBytes { secret in
                secret.withUnsafeBufferPointer { secret in
                    salt.span.withUnsafeBufferPointer { salt in
                        information.withUnsafeBufferPointer { information in
                            COpenSSL_EVP_KDF_derive_hkdf(
                                context, digest.name, secret.baseAddress, secret.count, salt.baseAddress, salt.count,
                                information.baseAddress, information.count, output.baseAddress, output.count)
                        }
                    }
                }
            }
        }
    }
}
