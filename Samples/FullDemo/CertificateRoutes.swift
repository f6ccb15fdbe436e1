import Apus

/// The server asks every client for a certificate, and only these routes need one.
@RouteBuilder func certificateRoutes(_ schemes: Schemes) -> Routes {
    Group("/secure/cert") {
        Get("hello") { request in
            guard let certificate = request.connection.peerCertificate else { throw Problem(.unauthorized) }
            return JSON([
                "message": "Hello from client certificate authentication", "subject": certificate.subject,
                "issuer": certificate.issuer, "thumbprint": certificate.thumbprint,
                "validFrom": certificate.notBefore, "validTo": certificate.notAfter,
            ])
        }
    }
    .authenticated(by: schemes.certificate)
}
