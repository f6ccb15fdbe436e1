import FoundationEssentials

extension KeyStore {
    /// Lets a key be accepted as long as a token lives that it is about to sign, before the token is given away.
    ///
    /// In a directory the longest lifetime is written into the key's file, for other processes and for those that start
    /// later; as a rule with the first token alone. Where that fails, the token is good in this process all the same: to
    /// issue none because a disk is full would lock everybody out.
    nonisolated func prepare(_ key: SigningKey, _ schedule: KeySchedule, forTokenUntil end: Date, lifetime: Int) async {
        // Verifiers whose clocks are behind see the token that much later.
        let last = end.advanced(by: Self.clockSkew)
        let isKnown = lifetime <= schedule.longestLifetime ?? 0
        if isKnown, schedule.acceptedUntil.map({ last <= $0 }) ?? true { return }
        try? await change(holdsUnwritten: true) { (ledger, _) throws(KeyStoreError) in
            ledger.noteToken(kid: key.kid, lifetime: lifetime, acceptedUntil: last)
        }
    }
}
