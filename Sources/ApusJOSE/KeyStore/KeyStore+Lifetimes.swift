import FoundationEssentials

extension KeyStore {
    /// Whether a key is accepted as long as a token lives that it is about to sign; as a rule it is.
    nonisolated func isPrepared(_ schedule: KeySchedule, forTokenUntil end: Date, lifetime: Int) -> Bool {
        guard lifetime <= schedule.longestLifetime ?? 0 else { return false }
        guard let acceptedUntil = schedule.acceptedUntil else { return true }
        return end.advanced(by: Self.clockSkew) <= acceptedUntil
    }

    /// Lets a key be accepted as long as a token lives that it is about to sign, before the token is given away.
    ///
    /// In a directory the longest lifetime is written into the key's file, for other processes and for those that start
    /// later; as a rule with the first token alone. Where that fails, the token is good in this process all the same: to
    /// issue none because a disk is full would lock everybody out.
    nonisolated func prepare(_ key: SigningKey, forTokenUntil end: Date, lifetime: Int) async {
        // Verifiers whose clocks are behind see the token that much later.
        let last = end.advanced(by: Self.clockSkew)
        try? await change(holdsUnwritten: true) { (ledger, _) throws(KeyStoreError) in
            ledger.noteToken(kid: key.kid, lifetime: lifetime, acceptedUntil: last)
        }
    }
}
