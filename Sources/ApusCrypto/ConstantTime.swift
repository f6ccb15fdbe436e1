import COpenSSL

/// Comparison of secrets whose duration says nothing about where they differ.
package enum ConstantTime {
    /// Whether both hold the same octets.
    ///
    /// The time taken depends on the lengths alone; a length is not treated as a secret.
    package static func equal(_ first: Span<UInt8>, _ second: Span<UInt8>) -> Bool {
        second.withUnsafeBufferPointer { second in
            guard first.count == second.count else {
                // A full pass all the same, so that a wrong length is no faster than a wrong octet.
                _ = CRYPTO_memcmp(second.baseAddress, second.baseAddress, second.count)
                return false
            }
            return first.withUnsafeBufferPointer { first in
                CRYPTO_memcmp(first.baseAddress, second.baseAddress, second.count) == 0
            }
        }
    }
}
