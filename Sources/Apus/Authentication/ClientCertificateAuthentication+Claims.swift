public import ApusCrypto
public import ApusJOSE

extension ClientCertificateAuthentication {
    /// What a principal is known to be by its certificate.
    ///
    /// - `name` and `issuer`: the names of subject and issuer in the form of RFC 4514.
    /// - `thumbprint`: SHA-1 in upper-case hex. `x5t#S256`: SHA-256 in Base64url, as tokens have it (RFC 8705 §3.1).
    /// - `serialnumber`: in upper-case hex, unique together with the issuer.
    /// - `dns`, `email`, `ip`, `uri`: the subject alternative names of each kind that there are, each an array.
    public static func claims(of certificate: Certificate) -> Claims {
        var members = JSONObject()
        members["name"] = .string(certificate.subject)
        members["issuer"] = .string(certificate.issuer)
        members["thumbprint"] = .string(certificate.thumbprint)
        members["x5t#S256"] = .string(CertificateThumbprint(certificate: certificate.der).base64URL)
        members["serialnumber"] = .string(certificate.serialNumber)
        var names: [String: [JSONValue]] = [:]
        for name in certificate.subjectAlternativeNames {
            switch name {
            case .dns(let text): names["dns", default: []].append(.string(text))
            case .email(let text): names["email", default: []].append(.string(text))
            case .ipAddress(let text): names["ip", default: []].append(.string(text))
            case .uri(let text): names["uri", default: []].append(.string(text))
            }
        }
        for (kind, values) in names.sorted(by: { $0.key < $1.key }) { members[kind] = .array(values) }
        return Claims(members)
    }
}
