import COpenSSL
import FoundationEssentials

/// Gives clients that ask for it the OCSP response for the certificate that they get (RFC 6066 §8, RFC 8446 §4.4.2.1).
final class Stapling: Sendable {
    /// By the address of the X509 object, which `groups` keeps alive.
    private let responses: [UInt: OCSPResponse]
    private let groups: CertificateGroups

    /// `nil` when no certificate has a response.
    init?(_ groups: CertificateGroups) {
        var responses: [UInt: OCSPResponse] = [:]
        for identity in groups.groups.flatMap(\.identities) {
            responses[UInt(bitPattern: identity.certificate.handle.pointer)] = identity.ocspResponse
        }
        if responses.isEmpty { return nil }
        self.responses = responses
        self.groups = groups
    }

    /// Makes `context` staple; whoever owns the context keeps this object alive.
    func install(in context: OpaquePointer) {
        COpenSSL_SSL_CTX_set_tlsext_status_cb(
            context,
            { session, stapling in
                guard let session, let stapling else { return SSL_TLSEXT_ERR_NOACK }
                return Unmanaged<Stapling>.fromOpaque(stapling).takeUnretainedValue().staple(to: session)
            },
            Unmanaged.passUnretained(self).toOpaque())
    }

    /// OpenSSL calls this when a client has asked and the certificate has been chosen, and frees the copy that it is given.
    private func staple(to session: OpaquePointer) -> Int32 {
        guard let certificate = SSL_get_certificate(session), let response = responses[UInt(bitPattern: certificate)],
            response.isCurrent(at: Date()),
            let copy = response.der.withUnsafeBytes({ CRYPTO_memdup($0.baseAddress, $0.count, nil, 0) })
        else { return SSL_TLSEXT_ERR_NOACK }
        COpenSSL_SSL_set_tlsext_status_ocsp_resp(session, copy, response.der.count)
        return SSL_TLSEXT_ERR_OK
    }
}
