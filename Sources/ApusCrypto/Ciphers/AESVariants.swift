import COpenSSL

/// One mode of AES with its three key sizes; each cipher is fetched once and kept.
struct AESVariants: Sendable {
    static let gcm = AESVariants(mode: "GCM")
    static let cbc = AESVariants(mode: "CBC")
    static let wrap = AESVariants(mode: "WRAP")

    static let blockByteCount = 16

    private let aes128: OpenSSLObject?
    private let aes192: OpenSSLObject?
    private let aes256: OpenSSLObject?

    private init(mode: String) {
        aes128 = Self.fetch("AES-128-" + mode)
        aes192 = Self.fetch("AES-192-" + mode)
        aes256 = Self.fetch("AES-256-" + mode)
    }

    func cipher(for key: SecretBytes) throws(CryptoError) -> OpenSSLObject {
        let cipher: OpenSSLObject?
        switch key.count {
        case 16: cipher = aes128
        case 24: cipher = aes192
        case 32: cipher = aes256
        default: throw CryptoError("use an AES key of \(key.count) octets; expected 16, 24 or 32")
        }
        guard let cipher else { throw CryptoError("find AES; check the installation of libssl3 and its providers") }
        return cipher
    }

    private static func fetch(_ name: String) -> OpenSSLObject? {
        guard let cipher = EVP_CIPHER_fetch(nil, name, nil) else {
            ERR_clear_error()
            return nil
        }
        return OpenSSLObject(cipher, release: EVP_CIPHER_free)
    }
}
