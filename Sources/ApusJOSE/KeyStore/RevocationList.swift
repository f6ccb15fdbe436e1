public import FoundationEssentials
import Synchronization

/// Tokens, subjects and keys of another issuer that this service refuses, kept in memory.
///
/// ```swift
/// let revoked = RevocationList()
/// let bearer = BearerAuthentication("Bearer", issuer: login, audience: "orders", revocations: revoked)
/// try await revoked.revoke(subject: "ada", until: .now + 3600)
/// ```
///
/// Identifiers of tokens and subjects are an issuer's own (RFC 7519 §4.1.2, §4.1.7): give each issuer a list. To share
/// revocations between processes, or to keep them over a restart, use a `KeyStore` with a directory in its place.
public actor RevocationList: RevocationSource {
    private nonisolated let published = Mutex(Revocations())
    private let maximumCount: Int
    private let clock: @Sendable () -> Date

    /// An empty list.
    ///
    /// - Parameters:
    ///   - maximumCount: how many revocations it holds.
    ///   - clock: the time by which they end.
    public init(
        maximumCount: Int = KeyStore.defaultMaximumRevocations, clock: @escaping @Sendable () -> Date = { Date.now }
    ) {
        self.maximumCount = maximumCount
        self.clock = clock
    }

    /// Refuses the tokens with this `jti` from now on; see `KeyStore.revoke(tokenID:until:)`.
    ///
    /// - Throws: `KeyStoreError.revocationsFull`.
    public func revoke(tokenID: String, until: Date) throws(KeyStoreError) {
        try change { $0.revoke(tokenID: tokenID, until: min(until, .distantFuture)) }
    }

    /// Refuses the tokens of a subject that were issued before an instant; see
    /// `KeyStore.revoke(subject:issuedBefore:until:)`.
    ///
    /// - Throws: `KeyStoreError.revocationsFull`.
    public func revoke(subject: String, issuedBefore: Date? = nil, until: Date) throws(KeyStoreError) {
        let issuedBefore = min(issuedBefore ?? clock(), .distantFuture)
        try change {
            $0.revoke(
                subject: subject, Revocations.Subject(issuedBefore: issuedBefore, until: min(until, .distantFuture)))
        }
    }

    /// Refuses every token under the key with this `kid` from now on, such as one that its issuer has not withdrawn yet.
    ///
    /// - Parameters:
    ///   - kid: the key's identifier, as the tokens carry it.
    ///   - until: from when the revocation may be forgotten: when the issuer publishes the key no more, and the last token
    ///     under it has ended.
    /// - Throws: `KeyStoreError.revocationsFull`.
    public func revoke(kid: String, until: Date) throws(KeyStoreError) {
        try change { $0.revoke(kid: kid, until: min(until, .distantFuture)) }
    }

    /// Whether the token, its subject or its key was revoked.
    public nonisolated func revokes(_ claims: Claims, signedWith kid: String?, at now: Date) -> Bool {
        published.withLock { $0 }.revokes(claims, signedWith: kid, at: now)
    }

    private func change(_ body: (inout Revocations) -> Void) throws(KeyStoreError) {
        var revocations = published.withLock { $0 }
        body(&revocations)
        revocations.dropEnded(at: clock(), evenSoon: revocations.count > maximumCount)
        guard revocations.count <= maximumCount else { throw .revocationsFull(limit: maximumCount) }
        let changed = revocations
        published.withLock { $0 = changed }
    }
}
