import COpenSSL

extension TLSContext {
    /// Makes a server's context ask for certificates and take any.
    static func ask(
        for certificates: ClientCertificates, in context: OpaquePointer
    ) throws(TLSConfigurationError) {
        let mode = SSL_VERIFY_PEER | (certificates.isRequired ? SSL_VERIFY_FAIL_IF_NO_PEER_CERT : 0)
        SSL_CTX_set_verify(context, mode, nil)
        // In place of OpenSSL's own check: a client with a bad certificate is to get an answer, not a broken connection.
        SSL_CTX_set_cert_verify_callback(
            context,
            { verification, _ in
                guard let verification else { return 0 }
                let count = OPENSSL_sk_num(X509_STORE_CTX_get0_untrusted(verification))
                let isTooLong = count > ClientCertificates.maximumCount
                X509_STORE_CTX_set_error(verification, isTooLong ? X509_V_ERR_CERT_CHAIN_TOO_LONG : X509_V_OK)
                return isTooLong ? 0 : 1
            }, nil)
        COpenSSL_SSL_CTX_set_max_cert_list(context, ClientCertificates.maximumOctets)
        // A ticket holds the client's certificate but not the rest of its chain, and would prove the key once and for all.
        SSL_CTX_set_options(context, COpenSSL_SSL_OP_NO_TICKET)
        SSL_CTX_set_num_tickets(context, 0)
        for authority in certificates.named?.certificates ?? [] {
            guard SSL_CTX_add_client_CA(context, authority.handle.pointer) == 1 else {
                throw .rejected(path: "authorities of client certificates", reason: OpenSSLFailure.takeReason())
            }
        }
    }
}

extension TLSSession {
    /// The certificates that the peer has sent, its own first; it has proven that it has the key of that one.
    ///
    /// None before the handshake has completed, and none when the peer sent none. A client has verified its server's; a
    /// server verifies nothing.
    package var peerCertificates: [Certificate] {
        guard isHandshakeComplete, let own = SSL_get0_peer_certificate(ssl) else { return [] }
        var found = [own]
        let sent = SSL_get_peer_cert_chain(ssl)
        // On the client's side the chain begins with the peer's own certificate, on the server's side behind it.
        for index in 0..<max(0, OPENSSL_sk_num(sent)) {
            guard let certificate = OPENSSL_sk_value(sent, index).map({ OpaquePointer($0) }), certificate != own else {
                continue
            }
            found.append(certificate)
        }
        return found.compactMap { certificate in
            X509_up_ref(certificate) == 1 ? Certificate(OpenSSLObject(certificate, release: X509_free)) : nil
        }
    }
}
