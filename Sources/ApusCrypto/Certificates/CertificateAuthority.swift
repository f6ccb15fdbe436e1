public import FoundationEssentials

/// A small certificate authority for tests, demonstrations and machines of your own, whose key lives in this process.
///
/// Keys are on P-256. It keeps no list of what it has issued, and revokes nothing: let certificates live shortly.
///
/// ```swift
/// let authority = try CertificateAuthority("My devices")
/// let server = try authority.issue("localhost", names: .localhost, for: .serverAuthentication)
/// let client = try authority.issue("thermometer", for: .clientAuthentication)
/// ```
public struct CertificateAuthority: Sendable {
    /// The authority's own certificate and key, for keeping them.
    public let identity: CertificateIdentity

    /// The authority's own certificate, for those who are to trust it.
    public var certificate: Certificate { identity.certificate }

    /// Goes on with an authority that was kept.
    ///
    /// Others notice when the certificate is not an authority's: they refuse what it issues.
    public init(_ identity: CertificateIdentity) {
        self.identity = identity
    }

    /// Makes an authority with a new key and a root certificate.
    ///
    /// - Parameters:
    ///   - start: When the root begins to be valid; one hour ago unless given.
    ///   - lifetime: From the start on, in whole seconds.
    /// - Throws: ``TLSConfigurationError/rejected(path:reason:)`` for a name that a certificate cannot hold, such as an
    ///   empty one or one of more than 64 characters.
    public init(
        _ commonName: String, organization: String? = nil, from start: Date? = nil,
        validFor lifetime: Duration = .seconds(30 * 86_400)
    ) throws(TLSConfigurationError) {
        identity = try CertificateTemplate(
            commonName: commonName, organization: organization, isAuthority: true, start: start, lifetime: lifetime
        ).issue()
    }

    /// Makes a new key and a certificate for it, which ends with a chain to this authority's root.
    ///
    /// - Parameters:
    ///   - names: The subject alternative names: of a server, all under which it is reached.
    ///   - usages: What the key is for; nothing is said about it when there are none.
    ///   - start: When it begins to be valid; one hour ago unless given.
    ///   - lifetime: From the start on, in whole seconds; others accept it only while the authority is valid too.
    /// - Throws: ``TLSConfigurationError/rejected(path:reason:)`` for a name that a certificate cannot hold.
    public func issue(
        _ commonName: String, organization: String? = nil, names: [SubjectAlternativeName] = [],
        for usages: ExtendedKeyUsage..., from start: Date? = nil, validFor lifetime: Duration = .seconds(86_400)
    ) throws(TLSConfigurationError) -> CertificateIdentity {
        try CertificateTemplate(
            commonName: commonName, organization: organization, names: names, usages: usages, start: start,
            lifetime: lifetime
        ).issue(by: identity)
    }

    /// Makes an authority below this one, whose certificates come with its own.
    ///
    /// - Throws: ``TLSConfigurationError/rejected(path:reason:)`` for a name that a certificate cannot hold.
    public func subordinate(
        _ commonName: String, organization: String? = nil, from start: Date? = nil,
        validFor lifetime: Duration = .seconds(30 * 86_400)
    ) throws(TLSConfigurationError) -> CertificateAuthority {
        CertificateAuthority(
            try CertificateTemplate(
                commonName: commonName, organization: organization, isAuthority: true, start: start, lifetime: lifetime
            ).issue(by: identity))
    }
}

extension [SubjectAlternativeName] {
    /// The names of this machine for itself: `localhost`, 127.0.0.1 and ::1.
    public static let localhost: [SubjectAlternativeName] = [
        .dns("localhost"), .ipAddress("127.0.0.1"), .ipAddress("::1"),
    ]
}
