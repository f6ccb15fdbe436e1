import FoundationEssentials

extension ValidationParameters {
    /// - Returns: the instant from which the token no longer verifies, or nil for a token without an end.
    func checkClaims(
        _ claims: Claims, at now: Date, presentedWith certificate: CertificateThumbprint?
    ) throws(TokenError) -> Date? {
        let registered: RegisteredClaims
        let usableUntil: Date?
        switch claims.form {
        case .object(let members): (registered, usableUntil) = try checkMembers(members, at: now)
        case .document(let document): (registered, usableUntil) = try checkMembers(document, at: now)
        }
        for name in requiredClaims {
            guard let value = claims[name], !value.isNull else { throw .claimMissing(name.rawValue) }
        }
        // RFC 9068 §5: an ID token tells a client who logged in, and opens nothing.
        if registered.hasIDTokenClaim, !acceptsIDTokens { throw .idTokenNotAccepted }
        try checkConfirmation(registered.confirmation, certificate)
        return usableUntil
    }

    private func checkMembers(
        _ members: some JSONMembers, at now: Date
    ) throws(TokenError) -> (RegisteredClaims, usableUntil: Date?) {
        let registered = try RegisteredClaims(members)
        let usableUntil = try checkTimes(registered, at: now.timeIntervalSince1970)
        try checkIssuer(members, at: registered.issuer)
        try checkAudience(members, at: registered.audience)
        return (registered, usableUntil)
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

    private func checkIssuer(_ members: some JSONMembers, at position: Int?) throws(TokenError) {
        if issuers.isEmpty, allowsAnyIssuer { return }
        guard let position else {
            if issuers.isEmpty { return }
            throw .claimMissing(ClaimName.issuer.rawValue)
        }
        if members.isString(at: position, oneOf: issuers) { return }
        throw .issuerInvalid(EchoedText(members.value(at: position)?.string ?? "").description)
    }

    private func checkAudience(_ members: some JSONMembers, at position: Int?) throws(TokenError) {
        if audiences.isEmpty, allowsAnyAudience { return }
        guard let position else {
            if audiences.isEmpty { return }
            throw .claimMissing(ClaimName.audience.rawValue)
        }
        if members.isString(at: position, oneOf: audiences) { return }
        let audience = members.value(at: position)
        let names = audience?.array?.compactMap(\.string) ?? [audience?.string].compactMap(\.self)
        if names.contains(where: { name in audiences.contains(where: name.hasSameOctets) }) { return }
        throw .audienceInvalid(EchoedText(names.joined(separator: ", ")).description)
    }
}
