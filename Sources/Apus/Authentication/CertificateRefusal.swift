import ApusCrypto
import FoundationEssentials

/// Why a client's certificate does not let it in, for the log.
enum CertificateRefusal: Error, CustomStringConvertible {
    case kind(ClientCertificateAuthentication.Kind)
    case expired(Date)
    case notYetValid(Date)
    case usage
    case chain(ChainRefusal)
    case notValidated(scheme: String)

    var description: String {
        switch self {
        case .kind(.selfSigned): "it is self-signed, and only those that an authority has signed are accepted"
        case .kind(.chained): "an authority has signed it, and only self-signed ones are accepted"
        case .expired(let date): "it expired at \(date.formatted(.iso8601))"
        case .notYetValid(let date): "it is not valid before \(date.formatted(.iso8601))"
        case .usage:
            "it is not for TLS clients: its extended key usage lacks \(ExtendedKeyUsage.clientAuthentication)"
        case .chain(let refusal): "no chain leads to a trusted certificate: \(refusal)"
        case .notValidated(let scheme): "the scheme '\(scheme)' does not let it in"
        }
    }

    /// What to do about it, for the developer.
    var remedy: String {
        switch self {
        case .kind(.selfSigned):
            "Use a certificate of a trusted authority, or put this one into the trust store and allow the kind .selfSigned."
        case .kind(.chained): "Use one of the trusted self-signed certificates, or allow the kind .chained."
        case .expired: "Have the certificate renewed; check both clocks."
        case .notYetValid: "Wait until then; check both clocks."
        case .usage: "Have the certificate issued with the extended key usage clientAuth."
        case .chain:
            "Use a certificate of a trusted authority, and send those between the two along; or add the authority to the trust store."
        case .notValidated: "Use another certificate, or change what the scheme's closure lets in."
        }
    }
}

extension AuthenticationRefusal {
    init(_ refusal: CertificateRefusal, of certificate: Certificate) {
        self.init(
            "The client's certificate '\(certificate.subject)' (SHA-1 \(certificate.thumbprint)) is refused: \(refusal)",
            diagnosis: Problem.Diagnosis(
                symptom: "401 with a ClientCertificate challenge, although a certificate was sent",
                cause: "The certificate is refused: \(refusal).", fix: refusal.remedy))
    }
}
