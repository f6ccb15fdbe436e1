/// Several key sources of which a token's `iss` chooses one; an issuer that is not listed has no keys.
///
/// ```swift
/// let keys = CombinedKeySource(["https://login.example": own, "https://partner.example": partner])
/// ```
///
/// A key of one issuer never verifies a token of another.
public struct CombinedKeySource: KeySource {
    private let sources: [String: any KeySource]

    /// Combines sources under the exact text of `iss` that each is for.
    public init(_ sources: [String: any KeySource]) {
        self.sources = sources
    }

    /// True: the issuer decides.
    public var choosesByIssuer: Bool { true }

    /// The keys of the source that is listed for the issuer.
    public func keySet(forIssuer issuer: String?) -> KeySet? {
        source(for: issuer)?.keySet(forIssuer: issuer)
    }

    /// Lets the source that is listed for the issuer look for newer keys.
    public func refresh(_ reason: KeyRefreshReason) async -> Bool {
        switch reason {
        case .unknownKey(_, let issuer):
            guard let source = source(for: issuer) else { return false }
            return await source.refresh(reason)
        case .age:
            var hasChanged = false
            for source in sources.values where await source.refresh(reason) { hasChanged = true }
            return hasChanged
        }
    }

    /// Whether the source that is listed for the issuer lacks its keys.
    public func lacksKeys(ofIssuer issuer: String?) -> Bool {
        source(for: issuer)?.lacksKeys(ofIssuer: issuer) ?? false
    }

    /// Those of all issuers.
    public var keyStores: [KeyStore] { sources.values.flatMap(\.keyStores) }

    // Strings that Swift calls equal may differ in their octets; an issuer must not (RFC 7519 §2, StringOrURI).
    private func source(for issuer: String?) -> (any KeySource)? {
        guard let issuer, let entry = sources.first(where: { $0.key.hasSameOctets(as: issuer) }) else { return nil }
        return entry.value
    }
}
