import ApusCrypto
import ApusJOSE
import FoundationEssentials
import Synchronization

/// The certificates of a connection's client, with what was found out about them, so that not every request has to.
final class PeerChain: Sendable {
    let certificates: [Certificate]
    let kind: ClientCertificateAuthentication.Kind
    let thumbprint: CertificateThumbprint
    private let verified = Mutex(Verified?.none)

    /// A path to a trusted certificate, and what follows from it.
    private struct Verified {
        let authorities: TrustStore
        /// While every certificate of the path is valid; the other things that are checked do not change.
        let validity: ClosedRange<Date>
        let claims: Claims
    }

    /// Nil for a client that has sent no certificate.
    init?(_ certificates: [Certificate]) {
        guard let own = certificates.first else { return nil }
        self.certificates = certificates
        kind = own.isSelfSigned ? .selfSigned : .chained
        thumbprint = CertificateThumbprint(certificate: own.der)
    }

    var own: Certificate { certificates[0] }

    /// The claims of the client's certificate, to which a path leads from one of `authorities`.
    func claims(trusting authorities: TrustStore, at now: Date) throws(ChainRefusal) -> Claims {
        if let known = verified.withLock(\.self), known.authorities === authorities, known.validity.contains(now) {
            return known.claims
        }
        let validity = try authorities.verifyClient(certificates, at: now)
        let claims = ClientCertificateAuthentication.claims(of: own)
        verified.withLock { $0 = Verified(authorities: authorities, validity: validity, claims: claims) }
        return claims
    }
}
