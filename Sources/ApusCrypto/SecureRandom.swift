import COpenSSL

/// Octets from OpenSSL's generator, which the operating system seeds.
package enum SecureRandom {
    /// Draws `count` octets, 0 to 2^31 − 1 of them.
    ///
    /// - Throws: `CryptoError` when the generator cannot be seeded. There is no weaker fallback.
    package static func bytes(_ count: Int) throws(CryptoError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        var span = bytes.mutableSpan
        try fill(&span)
        return bytes
    }

    static func fill(_ span: inout MutableSpan<UInt8>) throws(CryptoError) {
        guard let count = Int32(exactly: span.count) else { throw CryptoError("draw more than 2^31 random octets") }
        let done = span.withUnsafeMutableBufferPointer { buffer in RAND_bytes(buffer.baseAddress, count) }
        guard done == 1 else { throw CryptoError("draw random octets") }
    }
}
