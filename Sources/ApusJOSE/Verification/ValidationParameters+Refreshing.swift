extension ValidationParameters {
    /// Checks a token as `verify(_:presentedWith:)` does, and when its key is unknown lets the source look for newer keys once.
    ///
    /// The same token is then checked again, so whoever sent it does not notice that keys have changed. It waits only
    /// for a token that the known keys cannot verify.
    /// - Throws: `TokenError` with the first reason against the token; `TokenError.keysUnavailable` when there may be none,
    ///   but the keys of its issuer are out of reach.
    public func validate(
        _ token: String, presentedWith certificate: CertificateThumbprint? = nil
    ) async throws(TokenError) -> VerifiedToken {
        do throws(TokenError) {
            return try verify(token, presentedWith: certificate)
        } catch {
            return try await verifyAnew([UInt8](token.utf8)[...], presentedWith: certificate, after: error)
        }
    }

    /// What `validate(_:presentedWith:)` does for a token that was refused.
    package func verifyAnew(
        _ token: ArraySlice<UInt8>, presentedWith certificate: CertificateThumbprint? = nil, after error: TokenError
    ) async throws(TokenError) -> VerifiedToken {
        guard let origin = origin(of: token, refusedFor: error) else { throw error }
        // A fetch for another token may have brought the key since this one was refused.
        if origin.isKeyKnown { return try verify(token, presentedWith: certificate) }
        if await keys.refresh(.unknownKey(kid: origin.kid, issuer: keys.choosesByIssuer ? origin.issuer : nil)) {
            return try verify(token, presentedWith: certificate)
        }
        throw cannotTell(about: origin.issuer) ? .keysUnavailable : error
    }

    /// Whether the keys of an issuer that is trusted are out of reach, which is not the fault of a token's bearer.
    private func cannotTell(about issuer: String?) -> Bool {
        guard let issuer, issuers.contains(where: issuer.hasSameOctets) else { return false }
        return keys.lacksKeys(ofIssuer: issuer)
    }

    /// What a token says about its key, or nil when newer keys would not let it through.
    private func origin(
        of token: ArraySlice<UInt8>, refusedFor error: TokenError
    ) -> (kid: String?, issuer: String?, isKeyKnown: Bool)? {
        guard error.mayEndWithNewerKeys else { return nil }
        let unsealed = Self.isEncrypted(token.span) ? (try? unseal(token.span))?.token[...] : token
        guard let text = unsealed?.span, let segments = try? CompactToken(text, maximumBytes: maximumTokenBytes),
            let members = try? CompactToken.object(text.extracting(segments.header)),
            let algorithm = members["alg"]?.string.flatMap(SignatureAlgorithm.named),
            algorithms?.contains(algorithm) ?? true
        else { return nil }
        let issuer = (try? CompactToken.claims(text.extracting(segments.payload)))?.issuer
        let kid = JOSEHeader(members).kid
        let isKeyKnown = kid.map { keys.keySet(forIssuer: issuer)?.storedKey(for: $0) != nil } ?? false
        return (kid, issuer, isKeyKnown)
    }
}

extension TokenError {
    /// Whether newer keys may let the token through; a new one may be the first of its algorithm.
    package var mayEndWithNewerKeys: Bool {
        switch self {
        case .keyNotFound, .algorithmNotAllowed: true
        default: false
        }
    }
}
