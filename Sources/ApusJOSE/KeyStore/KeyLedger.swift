import FoundationEssentials

/// The keys of a store and what may be done to them, as a value: the store publishes it, the directory stores it.
struct KeyLedger: Sendable {
    /// How long a revoked key is kept, so that its tokens are refused as revoked and it is not taken in again.
    static let revokedKeyRetention: Duration = .seconds(7 * 86_400)

    private(set) var keys: [StoredKey]
    var revocations: Revocations

    init(_ keys: [StoredKey] = [], revocations: Revocations = Revocations()) {
        self.keys = keys
        self.revocations = revocations
    }

    func position(of kid: String) throws(KeyStoreError) -> Int {
        guard let position = keys.firstIndex(where: { $0.kid.hasSameOctets(as: kid) }) else {
            throw .key(.kidUnknown(kid))
        }
        return position
    }

    func schedule(of kid: String) -> KeySchedule? {
        (try? position(of: kid)).map { keys[$0].schedule }
    }

    mutating func add(_ key: StoredKey) throws(KeyStoreError) {
        guard !keys.contains(where: { $0.kid == key.kid }) else { throw .key(.kidTaken(key.kid)) }
        keys.append(key)
    }

    mutating func remove(kid: String, at now: Date) throws(KeyStoreError) {
        let position = try position(of: kid)
        guard signer(at: now)?.kid != keys[position].kid else { throw .key(.signingKeyNotRemovable(kid)) }
        keys.remove(at: position)
    }

    /// Lets a key sign from now on and those that are active sign no more; they stay accepted without an end.
    mutating func use(kid: String, at now: Date) throws(KeyStoreError) {
        let position = try position(of: kid)
        guard keys[position].signingKey != nil else { throw .key(.signingImpossible(kid)) }
        let state = keys[position].schedule.state(at: now)
        guard state != .revoked, state != .expired else { throw .key(.kidUnknown(kid)) }
        for other in keys.indices where other != position && keys[other].schedule.state(at: now) == .active {
            keys[other].schedule.retiredFrom = now
        }
        keys[position].schedule = KeySchedule(activeFrom: now)
    }

    /// Adds a key that takes over at an instant; those that would sign then retire, and are accepted for the overlap.
    mutating func rotate(to key: StoredKey, overlap: Duration) throws(KeyStoreError) {
        guard let takeover = key.schedule.activeFrom else { return }
        for position in keys.indices where keys[position].signingKey != nil {
            let schedule = keys[position].schedule
            guard schedule.retiredFrom == nil, let start = schedule.activeFrom, start <= takeover else { continue }
            keys[position].schedule.retiredFrom = takeover
            keys[position].schedule.acceptedUntil = takeover.advanced(by: overlap)
        }
        try add(key)
    }

    mutating func revoke(kid: String, at now: Date) throws(KeyStoreError) {
        let position = try position(of: kid)
        keys[position].schedule.revokedAt = min(now, keys[position].schedule.revokedAt ?? now)
    }

    /// Moves the end of a key that has one, so that a token under it is accepted as long as it says.
    mutating func accept(kid: String, until end: Date) {
        guard let position = try? position(of: kid), let old = keys[position].schedule.acceptedUntil else { return }
        keys[position].schedule.acceptedUntil = max(old, end)
    }

    /// Forgets keys and revocations that have ended; revocations at once when there are more than the limit.
    mutating func dropEnded(at now: Date, maximumRevocations: Int) {
        revocations.dropEnded(at: now, evenSoon: revocations.count > maximumRevocations)
        keys.removeAll { key in
            switch key.schedule.state(at: now) {
            case .expired: true
            case .revoked:
                key.schedule.revokedAt.map { $0.advanced(by: Self.revokedKeyRetention) <= now } ?? false
            case .pending, .active, .retiring: false
            }
        }
    }

    /// - Throws: `KeyError.kidTaken` in `KeyStoreError.key`.
    func keySet() throws(KeyStoreError) -> KeySet {
        do {
            return try KeySet(keys, revocations: revocations)
        } catch {
            throw .key(error)
        }
    }

    func signer(at now: Date) -> StoredKey? {
        KeySchedule.signer(of: keys, at: now)
    }
}

extension Date {
    func advanced(by duration: Duration) -> Date {
        addingTimeInterval(duration / .seconds(1))
    }
}
