import COpenSSL

/// The single-step key derivation function of NIST SP 800-56A §5.8.1, also called Concat KDF.
package enum ConcatKDF {
    /// - Throws: `CryptoError` when OpenSSL is out of memory or nothing is asked for.
    package static func derive(
        _ digest: DigestAlgorithm,
        from secret: SecretBytes,
        otherInformation: Span<UInt8>,
        count: Int
    ) throws(CryptoError) -> SecretBytes {
        try KeyDerivationFunction.derive(KeyDerivationFunction.singleStep, count: count) { context, output in
            secret.withBytes { secret in
                secret.withUnsafeBufferPointer { secret in
                    otherInformation.withUnsafeBufferPointer { information in
                        COpenSSL_EVP_KDF_derive_single_step(
                            context, digest.name, secret.baseAddress, secret.count, information.baseAddress,
                            information.count, output.baseAddress, output.count)
                    }
                }
            }
        }
    }
}
