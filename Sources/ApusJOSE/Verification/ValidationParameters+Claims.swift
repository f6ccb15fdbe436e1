import FoundationEssentials

extension ValidationParameters {
    /// - Returns: the instant from which the token no longer verifies, or nil for a token without an end.
    func checkClaims(
        _ claims: Claims, at now: Date, presentedWith certificate: CertificateThumbprint?
    ) throws(TokenError) -> Date? {
        let registered = try RegisteredClaims(claims)
        let usableUntil = try checkTimes(registered, at: now.timeIntervalSince1970)
        try checkIssuer(registered.issuer)
        try checkAudience(registered.audience)
        for name in requiredClaims {
            guard let value = claims[name], !value.isNull else { throw .claimMissing(name.rawValue) }
        }
        // RFC 9068 §5: an ID token tells a client who logged in, and opens nothing.
        if registered.hasIDTokenClaim, !acceptsIDTokens { throw .idTokenNotAccepted }
        try checkConfirmation(registered.confirmation, certificate)
        return usableUntil
    }

    private func checkTimes(_ registered: RegisteredClaims, at now: Double) throws(TokenError) -> Date? {
        let skew = skewSeconds
        // RFC 7519 §4.1.4: the present must be before exp; §4.1.5: and at or after nbf. Written so that a clock that
        // is not a number refuses.
        var usableUntil: Date?
        if let expires = registered.expires {
            guard now < expires.seconds + skew else { throw .expired(at: expires.date) }
            usableUntil = Date(timeIntervalSince1970: expires.seconds + skew)
        } else if requiresExpiration {
            throw .expirationMissing
        }
        if let notBefore = registered.notBefore {
            guard now >= notBefore.seconds - skew else { throw .notYetValid(at: notBefore.date) }
        }
        return usableUntil
    }

    private func checkIssuer(_ issuer: String?) throws(TokenError) {
        if issuers.isEmpty, allowsAnyIssuer { return }
        guard let issuer else {
            if issuers.isEmpty { return }
            throw .claimMissing(ClaimName.issuer.rawValue)
        }
        guard issuers.contains(where: issuer.hasSameOctets) else {
            throw .issuerInvalid(EchoedText(issuer).description)
        }
    }

    private func checkAudience(_ audience: JSONValue?) throws(TokenError) {
        if audiences.isEmpty, allowsAnyAudience { return }
        switch audience {
        case .string(let name)?:
            if isOwnName(name) { return }
            throw .audienceInvalid(EchoedText(name).description)
        case .array(let elements)?:
            let names = elements.compactMap(\.string)
            if names.contains(where: isOwnName) { return }
            throw .audienceInvalid(EchoedText(names.joined(separator: ", ")).description)
        default:
            if audiences.isEmpty { return }
            throw .claimMissing(ClaimName.audience.rawValue)
        }
    }

    private func isOwnName(_ name: String) -> Bool {
        audiences.contains(where: name.hasSameOctets)
    }
}
