import COpenSSL

/// The rules that servers and clients have in common.
enum TLSSettings {
    static func makeContext(
        _ method: OpaquePointer?, for source: String, options: TLSOptions = TLSOptions()
    ) throws(TLSConfigurationError) -> OpenSSLObject {
        try options.check()
        ERR_clear_error()
        guard let made = SSL_CTX_new(method) else {
            throw .rejected(path: source, reason: OpenSSLFailure.takeReason())
        }
        let handle = OpenSSLObject(made, release: SSL_CTX_free)
        let context = handle.pointer
        // 112 bits of strength everywhere, whatever the machine's openssl.cnf says.
        SSL_CTX_set_security_level(context, 2)
        guard
            COpenSSL_SSL_CTX_set_min_proto_version(context, options.minimumVersion.number) == 1,
            COpenSSL_SSL_CTX_set_max_proto_version(context, TLS1_3_VERSION) == 1,
            SSL_CTX_set_ciphersuites(context, options.suites(of: .tls13)) == 1,
            // OpenSSL takes no empty list, and does not use this one where TLS 1.2 is not spoken.
            options.minimumVersion == .tls13
                || SSL_CTX_set_cipher_list(context, options.suites(of: .tls12)) == 1,
            COpenSSL_SSL_CTX_set1_groups_list(context, options.groups.map(\.rawValue).joined(separator: ":")) == 1
        else {
            throw .rejected(path: source, reason: OpenSSLFailure.takeReason())
        }
        SSL_CTX_set_options(
            context,
            COpenSSL_SSL_OP_NO_COMPRESSION | COpenSSL_SSL_OP_NO_RENEGOTIATION | COpenSSL_SSL_OP_CIPHER_SERVER_PREFERENCE
                | COpenSSL_SSL_OP_PRIORITIZE_CHACHA)
        COpenSSL_SSL_CTX_set_session_cache_mode(context, Int(SSL_SESS_CACHE_OFF))
        // A record's header and its content, and the records behind it, in one read instead of two for each.
        COpenSSL_SSL_CTX_set_read_ahead(context, 1)
        return handle
    }
}
