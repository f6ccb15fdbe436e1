/// What a store refuses, or accepts for longer, though it could not be written yet.
struct UnwrittenChanges: Sendable {
    private var made: [StoredKey] = []
    private var schedules: [String: KeySchedule] = [:]
    private var revocations = Revocations()

    var isEmpty: Bool { made.isEmpty && schedules.isEmpty && revocations.isEmpty }

    /// Adds what differs between two states; keys that are missing in the later one are no matter of it.
    mutating func note(_ after: KeyLedger, since before: KeyLedger) {
        for key in after.keys {
            guard let old = before.schedule(of: key.kid) else {
                made.removeAll { $0.kid == key.kid }
                made.append(key)
                continue
            }
            if old != key.schedule { schedules[key.kid] = key.schedule }
        }
        revocations.merge(after.revocations)
    }

    /// Brings a state that was read up to date.
    func apply(to ledger: inout KeyLedger) {
        for key in made where ledger.schedule(of: key.kid) == nil { try? ledger.add(key) }
        for (kid, schedule) in schedules { ledger.adopt(schedule, of: kid) }
        ledger.revocations.merge(revocations)
    }
}
