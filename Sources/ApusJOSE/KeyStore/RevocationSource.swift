public import FoundationEssentials

/// Says which tokens are refused before their time, whoever signed them: a `RevocationList`, or a `KeyStore`.
///
/// It is asked for each token in `ValidationParameters.revocations`, after its signature and its claims were checked.
public protocol RevocationSource: Sendable {
    /// Whether a token with these claims, under the key of this identifier, is refused at an instant; without waiting.
    func revokes(_ claims: Claims, signedWith kid: String?, at now: Date) -> Bool
}

extension KeyStore: RevocationSource {
    /// Whether the token, its subject or its key was revoked in the store, whether or not the key is the store's own.
    public nonisolated func revokes(_ claims: Claims, signedWith kid: String?, at now: Date) -> Bool {
        let keySet = keySet
        if let kid, let own = keySet.storedKey(for: kid), own.schedule.isRevoked { return true }
        return keySet.revocations.revokes(claims, signedWith: kid, at: now)
    }
}
