import ApusCrypto
import FoundationEssentials

extension JWTBuilder {
    /// Signs a token with the claims set so far, `iat` and `nbf` now and `exp` a lifetime after `nbf`.
    ///
    /// - Throws: `JWTBuilderError` for the first mistake in a step, and `TokenError.lifetimeCapReached` when an
    ///   `auth_time` that was set lies further back than the maximum total lifetime.
    public func build() async throws -> IssuedToken {
        let instant = clock()
        let now = try wholeSeconds(instant)
        var claims = claims
        switch identifier {
        case .none: break
        case .fixed(let text): claims["jti"] = .string(text)
        case .random: claims["jti"] = .string(try randomIdentifier())
        }
        let notBefore = if let notBefore { try wholeSeconds(notBefore) } else { now }
        return try await issue(claims, at: instant, now: now, notBefore: notBefore, start: now)
    }

    /// Signs a new token with the claims of a verified one, valid from now on for this builder's lifetime.
    ///
    /// The claims are the token's, not the builder's; `iat`, `nbf` and `exp` are new, and so is `jti` if there was one.
    /// - Throws: `TokenError.expired` when the token has ended since it was verified, `TokenError.issuerInvalid` when
    ///   its issuer is not the builder's, `TokenError.lifetimeCapReached` and `JWTBuilderError`.
    public func renew(_ token: VerifiedToken) async throws -> IssuedToken {
        let instant = clock()
        let now = try wholeSeconds(instant)
        if let end = token.usableUntil, instant >= end { throw TokenError.expired(at: token.claims.expires ?? end) }
        // This key must not vouch for what another issuer said, even one that the server trusts.
        if let issuer = self.claims["iss"]?.string, token.claims.issuer?.hasSameOctets(as: issuer) != true {
            throw TokenError.issuerInvalid(EchoedText(token.claims.issuer ?? "").description)
        }
        var claims = token.claims.members
        if claims["jti"] != nil { claims["jti"] = .string(try randomIdentifier()) }
        var start = now
        if maximumTotalLifetime != nil, claims["auth_time"] == nil {
            guard let issuedAt = token.claims.issuedAt else { throw TokenError.claimMissing("iat") }
            start = try wholeSeconds(issuedAt)
            claims["auth_time"] = .number(JSONNumber(start))
        }
        return try await issue(claims, at: instant, now: now, notBefore: now, start: start)
    }

    private func issue(
        _ members: JSONObject, at instant: Date, now: Int, notBefore: Int, start: Int
    ) async throws -> IssuedToken {
        if let mistake { throw mistake }
        let expires = try end(members, now: now, notBefore: notBefore, start: start)
        guard expires > now else {
            throw JWTBuilderError.alreadyExpired(at: Date(timeIntervalSince1970: Double(expires)))
        }
        var members = members
        members["iat"] = .number(JSONNumber(now))
        members["nbf"] = .number(JSONNumber(notBefore))
        members["exp"] = .number(JSONNumber(expires))
        guard let signer = keys.keySet.signer(at: instant) else { throw JWTBuilderError.signingKeyMissing }
        let end = Date(timeIntervalSince1970: Double(expires))
        if !keys.isPrepared(signer.schedule, forTokenUntil: end, lifetime: expires - now) {
            await keys.prepare(signer.signingKey, forTokenUntil: end, lifetime: expires - now)
        }
        let header = encodedHeader(of: signer)
        return IssuedToken(
            token: try encrypt(try sign(members, header, with: signer)),
            issuedAt: Date(timeIntervalSince1970: Double(now)),
            notBefore: Date(timeIntervalSince1970: Double(notBefore)),
            expires: end,
            expiresIn: expires - now,
            claims: Claims(members),
            header: header.header
        )
    }

    /// The value of `exp`, which the maximum total lifetime may bring forward.
    private func end(_ members: JSONObject, now: Int, notBefore: Int, start: Int) throws -> Int {
        let end = try advance(notBefore, by: lifetime)
        guard let maximumTotalLifetime else { return end }
        var start = start
        if let value = members["auth_time"] {
            guard let authenticated = NumericDate(value) else { throw TokenError.claimMalformed("auth_time") }
            start = Int(authenticated.seconds.rounded(.down))
        }
        let cap = try advance(start, by: maximumTotalLifetime)
        guard max(now, notBefore) < cap else {
            throw TokenError.lifetimeCapReached(at: Date(timeIntervalSince1970: Double(cap)))
        }
        return min(end, cap)
    }

    private func encodedHeader(of signer: KeySet.OwnToken) -> EncodedHeader {
        if additionalHeader.members.isEmpty { return signer.header }
        var members = signer.header.header.members
        for member in additionalHeader.members { members[member.name] = member.value }
        return EncodedHeader(members)
    }

    private func sign(_ members: JSONObject, _ header: EncodedHeader, with signer: KeySet.OwnToken) throws -> String {
        var payload: [UInt8] = []
        payload.reserveCapacity(512)
        JSONWriter.write(members, to: &payload)
        var token: [UInt8] = []
        token.reserveCapacity(
            header.segment.count + Base64URL.encodedCount(payload.count)
                + Base64URL.encodedCount(signer.signingKey.signatureCount) + 2
        )
        token.append(contentsOf: header.segment)
        token.append(UInt8(ascii: "."))
        Base64URL.append(payload.span, to: &token)
        let signature: [UInt8]
        do {
            signature = try signer.signingKey.signature(for: token.span)
        } catch {
            throw JWTBuilderError.cryptographyUnavailable(error.description)
        }
        token.append(UInt8(ascii: "."))
        Base64URL.append(signature.span, to: &token)
        return String(copying: UTF8Span(unchecked: token.span, isKnownASCII: true))
    }

    /// RFC 7519 §5.2: `cty` says that what is encrypted is a token again.
    private func encrypt(_ token: String) throws -> String {
        guard let encryptionKey else { return token }
        do {
            return try JWE.encrypt([UInt8](token.utf8), to: encryptionKey, header: ["cty": "JWT"])
        } catch {
            throw JWTBuilderError.encryptionFailed(error)
        }
    }

    private func randomIdentifier() throws -> String {
        do {
            return Base64URL.encode(try SecureRandom.bytes(16))
        } catch {
            throw JWTBuilderError.cryptographyUnavailable(error.description)
        }
    }

    private func wholeSeconds(_ date: Date) throws -> Int {
        guard let seconds = NumericDate.wholeSeconds(date) else { throw JWTBuilderError.dateOutOfRange }
        return seconds
    }

    private func advance(_ seconds: Int, by duration: Duration) throws -> Int {
        let (whole, fraction) = duration.components
        let (sum, overflow) = seconds.addingReportingOverflow(Int(whole))
        guard !overflow, sum < NumericDate.limit else { throw JWTBuilderError.dateOutOfRange }
        return fraction > 0 ? sum + 1 : sum
    }
}
