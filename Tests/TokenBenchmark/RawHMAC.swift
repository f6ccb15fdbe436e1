import COpenSSL

/// HMAC-SHA256 as fast as OpenSSL can: one context, used again and again under the key that was set once.
final class RawHMAC {
    private let context: OpaquePointer?

    init(_ secret: [UInt8]) {
        let algorithm = EVP_MAC_fetch(nil, OSSL_MAC_NAME_HMAC, nil)
        context = EVP_MAC_CTX_new(algorithm)
        EVP_MAC_free(algorithm)
        precondition(COpenSSL_EVP_MAC_init_digest(context, secret, secret.count, "SHA256") == 1, "no HMAC-SHA256")
    }

    deinit { EVP_MAC_CTX_free(context) }

    func authenticate(_ message: [UInt8], into code: inout [UInt8]) {
        var count = 0
        EVP_MAC_init(context, nil, 0, nil)
        EVP_MAC_update(context, message, message.count)
        EVP_MAC_final(context, &code, &count, code.count)
    }
}
