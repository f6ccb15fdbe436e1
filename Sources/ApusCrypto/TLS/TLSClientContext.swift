import COpenSSL

/// What TLS sessions of a client share: whom they trust and which protocols they offer.
package final class TLSClientContext: Sendable {
    let handle: OpenSSLObject

    /// - Parameters:
    ///   - pem: One or more certificates; a server must be one of them or be certified by one of them.
    ///   - protocols: ALPN names, the most wanted first; none means that ALPN is not used.
    package init(trusting pem: String, protocols: [String] = []) throws(TLSConfigurationError) {
        let source = "trusted certificates"
        handle = try TLSSettings.makeContext(TLS_client_method(), for: source)
        let context = handle.pointer
        let anchors = try Certificate.all(pem: pem)
        for anchor in anchors {
            guard X509_STORE_add_cert(SSL_CTX_get_cert_store(context), anchor.handle.pointer) == 1 else {
                throw .rejected(path: source, reason: OpenSSLFailure.takeReason())
            }
        }
        SSL_CTX_set_verify(context, SSL_VERIFY_PEER, nil)
        let wire = ProtocolPreference(protocols).wire
        // Of all these functions this one alone answers zero for success.
        guard wire.isEmpty || SSL_CTX_set_alpn_protos(context, wire, UInt32(wire.count)) == 0 else {
            throw .rejected(path: source, reason: OpenSSLFailure.takeReason())
        }
    }
}
