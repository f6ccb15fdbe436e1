/// One of the names that a certificate is for (RFC 5280 §4.2.1.6), of the kinds that services use.
public enum SubjectAlternativeName: Hashable, Sendable {
    /// A host name in ASCII, such as `api.example` or `*.example`.
    case dns(String)
    /// An IPv4 or IPv6 address in its usual text form.
    case ipAddress(String)
    /// A mail address in ASCII.
    case email(String)
    /// A URI in ASCII, such as a SPIFFE ID.
    case uri(String)
}
