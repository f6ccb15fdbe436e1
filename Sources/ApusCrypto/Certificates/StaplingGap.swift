package import FoundationEssentials

/// Why a certificate goes out without an OCSP response that somebody wants with it.
package enum StaplingGap: Equatable, Sendable {
    /// The response was to be replaced by `nextUpdate`.
    case lapsed(path: String, nextUpdate: Date)
    /// The certificate demands a response (RFC 7633), and there is none.
    case demanded(path: String)
}

extension StaplingGap: CustomStringConvertible {
    package var description: String {
        switch self {
        case .lapsed(let path, let nextUpdate):
            "The OCSP response in '\(path)' has lapsed: its nextUpdate is \(nextUpdate.formatted(.iso8601)). Fetch a new one "
                + "from the certificate's responder; it is stapled when it is there."
        case .demanded(let path):
            "The certificate in '\(path)' demands a stapled OCSP response (must-staple), and some clients refuse it without. "
                + "Name a file with the response (ocspResponse), or have the certificate issued without this demand."
        }
    }
}

extension CertificateIdentity {
    /// What is missing where a server staples what this identity has.
    package func staplingGap(at date: Date) -> StaplingGap? {
        guard let ocspResponse else {
            return certificate.demandsStapling ? .demanded(path: certificateSource) : nil
        }
        guard let nextUpdate = ocspResponse.nextUpdate, !ocspResponse.isCurrent(at: date) else { return nil }
        return .lapsed(path: ocspResponse.path, nextUpdate: nextUpdate)
    }
}
