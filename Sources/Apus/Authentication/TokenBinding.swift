public import ApusCrypto
public import ApusJOSE

extension JWTBuilder {
    /// Binds tokens to a client's certificate: nobody else can use them (RFC 8705 §3.1).
    ///
    /// ```swift
    /// guard let certificate = request.connection.peerCertificate else { throw Problem(.unauthorized) }
    /// let issued = try await tokens.subject(user).bound(to: certificate).build()
    /// ```
    public consuming func bound(to certificate: Certificate) -> JWTBuilder {
        bound(to: CertificateThumbprint(certificate: certificate.der))
    }
}
