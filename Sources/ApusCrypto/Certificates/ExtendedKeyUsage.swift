/// What a certificate's key may be used for (RFC 5280 §4.2.1.12), by its object identifier.
public struct ExtendedKeyUsage: Hashable, Sendable, CustomStringConvertible {
    /// The object identifier in dots and decimal digits.
    public let identifier: String

    /// Takes an object identifier in dots and decimal digits, such as `1.3.6.1.5.5.7.3.2`.
    public init(_ identifier: String) {
        self.identifier = identifier
    }

    /// The certificate of a TLS server.
    public static let serverAuthentication = ExtendedKeyUsage("1.3.6.1.5.5.7.3.1")

    /// The certificate of a TLS client.
    public static let clientAuthentication = ExtendedKeyUsage("1.3.6.1.5.5.7.3.2")

    /// The certificate of an OCSP responder that is not the authority itself (RFC 6960 §4.2.2.2).
    public static let ocspSigning = ExtendedKeyUsage("1.3.6.1.5.5.7.3.9")

    /// The object identifier.
    public var description: String { identifier }
}
