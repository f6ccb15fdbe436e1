import Synchronization

/// The owner of a service's keys, of which one signs and all verify.
///
/// Changes go through the actor, which then publishes a new `KeySet`; whoever verifies reads the current one without
/// waiting. To change keys without refusing tokens that are under way: `add(_:)` the new key everywhere, then
/// `use(kid:)`, and `remove(kid:)` the old one when its last token has expired.
public actor KeyStore {
    private nonisolated let published: Mutex<KeySet>

    /// Takes the key that signs and, if there are any, more keys that verify.
    ///
    /// - Throws: `KeyError.kidTaken` when two keys have one identifier, as the same secret twice has.
    public init(_ key: SigningKey, _ others: SigningKey...) throws(KeyError) {
        published = Mutex(try KeySet(([key] + others).map(KeySet.Entry.init), signingKey: key))
    }

    /// The keys as they are now.
    public nonisolated var keySet: KeySet { published.withLock { $0 } }

    /// Adds a key that verifies and may sign later; which key signs stays as it is.
    ///
    /// - Throws: `KeyError.kidTaken` when a key has this identifier already.
    public func add(_ key: SigningKey) throws(KeyError) {
        try add(KeySet.Entry(key))
    }

    /// Adds a key that only verifies, such as another issuer's.
    ///
    /// - Throws: `KeyError.kidMissing`, and `KeyError.kidTaken` when a key has this identifier already.
    public func add(_ key: VerificationKey) throws(KeyError) {
        try add(KeySet.Entry(key))
    }

    private func add(_ entry: KeySet.Entry) throws(KeyError) {
        let current = keySet
        publish(try KeySet(current.entries + [entry], signingKey: current.signingKey))
    }

    /// Removes a key; its tokens are refused from then on.
    ///
    /// - Throws: `KeyError.kidUnknown`, or `KeyError.signingKeyNotRemovable` for the key that signs.
    public func remove(kid: String) throws(KeyError) {
        let current = keySet
        guard let entry = current.entry(for: kid) else { throw .kidUnknown(kid) }
        guard entry.kid != current.signingKey.kid else { throw .signingKeyNotRemovable(kid) }
        publish(try KeySet(current.entries.filter { $0.kid != entry.kid }, signingKey: current.signingKey))
    }

    /// Lets a key of the store sign new tokens; the key that signed until now goes on verifying.
    ///
    /// - Throws: `KeyError.kidUnknown`, or `KeyError.signingImpossible` for a key that only verifies.
    public func use(kid: String) throws(KeyError) {
        let current = keySet
        guard let entry = current.entry(for: kid) else { throw .kidUnknown(kid) }
        guard let key = entry.signingKey else { throw .signingImpossible(kid) }
        publish(try KeySet(current.entries, signingKey: key))
    }

    private func publish(_ keySet: KeySet) {
        published.withLock { $0 = keySet }
    }
}
