extension ValidationParameters {
    /// Checks a token as `verify(_:presentedWith:)` does, and when its key is unknown lets the source look for newer keys once.
    ///
    /// The same token is then checked again, so whoever sent it does not notice that keys have changed. It waits only
    /// for a token that the known keys cannot verify.
    /// - Throws: `TokenError` with the first reason against the token.
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
        guard let reason = refreshReason(token, error), await keys.refresh(reason) else { throw error }
        return try verify(token, presentedWith: certificate)
    }

    /// Why newer keys might let the token through, or nil when nothing points to it.
    ///
    /// A new key may be the first of its algorithm, so a refused algorithm counts too, unless the key is known.
    private func refreshReason(_ token: ArraySlice<UInt8>, _ error: TokenError) -> KeyRefreshReason? {
        switch error {
        case .keyNotFound, .algorithmNotAllowed: break
        default: return nil
        }
        let unsealed = Self.isEncrypted(token.span) ? (try? unseal(token.span))?.token[...] : token
        guard let text = unsealed?.span, let segments = try? CompactToken(text, maximumBytes: maximumTokenBytes),
            let members = try? CompactToken.object(text.extracting(segments.header)),
            let algorithm = members["alg"]?.string.flatMap(SignatureAlgorithm.named),
            algorithms?.contains(algorithm) ?? true
        else { return nil }
        var issuer: String?
        if keys.choosesByIssuer {
            issuer = (try? CompactToken.claims(text.extracting(segments.payload)))?.issuer
        }
        let kid = JOSEHeader(members).kid
        if let kid, let keySet = keys.keySet(forIssuer: issuer), keySet.storedKey(for: kid) != nil { return nil }
        return .unknownKey(kid: kid, issuer: issuer)
    }
}
