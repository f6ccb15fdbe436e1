package import ApusCrypto
import COpenSSL
package import FoundationEssentials

/// Makes OCSP responses from OpenSSL alone, as the responder of an authority does, and with what a responder may do wrong.
package struct OCSPResponder {
    /// What is said of one certificate.
    package struct Answer {
        package var status = V_OCSP_CERTSTATUS_GOOD
        package var thisUpdate = Date.now - 60
        package var nextUpdate: Date? = Date.now + 3_600
        /// Of the CertID.
        package var digest = "SHA1"
        fileprivate let certificate: Certificate
        fileprivate let issuer: Certificate

        package init(about certificate: Certificate, from issuer: Certificate) {
            self.certificate = certificate
            self.issuer = issuer
        }
    }

    package struct Failure: Error {}

    private let signer: CertificateIdentity
    private let sendsCertificate: Bool

    /// - Parameter sendsCertificate: As one does who is not the issuer.
    package init(_ signer: CertificateIdentity, sendsCertificate: Bool = false) {
        self.signer = signer
        self.sendsCertificate = sendsCertificate
    }

    /// A response without an answer (RFC 6960 §4.2.1), in DER.
    package static func refusal(_ status: Int32) throws -> [UInt8] { try encode(status, nil) }

    /// A signed response in DER.
    package func response(_ answers: Answer...) throws -> [UInt8] {
        guard let basic = OCSP_BASICRESP_new() else { throw Failure() }
        defer { OCSP_BASICRESP_free(basic) }
        for answer in answers { try Self.add(answer, to: basic) }
        let certificate = try Self.x509(signer.certificate)
        defer { X509_free(certificate) }
        let key = try Self.key(signer)
        defer { EVP_PKEY_free(key) }
        let flags = sendsCertificate ? 0 : UInt(OCSP_NOCERTS)
        guard OCSP_basic_sign(basic, certificate, key, EVP_sha256(), nil, flags) == 1 else { throw Failure() }
        return try Self.encode(OCSP_RESPONSE_STATUS_SUCCESSFUL, basic)
    }

    private static func add(_ answer: Answer, to basic: OpaquePointer) throws {
        let (certificate, issuer) = (try x509(answer.certificate), try x509(answer.issuer))
        let identifier = OCSP_cert_to_id(EVP_get_digestbyname(answer.digest), certificate, issuer)
        let revocation = ASN1_TIME_set(nil, time_t(answer.thisUpdate.timeIntervalSince1970))
        let this = ASN1_TIME_set(nil, time_t(answer.thisUpdate.timeIntervalSince1970))
        let next = answer.nextUpdate.flatMap { ASN1_TIME_set(nil, time_t($0.timeIntervalSince1970)) }
        defer {
            for time in [revocation, this, next] { ASN1_STRING_free(time) }
            OCSP_CERTID_free(identifier)
            X509_free(issuer)
            X509_free(certificate)
        }
        guard OCSP_basic_add1_status(basic, identifier, answer.status, -1, revocation, this, next) != nil else {
            throw Failure()
        }
    }

    private static func encode(_ status: Int32, _ basic: OpaquePointer?) throws -> [UInt8] {
        guard let response = OCSP_response_create(status, basic) else { throw Failure() }
        defer { OCSP_RESPONSE_free(response) }
        var der = [UInt8](repeating: 0, count: Int(max(0, i2d_OCSP_RESPONSE(response, nil))))
        der.withUnsafeMutableBufferPointer { buffer in
            var position = buffer.baseAddress
            i2d_OCSP_RESPONSE(response, &position)
        }
        return der
    }

    /// A copy of the identity's certificate as PEM that demands stapling (RFC 7633), signed by `issuer`.
    package static func demandingStapling(
        _ identity: CertificateIdentity, signedBy issuer: CertificateIdentity
    ) throws -> String {
        let certificate = try x509(identity.certificate)
        defer { X509_free(certificate) }
        let key = try key(issuer)
        defer { EVP_PKEY_free(key) }
        let demand = X509V3_EXT_conf_nid(nil, nil, NID_tlsfeature, "status_request")
        defer { X509_EXTENSION_free(demand) }
        guard X509_add_ext(certificate, demand, -1) == 1, X509_sign(certificate, key, EVP_sha256()) > 0,
            let text = BIO_new(BIO_s_mem())
        else { throw Failure() }
        defer { BIO_free(text) }
        PEM_write_bio_X509(text, certificate)
        var octets = [UInt8](repeating: 0, count: BIO_ctrl_pending(text))
        BIO_read(text, &octets, Int32(octets.count))
        return String(decoding: octets, as: UTF8.self)
    }

    private static func x509(_ certificate: Certificate) throws -> OpaquePointer {
        let der = certificate.der
        let read = der.withUnsafeBufferPointer { octets in
            var position = octets.baseAddress
            return d2i_X509(nil, &position, octets.count)
        }
        guard let read else { throw Failure() }
        return read
    }

    private static func key(_ identity: CertificateIdentity) throws -> OpaquePointer {
        let text = Array(identity.pemPrivateKey.utf8)
        let bio = BIO_new_mem_buf(text, Int32(text.count))
        defer { BIO_free(bio) }
        guard let key = PEM_read_bio_PrivateKey(bio, nil, nil, nil) else { throw Failure() }
        return key
    }
}
