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
        keepSigner(at: now)
    }

    /// Lets the key that signs go on when its successors are gone, until another one begins.
    private mutating func keepSigner(at now: Date) {
        var instant = now
        for _ in keys {
            guard let signer = signer(at: instant), let end = signer.schedule.retiredFrom,
                let position = try? position(of: signer.kid)
            else { return }
            guard self.signer(at: end) == nil else {
                instant = end
                continue
            }
            keys[position].schedule.retiredFrom = nil
            keys[position].schedule.acceptedUntil = nil
            let starts = keys.filter { $0.signingKey != nil && !$0.schedule.isRevoked }
                .compactMap(\.schedule.activeFrom)
            if let next = starts.filter({ $0 > end }).min() {
                retire(position, from: next, overlap: KeyStore.defaultOverlap)
            }
            return
        }
    }

    /// Lets a key sign from now on and those that are active retire.
    mutating func use(kid: String, at now: Date) throws(KeyStoreError) {
        let position = try position(of: kid)
        guard keys[position].signingKey != nil else { throw .key(.signingImpossible(kid)) }
        let state = keys[position].schedule.state(at: now)
        guard state != .revoked, state != .expired else { throw .key(.kidUnknown(kid)) }
        for other in keys.indices where other != position && keys[other].schedule.state(at: now) == .active {
            retire(other, from: now, overlap: KeyStore.defaultOverlap)
        }
        keys[position].schedule = KeySchedule(
            activeFrom: now, longestLifetime: keys[position].schedule.longestLifetime)
    }

    /// Adds a key that takes over at an instant; those that would sign then retire, and are accepted for the overlap.
    mutating func rotate(to key: StoredKey, overlap: Duration) throws(KeyStoreError) {
        guard let takeover = key.schedule.activeFrom else { return }
        for position in keys.indices where keys[position].signingKey != nil {
            let schedule = keys[position].schedule
            guard schedule.retiredFrom == nil, let start = schedule.activeFrom, start <= takeover else { continue }
            retire(position, from: takeover, overlap: overlap)
        }
        try add(key)
    }

    /// Lets a key sign no more, and be accepted for the overlap and for as long as its tokens can live, if that is longer.
    private mutating func retire(_ position: Int, from instant: Date, overlap: Duration) {
        let longest = Duration.seconds(keys[position].schedule.longestLifetime ?? 0) + KeyStore.clockSkew
        let end = instant.advanced(by: max(overlap, longest))
        keys[position].schedule.retiredFrom = instant
        keys[position].schedule.acceptedUntil = max(end, keys[position].schedule.acceptedUntil ?? end)
    }

    mutating func revoke(kid: String, at now: Date) throws(KeyStoreError) {
        let position = try position(of: kid)
        keys[position].schedule.revokedAt = min(now, keys[position].schedule.revokedAt ?? now)
        keepSigner(at: now)
    }

    /// Lets a key be accepted as long as a token under it lives: moves the end if it has one, or remembers the lifetime.
    mutating func noteToken(kid: String, lifetime: Int, acceptedUntil end: Date) {
        guard let position = try? position(of: kid) else { return }
        keys[position].schedule.longestLifetime = max(lifetime, keys[position].schedule.longestLifetime ?? 0)
        if let old = keys[position].schedule.acceptedUntil { keys[position].schedule.acceptedUntil = max(old, end) }
    }

    /// Lets the keys that sign now or later be accepted for at least this long after it.
    mutating func noteLifetime(_ seconds: Int, at now: Date) {
        for position in keys.indices where keys[position].signingKey != nil {
            let schedule = keys[position].schedule
            guard seconds > schedule.longestLifetime ?? 0 else { continue }
            switch schedule.state(at: now) {
            case .pending, .active:
                keys[position].schedule.longestLifetime = seconds
                guard let retiredFrom = schedule.retiredFrom, let end = schedule.acceptedUntil else { continue }
                let last = retiredFrom.advanced(by: .seconds(seconds) + KeyStore.clockSkew)
                keys[position].schedule.acceptedUntil = max(end, last)
            case .retiring, .expired, .revoked: break
            }
        }
    }

    /// Takes over of other dates of a key what refuses it earlier, or accepts its tokens for longer.
    mutating func adopt(_ other: KeySchedule, of kid: String) {
        guard let position = try? position(of: kid) else { return }
        var schedule = keys[position].schedule
        schedule.revokedAt = [schedule.revokedAt, other.revokedAt].compactMap(\.self).min()
        schedule.longestLifetime = [schedule.longestLifetime, other.longestLifetime].compactMap(\.self).max()
        if let end = schedule.acceptedUntil { schedule.acceptedUntil = max(end, other.acceptedUntil ?? end) }
        keys[position].schedule = schedule
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
        KeySchedule.signer(of: keys, at: now).map { keys[$0] }
    }
}

extension Date {
    func advanced(by duration: Duration) -> Date {
        addingTimeInterval(duration / .seconds(1))
    }
}
