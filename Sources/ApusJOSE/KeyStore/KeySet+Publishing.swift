public import FoundationEssentials

extension KeySet {
    /// The public keys that others need for verifying this service's tokens, as servers publish them (RFC 7517 §5).
    ///
    /// It has those that sign, those that will, and those whose tokens are still accepted; never a private part, and
    /// nothing at all of shared secrets.
    /// - Throws: `KeyError.tooManyKeys` for a set of more than 100.
    public func publicJWKSet(at now: Date) throws(KeyError) -> JWKSet {
        try JWKSet(storedKeys.filter { $0.schedule.isAccepted(at: now) }.compactMap(\.key.publicJWK))
    }
}
