import COpenSSL
public import FoundationEssentials

/// The certificates that are trusted, and that others are trusted for.
///
/// Each stands for itself and for what it has signed: a root, an authority below one, or a single certificate.
public struct TrustStore: Sendable {
    /// The certificates, in the order in which they were given.
    public let certificates: [Certificate]
    private let store: OpenSSLObject

    /// Both are one store, and not merely two that trust the same.
    package static func === (first: TrustStore, second: TrustStore) -> Bool { first.store === second.store }

    /// Trusts these certificates.
    ///
    /// - Throws: ``TLSConfigurationError/rejected(path:reason:)`` when OpenSSL does not take one.
    public init(_ certificates: [Certificate]) throws(TLSConfigurationError) {
        guard let store = X509_STORE_new() else {
            throw .rejected(path: "trusted certificates", reason: OpenSSLFailure.takeReason())
        }
        self.store = OpenSSLObject(store, release: X509_STORE_free)
        self.certificates = certificates
        for certificate in certificates where X509_STORE_add_cert(store, certificate.handle.pointer) != 1 {
            throw .rejected(path: "trusted certificates", reason: OpenSSLFailure.takeReason())
        }
        X509_STORE_set_flags(store, UInt(X509_V_FLAG_PARTIAL_CHAIN))
    }

    /// Trusts every certificate of a PEM text.
    ///
    /// - Throws: ``TLSConfigurationError/noCertificate(path:)`` when there is none.
    public init(pem: String) throws(TLSConfigurationError) {
        try self.init(Certificate.all(pem: pem))
    }

    /// Trusts every certificate of a PEM file.
    ///
    /// - Throws: ``TLSConfigurationError``, which names the file and what is wrong with it.
    public init(path: String) throws(TLSConfigurationError) {
        try self.init(Certificate.all(path: path))
    }

    /// The most certificates between a client's own and the one that is trusted.
    static let maximumDepth: Int32 = 10

    /// Checks that a chain leads from a client's certificate, its first, to one that is trusted (RFC 5280 §6).
    ///
    /// Checks signatures, validity, what each may be used for, and a strength of 112 bits; not whether one was revoked. A
    /// certificate that says nothing about its use passes.
    /// - Returns: While every certificate of the path that was found is valid.
    /// - Throws: ``ChainRefusal`` with the reason in words.
    @discardableResult
    public func verifyClient(_ chain: [Certificate], at date: Date) throws(ChainRefusal) -> ClosedRange<Date> {
        defer { ERR_clear_error() }
        guard let leaf = chain.first else { throw ChainRefusal(reason: "there is no certificate") }
        guard let context = X509_STORE_CTX_new(), let sent = OPENSSL_sk_new_null() else {
            throw ChainRefusal(reason: "out of memory")
        }
        defer {
            X509_STORE_CTX_free(context)
            OPENSSL_sk_free(sent)
        }
        for certificate in chain.dropFirst() {
            OPENSSL_sk_push(sent, UnsafeRawPointer(certificate.handle.pointer))
        }
        guard X509_STORE_CTX_init(context, store.pointer, leaf.handle.pointer, sent) == 1,
            X509_STORE_CTX_set_purpose(context, X509_PURPOSE_SSL_CLIENT) == 1
        else { throw ChainRefusal(reason: OpenSSLFailure.takeReason()) }
        let parameters = X509_STORE_CTX_get0_param(context)
        X509_VERIFY_PARAM_set_time(parameters, time_t(date.timeIntervalSince1970.rounded(.down)))
        X509_VERIFY_PARAM_set_depth(parameters, Self.maximumDepth)
        X509_VERIFY_PARAM_set_auth_level(parameters, 2)
        guard X509_verify_cert(context) == 1 else { throw Self.refusal(context) }
        return Self.validity(ofPathIn: context, at: date)
    }

    private static func validity(ofPathIn context: OpaquePointer, at date: Date) -> ClosedRange<Date> {
        let path = X509_STORE_CTX_get0_chain(context)
        var validity = Date.distantPast...Date.distantFuture
        for index in 0..<max(0, OPENSSL_sk_num(path)) {
            guard let certificate = retained(OPENSSL_sk_value(path, index).map { OpaquePointer($0) }),
                certificate.notBefore <= certificate.notAfter
            else { return date...date }
            validity = validity.clamped(to: certificate.notBefore...certificate.notAfter)
        }
        return validity
    }

    private static func retained(_ certificate: OpaquePointer?) -> Certificate? {
        guard let certificate, X509_up_ref(certificate) == 1 else { return nil }
        return Certificate(OpenSSLObject(certificate, release: X509_free))
    }

    private static func refusal(_ context: OpaquePointer) -> ChainRefusal {
        let error = X509_STORE_CTX_get_error(context)
        let reason = String(cString: X509_verify_cert_error_string(Int(error)))
        guard let certificate = retained(X509_STORE_CTX_get_current_cert(context)) else {
            return ChainRefusal(reason: reason)
        }
        return ChainRefusal(reason: "\(reason), at '\(certificate.subject)'")
    }
}

/// Why no chain leads from a certificate to one that is trusted.
public struct ChainRefusal: Error, Equatable, CustomStringConvertible {
    /// In OpenSSL's words, with the subject of the certificate at which the chain ends; for logs, not for the client.
    public let reason: String

    /// The reason.
    public var description: String { reason }
}
