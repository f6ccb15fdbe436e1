import COpenSSL

/// What TLS sessions of a client share: whom they trust and which protocols they offer.
package final class TLSClientContext: Sendable {
    let handle: OpenSSLObject

    /// - Parameters:
    ///   - pem: One or more certificates; a server must be one of them or be certified by one of them.
    ///   - protocols: ALPN names, the most wanted first; none means that ALPN is not used.
    ///   - identity: What to show a server that asks for a certificate; whether it is valid is for the server to say.
    ///   - version: The one version to speak; nil for all.
    package convenience init(
        trusting pem: String, protocols: [String] = [], presenting identity: CertificateIdentity? = nil,
        version: TLSVersion? = nil
    ) throws(TLSConfigurationError) {
        try self.init(protocols, for: "trusted certificates") { context throws(TLSConfigurationError) in
            try identity?.install(in: context)
            if let version {
                _ = COpenSSL_SSL_CTX_set_min_proto_version(context, version.number)
                _ = COpenSSL_SSL_CTX_set_max_proto_version(context, version.number)
            }
            // A certificate in the middle of a chain, or at its end, counts when it was given.
            X509_STORE_set_flags(SSL_CTX_get_cert_store(context), UInt(X509_V_FLAG_PARTIAL_CHAIN))
            for anchor in try Certificate.all(pem: pem) {
                guard X509_STORE_add_cert(SSL_CTX_get_cert_store(context), anchor.handle.pointer) == 1 else {
                    throw .rejected(path: "trusted certificates", reason: OpenSSLFailure.takeReason())
                }
            }
        }
    }

    /// Trusts whom the machine trusts: OpenSSL's default directory and file, or what SSL_CERT_DIR and SSL_CERT_FILE name.
    package convenience init(trustingSystemWith protocols: [String]) throws(TLSConfigurationError) {
        try self.init(protocols, for: "the system's certificates") { context throws(TLSConfigurationError) in
            guard SSL_CTX_set_default_verify_paths(context) == 1 else {
                throw .rejected(path: "the system's certificates", reason: OpenSSLFailure.takeReason())
            }
        }
    }

    private init(
        _ protocols: [String], for source: String,
        trust: (OpaquePointer) throws(TLSConfigurationError) -> Void
    ) throws(TLSConfigurationError) {
        handle = try TLSSettings.makeContext(TLS_client_method(), for: source)
        let context = handle.pointer
        try trust(context)
        SSL_CTX_set_verify(context, SSL_VERIFY_PEER, nil)
        let wire = ProtocolPreference(protocols).wire
        // Of all these functions this one alone answers zero for success.
        guard wire.isEmpty || SSL_CTX_set_alpn_protos(context, wire, UInt32(wire.count)) == 0 else {
            throw .rejected(path: source, reason: OpenSSLFailure.takeReason())
        }
        // A default file that is not there is no failure, but leaves its trace.
        ERR_clear_error()
    }
}
