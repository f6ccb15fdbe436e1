/// Whether a server asks its clients for certificates.
///
/// TLS proves that the client has the certificate's key, and no more. Any certificate is taken, so that a client learns
/// from an answer what is wrong with it: whoever relies on one has it checked, as `ClientCertificateAuthentication` does.
/// Sessions are not resumed where certificates are asked for, so that each connection proves its own.
public struct ClientCertificates: Sendable {
    let isRequired: Bool
    let named: TrustStore?

    /// Asks for a certificate; clients without one are served too.
    public static let requested = ClientCertificates(isRequired: false, named: nil)

    /// Asks for a certificate, and ends the handshake of clients that have none.
    public static let required = ClientCertificates(isRequired: true, named: nil)

    /// Asks for a certificate, and tells clients which authorities' would do, so that they can choose.
    public static func requested(naming authorities: TrustStore) -> ClientCertificates {
        ClientCertificates(isRequired: false, named: authorities)
    }

    /// As `requested(naming:)`; ends the handshake of clients that have no certificate.
    public static func required(naming authorities: TrustStore) -> ClientCertificates {
        ClientCertificates(isRequired: true, named: authorities)
    }

    /// The most certificates that a client may send, its own included.
    static let maximumCount: Int32 = 10

    /// The longest Certificate message that a client may send, in octets: enough for ten with keys of 4096 bits.
    static let maximumOctets = 32_768
}
