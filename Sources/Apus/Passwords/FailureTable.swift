/// Counts failures for keys of one kind, such as addresses, and says how long the next attempt has to wait.
///
/// A value without a clock or a task: whoever owns it says what time it is.
struct FailureTable: Sendable {
    typealias Instant = ContinuousClock.Instant

    /// What one key has behind it.
    private struct Record {
        var failures = 0
        /// Attempts that have begun and not ended; each might be a failure.
        var pending = 0
        var blockedUntil: Instant
        var lastFailure: Instant
    }

    /// Failures that cost no wait yet.
    let free: Int
    private let limits: LoginThrottle.Limits
    private var records: [[UInt8]: Record] = [:]

    init(free: Int, limits: LoginThrottle.Limits) {
        self.free = free
        self.limits = limits
    }

    /// How many keys are remembered.
    var count: Int { records.count }

    /// How long an attempt has to wait; nil when it may begin now.
    func wait(for key: [UInt8], at now: Instant) -> Duration? {
        guard let record = records[key], !isForgotten(record, at: now) else { return nil }
        if now < record.blockedUntil { return now.duration(to: record.blockedUntil) }
        // Whoever has to wait has one attempt at a time: or all that come in the same moment would count as one.
        let mayBePending = record.failures >= free ? 1 : max(free, limits.simultaneous)
        return record.pending < mayBePending ? nil : limits.firstWait
    }

    /// How many failures a key has.
    func failures(of key: [UInt8]) -> Int { records[key]?.failures ?? 0 }

    mutating func begin(_ key: [UInt8], at now: Instant) {
        var record = records[key] ?? Record(blockedUntil: now, lastFailure: now)
        if isForgotten(record, at: now) { record = Record(blockedUntil: now, lastFailure: now) }
        record.pending += 1
        if records[key] == nil, records.count >= limits.entries { evict(at: now) }
        records[key] = record
    }

    /// The attempt that began has failed: from the first beyond those that are free on, each doubles the wait.
    mutating func fail(_ key: [UInt8], at now: Instant) {
        guard var record = records[key] else { return }
        record.pending -= 1
        record.failures += 1
        record.lastFailure = now
        if record.failures >= free {
            // 2^30 seconds are 34 years.
            let doublings = min(30, record.failures - free)
            record.blockedUntil = now + min(limits.longestWait, limits.firstWait * (1 << doublings))
        }
        records[key] = record
    }

    /// The attempt that began has ended without a failure, and `forgiven` of the earlier ones no longer count.
    mutating func end(_ key: [UInt8], forgiving forgiven: Int = 0) {
        guard var record = records[key] else { return }
        record.pending -= 1
        record.failures = max(0, record.failures - forgiven)
        if record.failures < free { record.blockedUntil = record.lastFailure }
        records[key] = record.failures == 0 && record.pending == 0 ? nil : record
    }

    private func isForgotten(_ record: Record, at now: Instant) -> Bool {
        record.pending == 0 && record.lastFailure.duration(to: now) >= limits.memory
    }

    /// Makes room for an eighth of the entries, so that the work is small for each that comes.
    ///
    /// Those with the fewest failures go first: to be forgotten, an attacker would have to fail more often under each
    /// of thousands of other keys than he has under his own, with all their waits. What is pending stays; there is no
    /// more of it than there are requests.
    private mutating func evict(at now: Instant) {
        for (key, record) in records where isForgotten(record, at: now) { records[key] = nil }
        let surplus = records.count - limits.entries * 7 / 8
        guard surplus > 0 else { return }
        let weakest = records.filter { $0.value.pending == 0 }.sorted { first, second in
            (first.value.failures, first.value.lastFailure) < (second.value.failures, second.value.lastFailure)
        }
        for (key, _) in weakest.prefix(surplus) { records[key] = nil }
    }
}
