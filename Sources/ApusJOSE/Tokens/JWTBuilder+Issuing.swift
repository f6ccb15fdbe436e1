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
        let identifier: String? =
            switch identifier {
            case .none: nil
            case .fixed(let text): text
            case .random: try randomIdentifier()
            }
        let notBefore = if let notBefore { try wholeSeconds(notBefore) } else { now }
        let times = try times(of: claims, now: now, notBefore: notBefore, start: now)
        let signer = try signer(at: instant)
        if !isPrepared(signer, for: times) { await prepare(signer, for: times) }
        return try issue(IssuedClaims(claims, identifier: identifier, times: times), times, with: signer)
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
        let times = try times(of: claims, now: now, notBefore: now, start: start)
        let signer = try signer(at: instant)
        if !isPrepared(signer, for: times) { await prepare(signer, for: times) }
        return try issue(IssuedClaims(claims, replacing: times), times, with: signer)
    }

    /// The times of a token with these claims; a mistake in a step is thrown first.
    private func times(
        of claims: JSONObject, now: Int, notBefore: Int, start: Int
    ) throws -> IssuedClaims.Times {
        if let mistake { throw mistake }
        let expires = try end(claims, now: now, notBefore: notBefore, start: start)
        guard expires > now else {
            throw JWTBuilderError.alreadyExpired(at: date(expires))
        }
        return IssuedClaims.Times(issuedAt: now, notBefore: notBefore, expires: expires)
    }

    private func signer(at instant: Date) throws -> KeySet.OwnToken {
        guard let signer = keys.keySet.signer(at: instant) else { throw JWTBuilderError.signingKeyMissing }
        return signer
    }

    /// Asked before, since to wait for what need not be done is not cheap either.
    private func isPrepared(_ signer: KeySet.OwnToken, for times: IssuedClaims.Times) -> Bool {
        keys.isPrepared(signer.schedule, forTokenUntil: date(times.expires), lifetime: times.lifetime)
    }

    private func prepare(_ signer: KeySet.OwnToken, for times: IssuedClaims.Times) async {
        await keys.prepare(signer.signingKey, forTokenUntil: date(times.expires), lifetime: times.lifetime)
    }

    private func issue(
        _ claims: IssuedClaims, _ times: IssuedClaims.Times, with signer: KeySet.OwnToken
    ) throws -> IssuedToken {
        let header = encodedHeader(of: signer)
        return IssuedToken(
            token: try encrypt(try sign(claims, header, with: signer)),
            issuedAt: date(times.issuedAt),
            notBefore: date(times.notBefore),
            expires: date(times.expires),
            expiresIn: times.lifetime,
            issuedClaims: claims,
            encodedHeader: header
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
            throw TokenError.lifetimeCapReached(at: date(cap))
        }
        return min(end, cap)
    }

    private func encodedHeader(of signer: KeySet.OwnToken) -> EncodedHeader {
        if additionalHeader.members.isEmpty { return signer.header }
        var members = signer.header.header.members
        for member in additionalHeader.members { members[member.name] = member.value }
        return EncodedHeader(members)
    }

    private func sign(
        _ claims: IssuedClaims, _ header: EncodedHeader, with signer: KeySet.OwnToken
    ) throws -> String {
        var token: [UInt8] = []
        // Enough for the claims of most tokens.
        token.reserveCapacity(
            header.segment.count + 256 + Base64URL.encodedCount(signer.signingKey.signatureCount) + 2)
        token.append(contentsOf: header.segment)
        token.append(UInt8(ascii: "."))
        claims.appendBase64URL(to: &token)
        do {
            try signer.signingKey.appendSignature(to: &token)
        } catch {
            throw JWTBuilderError.cryptographyUnavailable(error.description)
        }
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

    private func date(_ seconds: Int) -> Date { Date(timeIntervalSince1970: Double(seconds)) }

    private func advance(_ seconds: Int, by duration: Duration) throws -> Int {
        let (whole, fraction) = duration.components
        let (sum, overflow) = seconds.addingReportingOverflow(Int(whole))
        guard !overflow, sum < NumericDate.limit else { throw JWTBuilderError.dateOutOfRange }
        return fraction > 0 ? sum + 1 : sum
    }
}
