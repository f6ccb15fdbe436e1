import FoundationEssentials

extension ValidationParameters {
    /// Checks form, algorithm, signature and claims of a signed token, in this order.
    ///
    /// A token without `kid` is checked against the store's key only when the store holds exactly one key of an allowed
    /// algorithm. An unknown `kid` leads to no other key. A token that was encrypted after it was signed is decrypted first.
    /// - Parameter certificate: that of the client who presents the token, proved by TLS; a token that is bound to a
    ///   certificate (`cnf`) is accepted with that one alone.
    /// - Throws: `TokenError` with the first reason against the token.
    public func verify(
        _ token: String, presentedWith certificate: CertificateThumbprint? = nil
    ) throws(TokenError) -> VerifiedToken {
        let utf8 = token.utf8
        return try verify(utf8.span, certificate)
    }

    package func verify(
        _ token: ArraySlice<UInt8>, presentedWith certificate: CertificateThumbprint? = nil
    ) throws(TokenError) -> VerifiedToken {
        try verify(token.span, certificate)
    }

    private func verify(
        _ token: Span<UInt8>, _ certificate: CertificateThumbprint?
    ) throws(TokenError) -> VerifiedToken {
        if requiresEncryption, !Self.isEncrypted(token) { throw .notEncrypted }
        do throws(TokenError) {
            return try verifySigned(token, certificate)
        } catch {
            guard error == .malformed, Self.isEncrypted(token) else { throw error }
            let unsealed = try unseal(token)
            let verified = try verifySigned(unsealed.token.span, certificate)
            try checkReplicas(unsealed.outerHeader, of: verified.claims)
            return verified
        }
    }

    private func verifySigned(
        _ token: Span<UInt8>, _ certificate: CertificateThumbprint?
    ) throws(TokenError) -> VerifiedToken {
        let segments = try CompactToken(token, maximumBytes: maximumTokenBytes)
        let now = clock()
        let payload = token.extracting(segments.payload)
        // Whose keys are asked depends on what is not verified yet; the wrong issuer has the wrong keys.
        let unverified = keys.choosesByIssuer ? try CompactToken.claims(payload) : nil
        let keySet = keys.keySet(forIssuer: unverified?.issuer)
        let key = try key(namedBy: token.extracting(segments.header), in: keySet, at: now)
        try checkSignature(token, segments, with: key.verifier)
        if !key.hasPlainHeader || requiredType != nil { try checkType(key.header) }
        let claims = if let unverified { unverified } else { try CompactToken.claims(payload) }
        let usableUntil = try checkClaims(claims, at: now, presentedWith: certificate)
        if let keySet, keySet.revokes(claims, signedWith: key.kid, at: now) { throw .revoked }
        if let revocations, revocations.revokes(claims, signedWith: key.kid, at: now) { throw .revoked }
        return VerifiedToken(header: key.header, claims: claims, usableUntil: usableUntil)
    }

    /// The key that a token's header names, beside that header.
    private enum NamedKey {
        /// The header is that of the key set's own plain tokens, whose type is `JWT`; one reference for all that is asked for.
        case own(KeySet.OwnToken)
        case stored(SignatureVerifier, JOSEHeader, kid: String?)

        var hasPlainHeader: Bool {
            if case .own = self { true } else { false }
        }

        var verifier: SignatureVerifier {
            switch self {
            case .own(let token): token.verifier
            case .stored(let verifier, _, _): verifier
            }
        }

        var header: JOSEHeader {
            switch self {
            case .own(let token): token.header.header
            case .stored(_, let header, _): header
            }
        }

        var kid: String? {
            switch self {
            case .own(let token): token.signingKey.kid
            case .stored(_, _, let kid): kid
            }
        }
    }

    private func key(
        namedBy segment: Span<UInt8>, in keySet: KeySet?, at now: Date
    ) throws(TokenError) -> NamedKey {
        if let own = keySet?.ownToken(withHeader: segment), isAllowed(own.algorithm), own.schedule.isAccepted(at: now) {
            return .own(own)
        }

        let header = JOSEHeader(try CompactToken.object(segment))
        for name in ["alg", "kid", "typ"] {
            if let value = header[name], value.string == nil { throw .malformed }
        }
        // The keys decide which algorithms there are (RFC 8725 §3.1); the header can only agree.
        let name = header.algorithm ?? ""
        guard let algorithm = SignatureAlgorithm.named(name), isAllowed(algorithm) else {
            throw .algorithmNotAllowed(EchoedText(name).description)
        }
        guard let keySet else { throw .keyNotFound }
        guard keySet.storedKeys.contains(where: { $0.key.algorithms.contains(algorithm) }) else {
            throw .algorithmNotAllowed(EchoedText(name).description)
        }
        // No extension is understood here, so each one that is critical is refused (RFC 7515 §4.1.11).
        if header["crit"] != nil { throw .headerNotSupported("crit") }
        // RFC 7797 §7: a JWT is never sent with an unencoded payload.
        if let isEncoded = header["b64"], isEncoded != true { throw .headerNotSupported("b64") }

        let stored =
            if let kid = header.kid { keySet.storedKey(for: kid) } else { keySet.soleKey(at: now, where: isAllowed) }
        guard let stored else { throw .keyNotFound }
        if stored.schedule.isRevoked { throw .revoked }
        guard stored.schedule.isAccepted(at: now) else { throw .keyNotFound }
        guard let verifier = stored.key.verifier(for: algorithm) else {
            throw .algorithmNotAllowed(EchoedText(name).description)
        }
        return .stored(verifier, header, kid: stored.kid)
    }

    private func isAllowed(_ algorithm: SignatureAlgorithm) -> Bool {
        algorithms?.contains(algorithm) ?? true
    }

    private func checkSignature(
        _ token: Span<UInt8>, _ segments: CompactToken, with verifier: SignatureVerifier
    ) throws(TokenError) {
        let text = token.extracting(segments.signature)
        let input = token.extracting(segments.signingInput)
        guard !text.isEmpty, let count = try? Base64URL.decodedCount(text.count) else { throw .malformed }
        // An HMAC is at most 64 octets and is decoded on the stack; beside an RSA operation an array costs nothing.
        guard count == verifier.signatureCount, count <= 64 else {
            guard let signature = try? Base64URL.decode(text) else { throw .malformed }
            guard verifier.isValid(signature.span, for: input) else { throw .signatureInvalid }
            return
        }
        var storage = InlineArray<64, UInt8>(repeating: 0)
        var output = storage.mutableSpan
        do {
            try Base64URL.decode(text, into: &output)
        } catch {
            throw .malformed
        }
        guard verifier.isValid(output.span.extracting(first: count), for: input) else { throw .signatureInvalid }
    }
}
