/// The memory into which one loop reads for all of its sockets in turn.
///
/// A connection owns octets only while it holds an incomplete message; what is here is gone at the next read.
final class ScratchBuffers {
    /// A TLS record carries at most 16 KiB, so that one read of ciphertext never yields more plaintext than fits.
    static let octets = 64 * 1_024

    /// What the last read of a socket brought, decrypted where it was encrypted.
    let plaintext = UnsafeMutableRawBufferPointer.allocate(byteCount: octets + 16 * 1_024 + 1_024, alignment: 64)
    /// How many octets of `plaintext` are of the last read.
    var receivedCount = 0
    /// What the last read of a TLS socket brought.
    let ciphertext = UnsafeMutableRawBufferPointer.allocate(byteCount: octets, alignment: 64)

    deinit {
        plaintext.deallocate()
        ciphertext.deallocate()
    }
}
