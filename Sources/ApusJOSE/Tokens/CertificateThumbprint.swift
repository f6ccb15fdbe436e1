import ApusCrypto

/// The SHA-256 of a certificate's DER form, by which a token is bound to it (`x5t#S256`, RFC 8705 §3.1).
public struct CertificateThumbprint: Hashable, Sendable, CustomStringConvertible {
    static let confirmationMethod = "x5t#S256"

    /// The hash as it stands in a token: 43 characters of Base64url.
    public let base64URL: String

    /// Hashes a certificate in its DER form.
    public init(certificate der: [UInt8]) {
        base64URL = Base64URL.encode(DigestAlgorithm.digest(.sha256, der.span))
    }

    /// The hash; it is no secret.
    public var description: String { base64URL }
}
