public import FoundationEssentials

extension KeyStore {
    /// Refuses every token under a key from now on, such as one whose secret leaked.
    ///
    /// If no other key signs, a new one of the same algorithm does so at once.
    /// - Throws: `KeyError.kidUnknown` in `KeyStoreError.key`, and what making and writing keys throws. A revocation that
    ///   cannot be written holds in this process all the same, and is written as soon as that is possible.
    public nonisolated func revoke(kid: String) async throws(KeyStoreError) {
        let successor = try await change(
            holdsUnwritten: true
        ) { (ledger, now) throws(KeyStoreError) -> (kid: String, activeFrom: Date)? in
            let signer = ledger.signer(at: now)
            try ledger.revoke(kid: kid, at: now)
            guard let algorithm = signer?.signingKey?.algorithm, ledger.signer(at: now) == nil else { return nil }
            let key = try newKey(algorithm, activeFrom: now)
            try ledger.add(key)
            return (key.kid, now)
        }
        report(.keyRevoked(kid: kid))
        if let successor { report(.keyPublished(kid: successor.kid, activeFrom: successor.activeFrom)) }
    }

    /// Refuses every token under another issuer's key from now on, where the store is a source of revocations.
    ///
    /// - Parameters:
    ///   - foreignKid: the key's identifier, as the tokens carry it.
    ///   - until: from when the revocation may be forgotten: when the issuer publishes the key no more, and the last token
    ///     under it has ended.
    /// - Throws: `KeyStoreError.revocationsFull`, and what writing the directory throws; the revocation then holds in this
    ///   process all the same, and is written as soon as that is possible.
    public nonisolated func revoke(foreignKid: String, until: Date) async throws(KeyStoreError) {
        try await change(holdsUnwritten: true) { (ledger, _) throws(KeyStoreError) in
            ledger.revocations.revoke(kid: foreignKid, until: min(until, .distantFuture))
        }
    }

    /// Refuses the tokens with this `jti` from now on, such as one whose owner logged out.
    ///
    /// - Parameters:
    ///   - tokenID: the token's `jti`.
    ///   - until: from when the revocation may be forgotten: the end of the token, `exp`, and the clock skew.
    /// - Throws: `KeyStoreError.revocationsFull`, and what writing the directory throws; the revocation then holds in this
    ///   process all the same, and is written as soon as that is possible.
    public nonisolated func revoke(tokenID: String, until: Date) async throws(KeyStoreError) {
        try await change(holdsUnwritten: true) { (ledger, _) throws(KeyStoreError) in
            ledger.revocations.revoke(tokenID: tokenID, until: min(until, .distantFuture))
        }
    }

    /// Refuses the tokens of a subject that were issued before an instant, such as all of a user whose account closed.
    ///
    /// Tokens name their second of issue, so a token of the same second is refused as well; one without `iat` always is.
    /// - Parameters:
    ///   - subject: the tokens' `sub`.
    ///   - issuedBefore: tokens with an earlier `iat` are refused; now unless given.
    ///   - until: from when the revocation may be forgotten: the end of the last such token, and the clock skew.
    /// - Throws: `KeyStoreError.revocationsFull`, and what writing the directory throws; the revocation then holds in this
    ///   process all the same, and is written as soon as that is possible.
    public nonisolated func revoke(
        subject: String, issuedBefore: Date? = nil, until: Date
    ) async throws(KeyStoreError) {
        try await change(holdsUnwritten: true) { (ledger, now) throws(KeyStoreError) in
            ledger.revocations.revoke(
                subject: subject,
                Revocations.Subject(
                    issuedBefore: min(issuedBefore ?? now, .distantFuture), until: min(until, .distantFuture)))
        }
    }
}
