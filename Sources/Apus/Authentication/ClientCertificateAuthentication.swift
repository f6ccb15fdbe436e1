public import ApusCrypto
import ApusJOSE
public import FoundationEssentials

/// The client's TLS certificate as its credentials: a trusted authority has signed who it is.
///
/// Works on endpoints that ask for certificates: `Endpoint(port: 5001, tls: …, clientCertificates: .requested)`. Checked are,
/// in this order: the kind, the validity, the extended key usage for clients, the chain to a trusted certificate, and what
/// `validate` checks. The principal's name is the certificate's subject; see `claims(of:)` for its claims. Whether a
/// certificate was revoked is not checked: let them live shortly, or look the serial number up in `validate`.
///
/// A certificate that fails is answered with 401 like a request without one, and the reason is for the log.
public struct ClientCertificateAuthentication: AuthenticationScheme {
    /// Names the scheme in logs and in the principal.
    public let name: String

    /// What the certificates are for; left out of the challenge when nil.
    public let realm: String?

    private let authorities: TrustStore
    private let kinds: Set<Kind>
    private let clock: @Sendable () -> Date
    private let validate: nonisolated(nonsending) @Sendable (Certificate) async throws -> Bool

    /// How a certificate came to be.
    public enum Kind: Sendable, CaseIterable {
        /// Another than its owner has signed it.
        case chained
        /// Its own key has signed it; it is trusted only when it stands in the trust store itself.
        case selfSigned
    }

    /// - Parameters:
    ///   - authorities: whose certificates are trusted; for self-signed ones, the certificates themselves.
    ///   - kinds: those to accept.
    ///   - realm: named in challenges.
    ///   - validate: true for certificates to let in, of those that have passed everything else.
    ///   - clock: the time by which validity is judged.
    public init(
        _ name: String, trusting authorities: TrustStore, kinds: Set<Kind> = [.chained], realm: String? = nil,
        validate: nonisolated(nonsending) @escaping @Sendable (Certificate) async throws -> Bool = { _ in true },
        clock: @escaping @Sendable () -> Date = { Date.now }
    ) {
        self.name = name
        self.realm = realm
        self.authorities = authorities
        self.kinds = kinds
        self.clock = clock
        self.validate = validate
    }

    /// Checks the certificate of the request's connection.
    ///
    /// - Throws: what the closure throws.
    public nonisolated(nonsending) func authenticate(_ request: Request) async throws -> AuthenticationAnswer {
        guard let peer = request.connection.peerChain else { return .noCredentials }
        let claims: Claims
        do throws(CertificateRefusal) {
            claims = try check(peer)
        } catch {
            return .refused(AuthenticationRefusal(error, of: peer.own))
        }
        guard try await validate(peer.own) else {
            return .refused(AuthenticationRefusal(.notValidated(scheme: name), of: peer.own))
        }
        return .principal(Principal(name: claims[.name]?.string ?? "", scheme: name, claims: claims))
    }

    private func check(_ peer: PeerChain) throws(CertificateRefusal) -> Claims {
        let now = clock()
        guard kinds.contains(peer.kind) else { throw .kind(peer.kind) }
        guard now <= peer.own.notAfter else { throw .expired(peer.own.notAfter) }
        guard now >= peer.own.notBefore else { throw .notYetValid(peer.own.notBefore) }
        guard peer.own.extendedKeyUsages.contains(.clientAuthentication) else { throw .usage }
        do throws(ChainRefusal) {
            return try peer.claims(trusting: authorities, at: now)
        } catch {
            throw .chain(error)
        }
    }

    /// RFC 9110 §15.5.2 demands a challenge, and no scheme is registered for certificates, which TLS carries.
    ///
    /// It says what is missing, and never why a certificate was refused.
    public func challenge(after refusal: AuthenticationRefusal?) -> Challenge? {
        Challenge("ClientCertificate", ["realm": realm])
    }
}
