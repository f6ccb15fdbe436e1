/// The networks from which users have logged in, so that failures elsewhere do not keep them out.
struct KnownPlaces: Sendable {
    typealias Instant = ContinuousClock.Instant

    private struct Visit {
        let network: [UInt8]
        let time: Instant
    }

    /// How many networks of a user are remembered.
    ///
    /// Only somebody with the user's password can add to them.
    static let maximumForUser = 8

    private let limits: LoginThrottle.Limits
    private var visits: [[UInt8]: [Visit]] = [:]

    init(limits: LoginThrottle.Limits) {
        self.limits = limits
    }

    /// How many users are remembered.
    var count: Int { visits.count }

    func contains(_ user: [UInt8], at network: [UInt8], now: Instant) -> Bool {
        visits[user]?.contains { $0.network == network && $0.time.duration(to: now) < limits.placeMemory } ?? false
    }

    /// The newest last; the oldest make room.
    mutating func note(_ user: [UInt8], at network: [UInt8], now: Instant) {
        if visits[user] == nil, visits.count >= limits.entries { evict() }
        let others = (visits[user] ?? []).filter { $0.network != network }
        visits[user] = others.suffix(Self.maximumForUser - 1) + [Visit(network: network, time: now)]
    }

    private mutating func evict() {
        let oldest = visits.compactMap { user, visits in visits.last.map { (user: user, time: $0.time) } }
            .sorted { $0.time < $1.time }
        for entry in oldest.prefix(limits.entries / 8 + 1) { visits[entry.user] = nil }
    }
}
