import Apus
import ApusJOSE
import ApusTesting

/// What may come back for a token, and how soon, by what was fetched until then.
struct PresentedToken {
    let token: RemoteToken
    let number: Int
    let start: Duration
    let end: Duration
    let journal: FetchJournal
    let limits: RemoteKeySet.Limits

    /// How long a request takes at most that waits for nothing.
    private static let usualTime = Duration.milliseconds(100)

    func check(_ response: TestResponse) throws {
        let sets = journal.sets(from: start, to: end)
        try checkTime(sets)
        switch response.status {
        case .ok:
            try expect(token == .genuine, "accepted what the issuer has never signed")
            let mayTrust = sets.contains { $0.map { $0.has(number) && start < lastUse(of: $0) } ?? false }
            try expect(mayTrust, "accepted a key that the last set did not have, or that was too old")
        case .unauthorized:
            let reason = response.headers[.wwwAuthenticate] ?? "none"
            let expected = sets.compactMap(\.self).filter { !(token == .genuine && $0.has(number)) }.map { set in
                set.keys == [] ? "The algorithm 'EdDSA' is not allowed" : token.refusal(isKeyKnown: set.has(number))
            }
            try expect(
                expected.contains { reason.contains("error=\"invalid_token\", error_description=\"\($0)\"") },
                "refused with \(reason); possible are \(expected)")
            try checkAttempts()
        case .serviceUnavailable:
            let mayLackKeys = sets.contains { $0.map { end >= lastUse(of: $0) - FetchJournal.slack } ?? true }
            try expect(mayLackKeys, "the keys were said to be out of reach, and were not")
            try expect(response.headers[.retryAfter] != nil, "503 without Retry-After")
            try checkAttempts()
        default: throw Violation(description: "expected 200, 401 or 503, found \(response)")
        }
    }

    /// Until when a set may be used while it cannot be fetched again.
    private func lastUse(of set: FetchJournal.Attempt) -> Duration { set.end + set.age + limits.staleWhileError }

    private func checkTime(_ sets: [FetchJournal.Attempt?]) throws {
        let time = end - start
        try expect(time <= limits.time + Self.usualTime, "waited for \(time)")
        let isKnownAllTheTime = sets.allSatisfy { set in set.map { $0.has(number) && end < $0.end + $0.age } ?? false }
        guard isKnownAllTheTime, token != .ghost else { return }
        try expect(time <= Self.usualTime, "waited for \(time) for a known key")
    }

    /// A genuine token is refused only if the service has just asked for keys, or may not ask yet.
    private func checkAttempts() throws {
        guard token == .genuine else { return }
        let recent = journal.attempts.filter { $0.start > start - limits.cooldown - FetchJournal.slack }
        try expect(
            recent.contains { !$0.has(number) }, "refused without asking for keys, or against their being there")
    }
}
