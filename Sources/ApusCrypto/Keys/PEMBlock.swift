import COpenSSL

/// One encapsulated message of a PEM text (RFC 1421 §4.4), wiped when it goes.
final class PEMBlock {
    let label: String
    private(set) var wasEncrypted = false
    private let header: UnsafeMutablePointer<CChar>?
    private let octets: UnsafeMutablePointer<UInt8>?
    private let capacity: Int
    private var count: Int

    /// The next one; `nil` when there is no other, or it is broken.
    init?(_ bio: OpaquePointer) {
        var name: UnsafeMutablePointer<CChar>?
        var header: UnsafeMutablePointer<CChar>?
        var octets: UnsafeMutablePointer<UInt8>?
        var count = 0
        guard PEM_read_bio_ex(bio, &name, &header, &octets, &count, UInt32(PEM_FLAG_SECURE)) == 1, let name else {
            return nil
        }
        label = String(cString: name)
        CRYPTO_secure_free(name, nil, 0)
        self.header = header
        self.octets = octets
        self.count = count
        capacity = count
    }

    deinit {
        CRYPTO_secure_free(header, nil, 0)
        CRYPTO_secure_clear_free(octets, capacity, nil, 0)
    }

    var content: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: octets, count: count) }

    /// Undoes the encryption that the header names, in place (RFC 1421 §4.6.1.1); without such a header nothing happens.
    func decrypt(_ passphrase: SecretBytes?) throws(KeyMaterialError) {
        var cipher = EVP_CIPHER_INFO()
        guard PEM_get_EVP_CIPHER_INFO(header, &cipher) == 1 else { throw .encryptionNotSupported }
        guard cipher.cipher != nil else { return }
        guard let passphrase else { throw .passphraseMissing }
        wasEncrypted = true
        let opened = passphrase.withBytes { bytes in
            bytes.withUnsafeBytes { bytes in
                var secret = bytes
                var length = count
                // Without a callback of ours OpenSSL would ask on the terminal and wait.
                let done = PEM_do_header(
                    &cipher, octets, &length,
                    { buffer, size, _, secret in
                        guard let buffer, let secret = secret?.load(as: UnsafeRawBufferPointer.self),
                            secret.count <= Int(size)
                        else { return -1 }
                        UnsafeMutableRawBufferPointer(start: buffer, count: Int(size)).copyMemory(from: secret)
                        return Int32(secret.count)
                    }, &secret)
                return done == 1 ? length : nil
            }
        }
        guard let opened else { throw DecodingFailure.takeDecryption() }
        count = opened
    }
}
