extension KeySet {
    /// Keys that never change, for verifying with a key that is at hand; each needs an identifier of its own.
    ///
    /// - Throws: `KeyError.kidMissing` and `KeyError.kidTaken`.
    public convenience init(_ keys: [VerificationKey]) throws(KeyError) {
        var stored: [StoredKey] = []
        for key in keys { stored.append(try StoredKey(key, .verifying)) }
        try self.init(stored)
    }
}

extension KeySet: KeySource {
    /// The set itself, whoever the issuer is.
    public func keySet(forIssuer issuer: String?) -> KeySet? { self }

    /// False: there will never be other keys.
    public func refresh(_ reason: KeyRefreshReason) async -> Bool { false }
}
