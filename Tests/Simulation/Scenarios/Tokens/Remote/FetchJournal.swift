import ApusJOSE
import Synchronization

/// What was fetched, and when, as the network has seen it.
final class FetchJournal: Sendable {
    struct Attempt: Sendable {
        let start: Duration
        /// When there was an answer, or when its time was over.
        var end: Duration
        /// The numbers of the keys in a good answer; nil for one that is of no use.
        var keys: Set<Int>?
        /// How long a good answer is believed, by what its server says and by the limits.
        var age = Duration.zero

        func has(_ number: Int) -> Bool { keys?.contains(number % IssuerKeys.count) ?? false }
    }

    private struct State {
        var attempts: [Attempt] = []
        var underway = 0
        var violation: Violation?
    }

    private let state = Mutex(State())
    private let limits: RemoteKeySet.Limits
    /// How much later than the network the service under test may know a thing.
    static let slack = Duration.milliseconds(30)

    init(_ limits: RemoteKeySet.Limits) {
        self.limits = limits
    }

    var attempts: [Attempt] { state.withLock(\.attempts) }
    var violation: Violation? { state.withLock(\.violation) }

    func begin(at now: Duration) -> Int {
        state.withLock { state in
            if let last = state.attempts.last, now - last.start < limits.cooldown - Self.slack {
                state.violation = Violation(
                    description: "fetched \(now - last.start) after the last time, within \(limits.cooldown)")
            }
            state.underway += 1
            if state.underway > 4 { state.violation = Violation(description: "\(state.underway) fetches at once") }
            state.attempts.append(Attempt(start: now, end: now + limits.time))
            return state.attempts.count - 1
        }
    }

    /// - Parameters:
    ///   - keys: those of a good answer, nil when there was none.
    ///   - maximumAge: how long its server wants it to be believed.
    func end(_ place: Int, at now: Duration, keys: [Int]?, maximumAge: Duration?) {
        state.withLock { state in
            state.underway -= 1
            // Nobody waits any more for what comes later.
            guard now - state.attempts[place].start < limits.time else { return }
            state.attempts[place].end = now
            state.attempts[place].keys = keys.map { Set($0.map { $0 % IssuerKeys.count }) }
            let age = maximumAge ?? limits.maximumAge
            state.attempts[place].age = min(max(age, limits.shortestMaximumAge), limits.longestMaximumAge)
        }
    }

    /// The good answers of which each may have been the last one at some moment of a span; nil stands for none yet.
    func sets(from start: Duration, to end: Duration) -> [Attempt?] {
        let good = attempts.filter { $0.keys != nil }.sorted { $0.end < $1.end }
        let before = good.last { $0.end <= start - Self.slack }
        return [before] + good.filter { $0.end > start - Self.slack && $0.end <= end }
    }
}
