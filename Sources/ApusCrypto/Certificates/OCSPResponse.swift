import COpenSSL
package import FoundationEssentials

/// What a responder says of a server's certificate (RFC 6960): that it is not revoked.
package struct OCSPResponse: Sendable {
    /// With the certificate of a responder, RSA keys of 4096 bits and several answers in one, a response has less than 8 KB.
    static let maximumOctets = 32_768

    /// How far a responder's clock may be ahead of this machine's: what `openssl ocsp` takes too.
    static let clockTolerance: TimeInterval = 300

    /// Where it was read from.
    let path: String
    let der: [UInt8]
    /// When a newer one will be there at the latest; nil when the responder has one at any time.
    let nextUpdate: Date?

    /// Reads a file with one response in DER, and checks what clients would: that it is for the identity's certificate, in time,
    /// and says that the certificate is good.
    ///
    /// The signature is checked where the chain holds the certificate's issuer. One that has lapsed is read too: see
    /// ``isCurrent(at:)``.
    /// - Throws: ``TLSConfigurationError/unusableOCSPResponse(path:_:)``.
    package init(
        path: String, for identity: CertificateIdentity, at date: Date
    ) throws(TLSConfigurationError) {
        defer { ERR_clear_error() }
        self.path = path
        do throws(OCSPResponseFlaw) {
            der = try Self.octets(ofFileAt: path)
            nextUpdate = try OCSPStatement(in: Self.basicResponse(in: der), of: identity.chain).check(at: date)
        } catch {
            throw .unusableOCSPResponse(path: path, error)
        }
    }

    /// Clients take it still: `nextUpdate` has not passed.
    package func isCurrent(at date: Date) -> Bool {
        guard let nextUpdate else { return true }
        return date <= nextUpdate
    }

    private static func octets(ofFileAt path: String) throws(OCSPResponseFlaw) -> [UInt8] {
        ERR_clear_error()
        guard let file = BIO_new_file(path, "r") else {
            throw .unreadable(reason: OpenSSLFailure.takeSystemReason())
        }
        defer { BIO_free(file) }
        var octets = [UInt8](repeating: 0, count: maximumOctets + 1)
        var end = 0
        while end < octets.count {
            let count = octets.withUnsafeMutableBytes { buffer in
                BIO_read(file, buffer.baseAddress.map { $0 + end }, Int32(buffer.count - end))
            }
            if count < 0 { throw .unreadable(reason: OpenSSLFailure.takeSystemReason()) }
            if count == 0 { return Array(octets[..<end]) }
            end += Int(count)
        }
        throw .tooLarge
    }

    private static func basicResponse(in der: [UInt8]) throws(OCSPResponseFlaw) -> OpenSSLObject {
        let response = der.withUnsafeBufferPointer { octets in
            var position = octets.baseAddress
            return DERStructure.isWhole(octets) ? d2i_OCSP_RESPONSE(nil, &position, octets.count) : nil
        }
        guard let response else { throw .malformed }
        defer { OCSP_RESPONSE_free(response) }
        let status = OCSP_response_status(response)
        guard status == OCSP_RESPONSE_STATUS_SUCCESSFUL else {
            throw .unsuccessful(status: String(cString: OCSP_response_status_str(Int(status))))
        }
        guard let basic = OCSP_response_get1_basic(response) else { throw .malformed }
        return OpenSSLObject(basic, release: OCSP_BASICRESP_free)
    }
}
