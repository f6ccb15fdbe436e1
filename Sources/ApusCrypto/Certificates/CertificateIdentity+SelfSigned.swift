public import FoundationEssentials

extension CertificateIdentity {
    /// Makes a new key on P-256 and a certificate for it that it signs itself.
    ///
    /// For development and tests: a peer trusts it only after it has been given `pemCertificate`.
    /// - Parameters:
    ///   - ipAddresses: In the usual text forms of IPv4 and IPv6.
    ///   - usages: What the key is for; nothing is said about it when there are none.
    ///   - start: When it begins to be valid; one hour ago unless given, so that a peer whose clock is a little behind
    ///     accepts it.
    ///   - lifetime: From the start on, in whole seconds.
    /// - Throws: ``TLSConfigurationError/rejected(path:reason:)`` for a name that a certificate cannot hold.
    public static func selfSigned(
        commonName: String = "localhost",
        dnsNames: [String] = ["localhost"],
        ipAddresses: [String] = ["127.0.0.1", "::1"],
        for usages: [ExtendedKeyUsage] = [.serverAuthentication],
        from start: Date? = nil,
        validFor lifetime: Duration = .seconds(30 * 86_400)
    ) throws(TLSConfigurationError) -> CertificateIdentity {
        try CertificateTemplate(
            commonName: commonName,
            names: dnsNames.map(SubjectAlternativeName.dns) + ipAddresses.map(SubjectAlternativeName.ipAddress),
            usages: usages, start: start, lifetime: lifetime
        ).issue()
    }
}
