public import FoundationEssentials

/// Why an OCSP response (RFC 6960) is not stapled to a certificate.
public enum OCSPResponseFlaw: Error, Equatable, Sendable {
    /// The file does not exist or may not be read.
    case unreadable(reason: String)
    /// The file is larger than 32 KiB.
    case tooLarge
    /// The file holds something else than one OCSPResponse in DER, with a basic response where there is one.
    case malformed
    /// The responder has given no answer; `status` says why, in OpenSSL's words.
    case unsuccessful(status: String)
    /// No single response is for the certificate's serial number and issuer.
    case otherCertificate(serialNumber: String, issuer: String)
    /// Neither the certificate's issuer has signed the response nor one whom it has authorized to.
    case unverified(reason: String)
    /// The certificate was revoked on `date`.
    case revoked(date: Date)
    /// The responder does not know the certificate.
    case unknown
    /// `thisUpdate` is more than five minutes in the future.
    case notYetValid(thisUpdate: Date)
}

extension OCSPResponseFlaw: CustomStringConvertible {
    /// What was found, what was expected, and what to do.
    public var description: String {
        switch self {
        case .unreadable(let reason):
            "\(reason). Expected a file that this process may read: fetch the response before the server starts, or name no file."
        case .tooLarge:
            "it is larger than \(OCSPResponse.maximumOctets) bytes. Expected one response, which has a few thousand at most."
        case .malformed:
            "it is no OCSP response in DER. Expected what 'openssl ocsp -respout' writes, with no PEM or Base64 around it."
        case .unsuccessful(let status):
            "the responder's status is '\(status)'. Expected 'successful': ask the responder again."
        case .otherCertificate(let serialNumber, let issuer):
            "it says nothing of the certificate with the serial number \(serialNumber) from '\(issuer)'. Expected the response "
                + "for this certificate: ask for a new one whenever the certificate has been renewed."
        case .unverified(let reason):
            "its signature does not count (\(reason)). Expected that of the certificate's issuer, or of a responder with "
                + "a certificate for OCSP signing from this issuer: ask the responder that the certificate names."
        case .revoked(let date):
            "the certificate was revoked at \(date.formatted(.iso8601)). Expected the status 'good': have a new "
                + "certificate issued."
        case .unknown:
            "the responder does not know the certificate. Expected the status 'good': ask the responder that the "
                + "certificate names."
        case .notYetValid(let thisUpdate):
            "it is from \(thisUpdate.formatted(.iso8601)), which is in the future. Expected one that counts already: check "
                + "this machine's clock."
        }
    }
}
