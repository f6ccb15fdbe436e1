import FoundationEssentials

extension KeyStore {
    /// How long a new key is published before it signs, unless told otherwise: five minutes.
    public static let defaultPropagation: Duration = .seconds(300)
    /// How long the old key is accepted after that, unless told otherwise: the builder's lifetime and the clock skew.
    public static let defaultOverlap: Duration = .seconds(3660)

    /// Publishes a new key that takes over the signing later, while the old one stays accepted for a time after that.
    ///
    /// Who fetches the keys, or shares the directory, has the time of the propagation to learn of the new one. No task
    /// has to run at the moment of the change: the dates say which key signs. The longest lifetime of a token is kept with
    /// its key, and extends an overlap that is shorter.
    /// - Parameters:
    ///   - algorithm: what the new key is for; that of the key that signs now unless given.
    ///   - propagation: how long to wait until the new key signs; with zero it signs at once.
    ///   - overlap: how long the old key is accepted after that; at least the longest lifetime of a token and the skew
    ///     of the clocks.
    /// - Returns: the identifier of the new key.
    /// - Throws: `KeyStoreError.scheduleInvalid` for an overlap that is not longer than zero or a negative propagation,
    ///   and what making, reading and writing keys throws.
    @discardableResult
    public nonisolated func rotate(
        algorithm: SignatureAlgorithm? = nil,
        propagation: Duration = KeyStore.defaultPropagation,
        overlap: Duration = KeyStore.defaultOverlap
    ) async throws(KeyStoreError) -> String {
        try Self.check(propagation: propagation, overlap: overlap)
        let (kid, takeover) = try await change { (ledger, now) throws(KeyStoreError) -> (String, Date) in
            let takeover = now.advanced(by: propagation)
            let kid = try addSuccessor(to: &ledger, algorithm, from: takeover, at: now, overlap: overlap)
            return (kid, takeover)
        }
        report(.keyPublished(kid: kid, activeFrom: takeover))
        return kid
    }

    /// Rotates again and again, so that each key signs for a period; returns when its task is cancelled.
    ///
    /// Let it run beside the server, in the same task group. Of several processes that share a directory each may run
    /// it: the one that comes first makes the new key, and the others take it over. A rotation that fails is reported
    /// and tried again.
    /// - Parameters:
    ///   - period: how long a key signs.
    ///   - overlap: how long it is accepted after that; see `rotate(algorithm:propagation:overlap:)`.
    ///   - propagation: how long a new key is published before it signs; shorter than the period.
    ///   - sleep: waits for a time, or throws when its task is cancelled.
    /// - Throws: `KeyStoreError.scheduleInvalid` when these times do not fit together.
    public nonisolated func rotate(
        every period: Duration,
        overlap: Duration = KeyStore.defaultOverlap,
        propagation: Duration = KeyStore.defaultPropagation,
        sleep: @escaping @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }
    ) async throws(KeyStoreError) {
        try Self.check(propagation: propagation, overlap: overlap)
        guard period > propagation else {
            throw .scheduleInvalid(
                "The period of a rotation (\(period)) must be longer than its propagation (\(propagation))")
        }
        // Each key that is accepted still is one of the store's; half of them are left to other purposes.
        guard (overlap + propagation) / period < Double(Self.maximumKeys / 2) else {
            throw .scheduleInvalid(
                """
                With a period of \(period) and an overlap of \(overlap) more than \(Self.maximumKeys / 2) keys would be \
                in use at once; lengthen the period
                """)
        }
        let start = clock()
        while !Task.isCancelled {
            var pause = min(period, .seconds(60))
            // What fails here has been reported; what is due is decided by what the directory holds under its lock.
            _ = try? await takeOver(evenUnchanged: false)
            do throws(KeyStoreError) {
                pause = try await rotateWhenDue(
                    every: period, overlap: overlap, propagation: propagation, since: start)
            } catch {
                report(.rotationFailed(error))
            }
            do {
                try await sleep(pause)
            } catch {
                return
            }
        }
    }

    /// - Returns: how long to wait until the next look, an hour at most because the clock may be set meanwhile.
    private nonisolated func rotateWhenDue(
        every period: Duration, overlap: Duration, propagation: Duration, since start: Date
    ) async throws(KeyStoreError) -> Duration {
        @Sendable func takeover(_ keys: [StoredKey], _ now: Date) -> Date {
            let newest =
                keys.filter { $0.signingKey != nil && $0.schedule.revokedAt == nil }
                .compactMap(\.schedule.activeFrom).max() ?? .distantPast
            return (newest == .distantPast ? start : newest).advanced(by: period)
        }
        @Sendable func isDue(_ keys: [StoredKey], _ now: Date) -> Bool {
            now >= takeover(keys, now).advanced(by: .zero - propagation)
        }
        if isDue(keySet.storedKeys, clock()) {
            let published = try await change { (ledger, now) throws(KeyStoreError) -> (kid: String, from: Date)? in
                // Another process may have rotated while this one waited for the lock.
                guard isDue(ledger.keys, now) else { return nil }
                let activeFrom = max(takeover(ledger.keys, now), now.advanced(by: propagation))
                let kid = try addSuccessor(to: &ledger, nil, from: activeFrom, at: now, overlap: overlap)
                return (kid, activeFrom)
            }
            if let published { report(.keyPublished(kid: published.kid, activeFrom: published.from)) }
        }
        let next = takeover(keySet.storedKeys, clock()).advanced(by: .zero - propagation)
        return .seconds(min(max(next.timeIntervalSince(clock()), 1), 3600))
    }

    /// Makes a key and lets it follow the one that signs.
    private nonisolated func addSuccessor(
        to ledger: inout KeyLedger, _ algorithm: SignatureAlgorithm?, from activeFrom: Date, at now: Date,
        overlap: Duration
    ) throws(KeyStoreError) -> String {
        guard let algorithm = algorithm ?? ledger.signer(at: now)?.signingKey?.algorithm else {
            throw .signingKeyMissing
        }
        let key = try newKey(algorithm, activeFrom: activeFrom)
        try ledger.rotate(to: key, overlap: overlap)
        return key.kid
    }

    nonisolated func newKey(_ algorithm: SignatureAlgorithm, activeFrom: Date) throws(KeyStoreError) -> StoredKey {
        do {
            return StoredKey(try makeKey(algorithm), KeySchedule(activeFrom: activeFrom))
        } catch {
            throw .key(error)
        }
    }

    static func generateKey(_ algorithm: SignatureAlgorithm) throws(KeyError) -> SigningKey {
        try .generated(algorithm)
    }

    private static func check(propagation: Duration, overlap: Duration) throws(KeyStoreError) {
        guard overlap > .zero else {
            throw .scheduleInvalid(
                """
                The overlap of a rotation must be longer than zero: tokens under the old key are accepted for that long
                """)
        }
        guard propagation >= .zero else {
            throw .scheduleInvalid(
                "The propagation of a rotation must not be negative; with zero the new key signs at once")
        }
    }
}
