extension ValidationParameters {
    /// A token that is bound to a key is of no use to whoever does not show that key (RFC 7800 §3.1, RFC 8705 §3).
    func checkConfirmation(
        _ confirmation: JSONValue?, _ certificate: CertificateThumbprint?
    ) throws(TokenError) {
        guard case .object(let methods)? = confirmation else { return }
        if let bound = methods[CertificateThumbprint.confirmationMethod] {
            guard let bound = bound.string else { throw .claimMalformed(ClaimName.confirmation.rawValue) }
            guard let certificate else { throw .certificateMissing }
            guard certificate.base64URL.hasSameOctets(as: bound) else { throw .certificateMismatch }
        } else if !allowsUncheckedConfirmation {
            throw .confirmationNotSupported(methods.names.first ?? "")
        }
    }
}
