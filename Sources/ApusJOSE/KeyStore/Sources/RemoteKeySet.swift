public import FoundationEssentials
import Synchronization

/// The public keys of another issuer, fetched from its JWK Set (RFC 7517 §5) and kept for a time.
///
/// ```swift
/// let partner = try RemoteKeySet("https://partner.example/.well-known/jwks.json", fetcher: fetcher)
/// let keys = CombinedKeySource(["https://partner.example": partner])
/// ```
///
/// The first token that needs the keys waits for them; so does a token with an unknown `kid`, once per cooldown, and
/// then goes on. However many wait, there is one fetch. While the issuer cannot be reached the last good set stays in
/// use for `Limits.staleWhileError`. With `keepFresh()` beside the server nobody has to wait for a set that grew old.
public actor RemoteKeySet: KeySource {
    /// How much a set may cost, and how long it is believed.
    public struct Limits: Hashable, Sendable {
        /// How long a fetch may take; 5 seconds by default.
        public var time: Duration = .seconds(5)
        /// How many octets a set may have; 512 KB by default.
        public var octets = 512 << 10
        /// How many keys a set may have; 100 by default.
        public var keys = KeyStore.maximumKeys
        /// The time between two attempts to fetch; 30 seconds by default.
        public var cooldown: Duration = .seconds(30)
        /// How long a set is believed whose server does not say; an hour by default.
        public var maximumAge: Duration = .seconds(3600)
        /// The least time that a set is believed, whatever its server says; 5 minutes by default.
        public var shortestMaximumAge: Duration = .seconds(300)
        /// The longest time that a set is believed, whatever its server says; 24 hours by default.
        public var longestMaximumAge: Duration = .seconds(86_400)
        /// How long a set that is too old stays in use while fetching fails; 24 hours by default.
        public var staleWhileError: Duration = .seconds(86_400)

        /// The defaults.
        public init() {}
    }

    /// A set that was fetched, and until when it is believed.
    private struct Known {
        let keySet: KeySet
        let entityTag: String?
        let confirmedAt: Date
        let freshUntil: Date
        /// Beyond the end of freshness only after an attempt that failed.
        var usableUntil: Date
    }

    private nonisolated let url: String
    private nonisolated let limits: Limits
    private nonisolated let clock: @Sendable () -> Date
    private nonisolated let sleep: @Sendable (Duration) async throws -> Void
    private nonisolated let report: @Sendable (KeyStoreEvent) -> Void
    private nonisolated let fetcher: any KeySetFetcher
    private nonisolated let known = Mutex<Known?>(nil)

    /// How many fetches may go on after their time; a fetcher that never ends must not fill the memory.
    static let maximumStrays = 4

    private var flight: Task<Bool, Never>?
    private var lastAttempt: Date?
    private var fetches = 0

    /// Prepares a set; the first token that needs it, or `keepFresh()`, fetches it.
    ///
    /// - Parameters:
    ///   - url: the set's address, with https.
    ///   - fetcher: what speaks to the network.
    ///   - limits: how much a set may cost, and how long it is believed.
    ///   - allowInsecureHTTP: also takes an address with http, though only of this machine itself; for development.
    ///   - clock: the time by which sets grow old.
    ///   - sleep: waits for a time, or throws when its task is cancelled.
    ///   - onEvent: is told about fetches and failures, for the log; it must return soon.
    /// - Throws: `KeyStoreError.addressInvalid` for an address without https.
    public init(
        _ url: String,
        fetcher: any KeySetFetcher,
        limits: Limits = Limits(),
        allowInsecureHTTP: Bool = false,
        clock: @escaping @Sendable () -> Date = { Date.now },
        sleep: @escaping @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) },
        onEvent: @escaping @Sendable (KeyStoreEvent) -> Void = { _ in }
    ) throws(KeyStoreError) {
        guard KeyAddress(url, allowInsecureHTTP: allowInsecureHTTP) != nil else { throw .addressInvalid(url) }
        self.url = url
        self.fetcher = fetcher
        self.limits = limits
        self.clock = clock
        self.sleep = sleep
        report = onEvent
    }

    /// The keys while they are fresh, and for a time after fetching newer ones failed; else nil.
    public nonisolated func keySet(forIssuer issuer: String?) -> KeySet? {
        let now = clock()
        return known.withLock { known in
            guard let known, now < known.usableUntil else { return nil }
            return known.keySet
        }
    }

    /// True while no set was fetched, or the last good one is too old.
    public nonisolated func lacksKeys(ofIssuer issuer: String?) -> Bool { keySet(forIssuer: issuer) == nil }

    /// Fetches the set for an unknown key or because of its age, at most once per cooldown and once for all who wait.
    public func refresh(_ reason: KeyRefreshReason) async -> Bool {
        let isWanted =
            switch reason {
            // A token without kid is refused for having none, which no other set changes; unless there is no set yet.
            case .unknownKey(let kid, _): kid != nil || keySet(forIssuer: nil) == nil
            case .age: isOld
            }
        guard isWanted else { return false }
        if flight == nil, isAttemptDue {
            lastAttempt = clock()
            // Not a child: many requests wait for it, and the one that came first may be cancelled. It ends by itself,
            // after the time limit at the latest.
            flight = Task(executorPreference: KeyWork.executor) { await self.fetch() }
        }
        if let flight, await flight.value { return true }
        guard case .unknownKey(let kid?, _) = reason else { return false }
        // A fetch for another token may have found the key since this one was refused.
        return keySet(forIssuer: nil)?.storedKey(for: kid) != nil
    }

    /// Fetches the set before it grows too old, again and again; returns when its task is cancelled.
    ///
    /// Let it run beside the server, in the same task group. It fetches for the first time at once.
    public func keepFresh() async {
        while !Task.isCancelled {
            _ = await refresh(.age)
            let pause = known.withLock { known in
                known.map { Self.renewal(of: $0).timeIntervalSince(clock()) } ?? 0
            }
            do {
                try await sleep(max(.seconds(pause), limits.cooldown))
            } catch {
                return
            }
        }
    }

    private var isOld: Bool {
        let now = clock()
        return known.withLock { known in known.map { now >= Self.renewal(of: $0) } ?? true }
    }

    // Early enough for several attempts before the set is too old.
    private static func renewal(of known: Known) -> Date {
        known.confirmedAt.addingTimeInterval(known.freshUntil.timeIntervalSince(known.confirmedAt) * 0.8)
    }

    /// Whether the cooldown is over; a clock set back ends it.
    private var isAttemptDue: Bool {
        guard let lastAttempt else { return true }
        let elapsed = clock().timeIntervalSince(lastAttempt)
        return elapsed < 0 || elapsed >= limits.cooldown / .seconds(1)
    }

    // MARK: Fetching

    /// - Returns: whether there are keys that were not known or not usable before.
    private func fetch() async -> Bool {
        defer { flight = nil }
        let entityTag = known.withLock { $0?.entityTag }
        let request = KeySetRequest(
            url: url, entityTag: entityTag, maximumOctets: limits.octets, timeLimit: limits.time)
        do {
            return try take(try await answer(to: request))
        } catch {
            let now = clock()
            known.withLock { known in
                guard let current = known else { return }
                // Long enough for the next attempt to end before requests wait for it.
                let next = now.advanced(by: limits.cooldown * 2 + limits.time)
                let last = current.freshUntil.advanced(by: limits.staleWhileError)
                known?.usableUntil = max(current.usableUntil, min(next, last))
            }
            report(.fetchFailed(url: url, reason: "\(error)"))
            return keySet(forIssuer: nil) != nil
        }
    }

    /// The fetcher's answer, or an error when the time is over.
    private func answer(to request: KeySetRequest) async throws -> KeySetAnswer {
        guard fetches < Self.maximumStrays else { throw RemoteKeySetFailure.tooManyStrays(limit: Self.maximumStrays) }
        let (answers, first) = AsyncThrowingStream.makeStream(
            of: KeySetAnswer.self, bufferingPolicy: .bufferingOldest(1))
        fetches += 1
        // Neither is a child: a group would wait for a fetcher that goes on although it was cancelled, and requests with it.
        let fetching = Task(executorPreference: KeyWork.executor) { @concurrent [fetcher] in
            do {
                first.yield(try await fetcher.fetch(request))
                first.finish()
            } catch {
                first.finish(throwing: error)
            }
            await self.noteEnd()
        }
        let timing = Task(executorPreference: KeyWork.executor) { @concurrent [sleep] in
            // A sleep that was cancelled did not run to its end.
            guard (try? await sleep(request.timeLimit)) != nil else { return }
            first.finish(throwing: RemoteKeySetFailure.tooSlow(request.timeLimit))
        }
        defer {
            fetching.cancel()
            timing.cancel()
        }
        for try await answer in answers { return answer }
        throw CancellationError()
    }

    private func noteEnd() { fetches -= 1 }

    private func take(_ answer: KeySetAnswer) throws -> Bool {
        let now = clock()
        let age = min(max(answer.maximumAge ?? limits.maximumAge, limits.shortestMaximumAge), limits.longestMaximumAge)
        let end = now.advanced(by: age)
        let keySet: KeySet
        switch answer.status {
        case 200:
            guard answer.body.count <= limits.octets else { throw RemoteKeySetFailure.tooLarge(limit: limits.octets) }
            let remote = try RemoteKeys(answer.body, limits: limits)
            if !remote.ambiguous.isEmpty { report(.ambiguousKeys(url: url, kids: remote.ambiguous)) }
            keySet = try KeySet(remote.keys)
        case 304:
            guard let current = known.withLock({ $0 }) else { throw RemoteKeySetFailure.status(304) }
            keySet = current.keySet
        default: throw RemoteKeySetFailure.status(answer.status)
        }
        known.withLock { known in
            known = Known(
                keySet: keySet, entityTag: answer.entityTag ?? (answer.status == 304 ? known?.entityTag : nil),
                confirmedAt: now, freshUntil: end, usableUntil: end)
        }
        report(.fetched(url: url, keys: keySet.storedKeys.count))
        return true
    }
}
