import COpenSSL
import FoundationEssentials

/// The part of a basic OCSP response that is about one certificate (RFC 6960 §4.2.1).
struct OCSPStatement {
    private let response: OpenSSLObject
    /// Lives as long as `response`.
    private let single: OpaquePointer
    /// Nil when the chain does not hold the certificate's issuer, as it does not where that is a root.
    private let issuer: Certificate?

    /// Looks for the first single response about the chain's first certificate.
    init(in response: OpenSSLObject, of chain: [Certificate]) throws(OCSPResponseFlaw) {
        let certificate = chain[0]
        let issuer = chain.first { X509_check_issued($0.handle.pointer, certificate.handle.pointer) == X509_V_OK }
        let singles = (0..<max(0, OCSP_resp_count(response.pointer))).lazy.compactMap {
            OCSP_resp_get0(response.pointer, $0)
        }
        guard let single = singles.first(where: { Self.isAbout(certificate, issuedBy: issuer, $0) }) else {
            throw .otherCertificate(serialNumber: certificate.serialNumber, issuer: certificate.issuer)
        }
        self.response = response
        self.single = single
        self.issuer = issuer
    }

    /// Compares with the CertID in whatever hash the responder has chosen; without the issuer's key, all but that.
    private static func isAbout(
        _ certificate: Certificate, issuedBy issuer: Certificate?, _ single: OpaquePointer
    ) -> Bool {
        let subject = certificate.handle.pointer
        var nameHash: UnsafeMutablePointer<ASN1_OCTET_STRING>?
        var serialNumber: UnsafeMutablePointer<ASN1_INTEGER>?
        var algorithm: OpaquePointer?
        guard let identifier = OCSP_SINGLERESP_get0_id(single),
            OCSP_id_get0_info(&nameHash, &algorithm, nil, &serialNumber, identifier) == 1,
            let digest = EVP_get_digestbyname(OBJ_nid2sn(OBJ_obj2nid(algorithm)))
        else { return false }
        if let issuer {
            guard let expected = OCSP_cert_to_id(digest, subject, issuer.handle.pointer) else { return false }
            defer { OCSP_CERTID_free(expected) }
            return OCSP_id_cmp(expected, identifier) == 0
        }
        var expected = [UInt8](repeating: 0, count: Int(EVP_MAX_MD_SIZE))
        var count: UInt32 = 0
        guard ASN1_INTEGER_cmp(serialNumber, X509_get0_serialNumber(subject)) == 0,
            X509_NAME_digest(X509_get_issuer_name(subject), digest, &expected, &count) == 1
        else { return false }
        let found = UnsafeBufferPointer(
            start: ASN1_STRING_get0_data(nameHash), count: Int(ASN1_STRING_length(nameHash)))
        return found.elementsEqual(expected.prefix(Int(count)))
    }

    /// - Returns: The statement's `nextUpdate`, which may have passed.
    func check(at date: Date) throws(OCSPResponseFlaw) -> Date? {
        var revocation: UnsafeMutablePointer<ASN1_GENERALIZEDTIME>?
        var this: UnsafeMutablePointer<ASN1_GENERALIZEDTIME>?
        var next: UnsafeMutablePointer<ASN1_GENERALIZEDTIME>?
        let status = OCSP_single_get0_status(single, nil, &revocation, &this, &next)
        guard ASN1_GENERALIZEDTIME_check(this) == 1, next == nil || ASN1_GENERALIZEDTIME_check(next) == 1 else {
            throw .malformed
        }
        let nextUpdate = next.map { Certificate.date($0) }
        // The certificate of a responder may end soon after its last response, which is no flaw of one that has lapsed.
        try verify(at: min(date, nextUpdate ?? date))
        switch status {
        case V_OCSP_CERTSTATUS_GOOD: break
        case V_OCSP_CERTSTATUS_REVOKED: throw .revoked(date: Certificate.date(revocation))
        default: throw .unknown
        }
        let thisUpdate = Certificate.date(this)
        guard thisUpdate <= date + OCSPResponse.clockTolerance else { throw .notYetValid(thisUpdate: thisUpdate) }
        return nextUpdate
    }

    /// Checks that the issuer has signed, or a responder whom it has authorized (RFC 6960 §4.2.2.2), when the issuer is known.
    private func verify(at date: Date) throws(OCSPResponseFlaw) {
        guard let issuer else { return }
        ERR_clear_error()
        guard let store = X509_STORE_new(), let known = OPENSSL_sk_new_null() else {
            throw .unverified(reason: "out of memory")
        }
        defer {
            X509_STORE_free(store)
            OPENSSL_sk_free(known)
        }
        // The issuer is trusted for its own certificates, whoever has signed its own.
        X509_STORE_set_flags(store, UInt(X509_V_FLAG_PARTIAL_CHAIN))
        X509_VERIFY_PARAM_set_time(X509_STORE_get0_param(store), time_t(date.timeIntervalSince1970.rounded(.down)))
        guard X509_STORE_add_cert(store, issuer.handle.pointer) == 1,
            OPENSSL_sk_push(known, UnsafeRawPointer(issuer.handle.pointer)) > 0,
            OCSP_basic_verify(response.pointer, known, store, UInt(OCSP_NOEXPLICIT)) == 1
        else { throw .unverified(reason: OpenSSLFailure.takeReasonInDetail()) }
    }
}
