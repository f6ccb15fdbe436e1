/// Why a decryption gave nothing.
///
/// A wrong key, a changed octet, a wrong length and wrong padding are one case: whoever can tell them apart can use the
/// difference as an oracle.
package enum CipherError: Error, Hashable, Sendable {
    case decryptionFailed
    case unavailable(CryptoError)
}
