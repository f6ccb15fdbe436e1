import COpenSSL
import FoundationEssentials

/// What a certificate that is to be made will say.
struct CertificateTemplate {
    var commonName: String
    var organization: String?
    var names: [SubjectAlternativeName] = []
    var usages: [ExtendedKeyUsage] = []
    var isAuthority = false
    /// One hour ago unless given, so that a peer whose clock is a little behind accepts the certificate.
    var start: Date?
    var lifetime: Duration

    /// Makes a new key on P-256 and a certificate for it.
    ///
    /// - Parameter issuer: who signs; nil lets the new key sign.
    func issue(by issuer: CertificateIdentity? = nil) throws(TLSConfigurationError) -> CertificateIdentity {
        let source = (issuer == nil ? "self-signed certificate for " : "certificate for ") + commonName
        ERR_clear_error()
        guard let newKey = COpenSSL_EVP_EC_gen("P-256"), let newCertificate = X509_new() else {
            throw .rejected(path: source, reason: OpenSSLFailure.takeReason())
        }
        let key = OpenSSLObject(newKey, release: EVP_PKEY_free)
        let certificate = OpenSSLObject(newCertificate, release: X509_free)
        let x509 = certificate.pointer
        let signer = issuer?.certificate.handle.pointer
        // The conditions are in the order in which the fields are filled; the signature covers them all.
        guard
            X509_set_version(x509, 2) == 1,
            setRandomSerialNumber(of: x509),
            setValidity(of: x509),
            setSubject(of: x509),
            X509_set_issuer_name(x509, X509_get_subject_name(signer ?? x509)) == 1,
            X509_set_pubkey(x509, key.pointer) == 1,
            addExtensions(to: x509, signedBy: signer),
            X509_sign(x509, (issuer?.privateKey ?? key).pointer, EVP_sha256()) > 0
        else {
            throw .rejected(path: source, reason: OpenSSLFailure.takeReason())
        }
        // RFC 8446 §4.4.2 lets the root be left out: who does not have it would not trust it.
        let issuers = issuer.map { $0.chain.filter { !$0.isSelfSigned } } ?? []
        return CertificateIdentity(
            chain: [Certificate(certificate)] + issuers, privateKey: key, certificateSource: source,
            privateKeySource: source)
    }

    private static let backdating: TimeInterval = 3_600

    /// RFC 5280 §4.1.2.2 allows 20 octets and wants a positive number: 159 random bits, the highest of them set.
    private func setRandomSerialNumber(of x509: OpaquePointer) -> Bool {
        guard let number = BN_new() else { return false }
        defer { BN_free(number) }
        return BN_rand(number, 159, BN_RAND_TOP_ONE, BN_RAND_BOTTOM_ANY) == 1
            && BN_to_ASN1_INTEGER(number, X509_get_serialNumber(x509)) != nil
    }

    private func setValidity(of x509: OpaquePointer) -> Bool {
        let begin = start ?? Date.now - Self.backdating
        var seconds = time_t(begin.timeIntervalSince1970.rounded(.down))
        let (days, rest) = lifetime.components.seconds.quotientAndRemainder(dividingBy: 86_400)
        return X509_time_adj_ex(X509_getm_notBefore(x509), 0, 0, &seconds) != nil
            && X509_time_adj_ex(X509_getm_notAfter(x509), Int32(clamping: days), Int(rest), &seconds) != nil
    }

    private func setSubject(of x509: OpaquePointer) -> Bool {
        let subject = X509_get_subject_name(x509)
        if let organization, !Self.add(NID_organizationName, organization, to: subject) { return false }
        return Self.add(NID_commonName, commonName, to: subject)
    }

    private static func add(_ attribute: Int32, _ value: String, to name: OpaquePointer?) -> Bool {
        // OpenSSL would take the text before an octet of zero for the whole.
        !value.utf8.contains(0) && X509_NAME_add_entry_by_NID(name, attribute, MBSTRING_UTF8, value, -1, -1, 0) == 1
    }

    private func addExtensions(to x509: OpaquePointer, signedBy signer: OpaquePointer?) -> Bool {
        let constraints = isAuthority ? "critical,CA:TRUE" : "critical,CA:FALSE"
        let keyUsage = isAuthority ? "critical,keyCertSign,cRLSign" : "critical,digitalSignature"
        let usages = usages.map(\.identifier).joined(separator: ",")
        return Self.addExtension(NID_basic_constraints, constraints, to: x509)
            && Self.addExtension(NID_key_usage, keyUsage, to: x509)
            && (usages.isEmpty || Self.addExtension(NID_ext_key_usage, usages, to: x509))
            && Self.addExtension(NID_subject_key_identifier, "hash", to: x509)
            && (signer == nil || Self.addExtension(NID_authority_key_identifier, "keyid", to: x509, signedBy: signer))
            && GeneralNames.add(names, to: x509)
    }

    private static func addExtension(
        _ identifier: Int32, _ value: String, to x509: OpaquePointer, signedBy signer: OpaquePointer? = nil
    ) -> Bool {
        var context = X509V3_CTX()
        X509V3_set_ctx(&context, signer ?? x509, x509, nil, nil, 0)
        guard let made = X509V3_EXT_conf_nid(nil, &context, identifier, value) else { return false }
        defer { X509_EXTENSION_free(made) }
        return X509_add_ext(x509, made, -1) == 1
    }
}
