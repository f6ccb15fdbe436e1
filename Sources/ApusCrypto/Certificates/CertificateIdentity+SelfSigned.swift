import COpenSSL

extension CertificateIdentity {
    /// Makes a new key on P-256 and a certificate for it that it signs itself.
    ///
    /// For development and tests: a client trusts it only after it has been given `pemCertificate`.
    /// - Parameters:
    ///   - ipAddresses: In the usual text forms of IPv4 and IPv6.
    ///   - lifetime: Whole days, counted from one hour ago, so that a client whose clock is a little behind accepts it.
    /// - Throws: ``TLSConfigurationError/rejected(path:reason:)`` for a name that a certificate cannot hold.
    package static func selfSigned(
        commonName: String = "localhost",
        dnsNames: [String] = ["localhost"],
        ipAddresses: [String] = ["127.0.0.1", "::1"],
        validFor lifetime: Duration = .seconds(30 * 86_400)
    ) throws(TLSConfigurationError) -> CertificateIdentity {
        let source = "self-signed certificate for \(commonName)"
        ERR_clear_error()
        guard let newKey = COpenSSL_EVP_EC_gen("P-256"), let newCertificate = X509_new() else {
            throw .rejected(path: source, reason: OpenSSLFailure.takeReason())
        }
        let key = OpenSSLObject(newKey, release: EVP_PKEY_free)
        let certificate = OpenSSLObject(newCertificate, release: X509_free)
        let x509 = certificate.pointer

        let (lifetimeSeconds, _) = lifetime.components
        let (days, seconds) = (lifetimeSeconds - backdating).quotientAndRemainder(dividingBy: 86_400)
        let subject = X509_get_subject_name(x509)
        // The conditions are in the order in which the fields are filled; the signature covers them all.
        guard
            X509_set_version(x509, 2) == 1,
            setRandomSerialNumber(of: x509),
            X509_time_adj_ex(X509_getm_notBefore(x509), 0, -Int(backdating), nil) != nil,
            X509_time_adj_ex(X509_getm_notAfter(x509), Int32(clamping: days), Int(seconds), nil) != nil,
            X509_NAME_add_entry_by_NID(subject, NID_commonName, MBSTRING_UTF8, commonName, -1, -1, 0) == 1,
            X509_set_issuer_name(x509, subject) == 1,
            X509_set_pubkey(x509, key.pointer) == 1,
            addExtension(NID_basic_constraints, "critical,CA:FALSE", to: x509),
            addExtension(NID_key_usage, "critical,digitalSignature", to: x509),
            addExtension(NID_ext_key_usage, "serverAuth", to: x509),
            addExtension(NID_subject_key_identifier, "hash", to: x509),
            addSubjectAlternativeNames(dnsNames: dnsNames, ipAddresses: ipAddresses, to: x509),
            X509_sign(x509, key.pointer, EVP_sha256()) > 0
        else {
            throw .rejected(path: source, reason: OpenSSLFailure.takeReason())
        }
        return CertificateIdentity(
            chain: [Certificate(certificate)], privateKey: key, certificateSource: source, privateKeySource: source)
    }

    private static var backdating: Int64 { 3_600 }

    /// RFC 5280 §4.1.2.2 allows 20 octets and wants a positive number: 159 random bits, the highest of them set.
    private static func setRandomSerialNumber(of x509: OpaquePointer) -> Bool {
        guard let number = BN_new() else { return false }
        defer { BN_free(number) }
        return BN_rand(number, 159, BN_RAND_TOP_ONE, BN_RAND_BOTTOM_ANY) == 1
            && BN_to_ASN1_INTEGER(number, X509_get_serialNumber(x509)) != nil
    }

    private static func addExtension(_ identifier: Int32, _ value: String, to x509: OpaquePointer) -> Bool {
        var context = X509V3_CTX()
        X509V3_set_ctx(&context, x509, x509, nil, nil, 0)
        guard let made = X509V3_EXT_conf_nid(nil, &context, identifier, value) else { return false }
        defer { X509_EXTENSION_free(made) }
        return X509_add_ext(x509, made, -1) == 1
    }

    /// Built as objects and not from OpenSSL's configuration text, in which a comma in a name would begin another one.
    private static func addSubjectAlternativeNames(
        dnsNames: [String], ipAddresses: [String], to x509: OpaquePointer
    ) -> Bool {
        if dnsNames.isEmpty && ipAddresses.isEmpty { return true }
        guard let names = GENERAL_NAMES_new() else { return false }
        defer { GENERAL_NAMES_free(names) }
        for name in dnsNames {
            let value = ASN1_STRING_type_new(V_ASN1_IA5STRING)
            guard !name.isEmpty, name.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }),
                ASN1_STRING_set(value, name, -1) == 1,
                append(GEN_DNS, value, to: names)
            else {
                ASN1_STRING_free(value)
                return false
            }
        }
        for address in ipAddresses {
            guard let value = a2i_IPADDRESS(address), append(GEN_IPADD, value, to: names) else { return false }
        }
        return X509_add1_ext_i2d(x509, NID_subject_alt_name, UnsafeMutableRawPointer(names), 0, 0) == 1
    }

    private static func append(
        _ kind: Int32, _ value: UnsafeMutablePointer<ASN1_STRING>?, to names: OpaquePointer
    ) -> Bool {
        guard let name = GENERAL_NAME_new() else { return false }
        GENERAL_NAME_set0_value(name, kind, value)
        return OPENSSL_sk_push(names, name) > 0
    }
}
