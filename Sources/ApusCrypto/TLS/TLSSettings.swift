import COpenSSL

/// The rules that servers and clients have in common.
enum TLSSettings {
    // All of them are allowed in HTTP/2 as well (RFC 9113 §9.2.2). AES-128 first: it is the cheapest here, and a
    // client without AES instructions puts ChaCha20 first, which is then followed.
    private static let suites = "TLS_AES_128_GCM_SHA256:TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256"
    private static let suitesOfTLS12 =
        "ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384:"
        + "ECDHE-RSA-AES256-GCM-SHA384:ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305"
    private static let groups = "X25519:P-256:P-384"

    static func makeContext(
        _ method: OpaquePointer?, for source: String
    ) throws(TLSConfigurationError) -> OpenSSLObject {
        ERR_clear_error()
        guard let made = SSL_CTX_new(method) else {
            throw .rejected(path: source, reason: OpenSSLFailure.takeReason())
        }
        let handle = OpenSSLObject(made, release: SSL_CTX_free)
        let context = handle.pointer
        // 112 bits of strength everywhere, whatever the machine's openssl.cnf says.
        SSL_CTX_set_security_level(context, 2)
        guard
            COpenSSL_SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION) == 1,
            COpenSSL_SSL_CTX_set_max_proto_version(context, TLS1_3_VERSION) == 1,
            SSL_CTX_set_ciphersuites(context, suites) == 1,
            SSL_CTX_set_cipher_list(context, suitesOfTLS12) == 1,
            COpenSSL_SSL_CTX_set1_groups_list(context, groups) == 1
        else {
            throw .rejected(path: source, reason: OpenSSLFailure.takeReason())
        }
        SSL_CTX_set_options(
            context,
            COpenSSL_SSL_OP_NO_COMPRESSION | COpenSSL_SSL_OP_NO_RENEGOTIATION | COpenSSL_SSL_OP_CIPHER_SERVER_PREFERENCE
                | COpenSSL_SSL_OP_PRIORITIZE_CHACHA)
        COpenSSL_SSL_CTX_set_session_cache_mode(context, Int(SSL_SESS_CACHE_OFF))
        return handle
    }
}
