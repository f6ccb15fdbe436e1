import COpenSSL

/// The password-based key derivation function that needs memory as well as time (RFC 7914).
package enum Scrypt {
    /// The three numbers of RFC 7914 §2: what a derivation costs.
    package struct Parameters: Sendable, Hashable {
        /// The logarithm to base 2 of N, the cost in time and memory.
        package let logN: Int
        /// r, the size of a block in units of 128 octets.
        package let blockSize: Int
        /// p, how many times the whole is done.
        package let parallelization: Int

        /// - Returns: nil for numbers outside of what RFC 7914 §2 allows, or with which the memory cannot be counted.
        package init?(logN: Int, blockSize: Int, parallelization: Int) {
            guard 1...32 ~= logN, 1...0xFFFF ~= blockSize, parallelization >= 1, logN < 16 * blockSize,
                parallelization <= 0x3FFF_FFFF / blockSize
            else { return nil }
            self.logN = logN
            self.blockSize = blockSize
            self.parallelization = parallelization
        }

        /// The memory that a derivation takes, in octets: N blocks, one for each pass, and two to work with.
        package var octets: Int { 128 * blockSize * (1 << logN + parallelization + 2) }
    }

    /// - Throws: `CryptoError` when OpenSSL is out of memory or nothing is asked for.
    package static func derive(
        from password: SecretBytes, salt: Span<UInt8>, _ parameters: Parameters, count: Int
    ) throws(CryptoError) -> SecretBytes {
        try KeyDerivationFunction.derive(KeyDerivationFunction.scrypt, count: count) { context, output in
            password.withBytes { password in
                password.withUnsafeBufferPointer { password in
                    salt.withUnsafeBufferPointer { salt in
                        // OpenSSL's own bound on memory, 32 MiB, is below what is recommended today.
                        COpenSSL_EVP_KDF_derive_scrypt(
                            context, password.baseAddress, password.count, salt.baseAddress, salt.count,
                            1 << UInt64(parameters.logN), UInt32(parameters.blockSize),
                            UInt32(parameters.parallelization), UInt64(parameters.octets), output.baseAddress,
                            output.count)
                    }
                }
            }
        }
    }
}
