import ApusCrypto
import ApusTransport

/// Slows down logins that fail: per user, and per address from which they come.
///
/// ```swift
/// let throttle = LoginThrottle()
/// let basic = BasicAuthentication("Basic", realm: "Demo", throttle: throttle, validate: users.verify)
/// // In the handler of a login form:
/// let good = try await throttle.attempt(as: form.username, from: request) {
///     try await users.verify(username: form.username, password: form.password)
/// }
/// ```
///
/// After some failures the next attempt is refused for a time, with 429 and Retry-After and without a look at the
/// password; each further failure doubles the time: with the default limits about 300 guesses a day. A success clears
/// the user's failures, and takes those that were his off the address's.
///
/// An attacker who fails under somebody's name again and again, or from somebody's network, makes others wait as well,
/// though never for longer than `Limits.longestWait` at a time; and not at all where a user has logged in before: there
/// his own failures at that address alone count. So nobody is locked out for ever, while a user at a new address may
/// have to try more than once as long as an attack on his name goes on. IPv6 addresses count by their first 64 bits.
///
/// The counts are those of this process, and gone when it ends.
public actor LoginThrottle {
    nonisolated let address: @Sendable (Request) -> String
    private nonisolated let clock: @Sendable () -> ContinuousClock.Instant

    private var users: FailureTable
    private var networks: FailureTable
    /// Users at addresses: which failures of an address are whose.
    private var pairs: FailureTable
    private var places: KnownPlaces

    /// - Parameters:
    ///   - limits: how many failures are free, and how long the waits are.
    ///   - address: where a request comes from; behind a proxy, which has one address for all, what a proxy that can be
    ///     believed says of it.
    ///   - clock: the time by which waits pass; one that nobody sets.
    public init(
        limits: Limits = Limits(), address: @escaping @Sendable (Request) -> String = { $0.connection.peerAddress },
        clock: @escaping @Sendable () -> ContinuousClock.Instant = { .now }
    ) {
        let limits = limits.sensible
        self.address = address
        self.clock = clock
        users = FailureTable(free: limits.userFailures, limits: limits)
        networks = FailureTable(free: limits.addressFailures, limits: limits)
        pairs = FailureTable(free: limits.userFailures, limits: limits)
        places = KnownPlaces(limits: limits)
    }

    /// Has a login checked, unless it comes too soon after others that failed.
    ///
    /// - Parameters:
    ///   - username: as the client gave it, whether there is such a user or not; names that differ in case alone count
    ///     as one.
    ///   - check: true for good credentials; runs where the caller runs. An error is neither a failure nor a success.
    /// - Throws: `Problem` 429 when the login comes too soon, and what `check` throws.
    public nonisolated func attempt(
        as username: String, from request: Request, _ check: () async throws -> Bool
    ) async throws -> Bool {
        try await attempt(as: username, from: request, identifying: { try await check() ? () : nil }) != nil
    }

    /// Has a login checked by a closure that says who it is, or nil for credentials that are no good.
    ///
    /// - Throws: `Problem` 429 when the login comes too soon, and what `identify` throws.
    public nonisolated func attempt<Identity>(
        as username: String, from request: Request, identifying identify: () async throws -> Identity?
    ) async throws -> Identity? {
        let attempt = LoginAttempt(username: username, address: address(request))
        if let wait = await begin(attempt) { throw try Self.refusal(wait) }
        let identity: Identity?
        do {
            identity = try await identify()
        } catch {
            await withdraw(attempt)
            throw error
        }
        if identity == nil { await fail(attempt) } else { await succeed(attempt) }
        return identity
    }

    /// Counts an attempt as under way.
    ///
    /// - Returns: how long it has to wait instead; nil when it may go on.
    private func begin(_ attempt: LoginAttempt) -> Duration? {
        let now = clock()
        let waits =
            places.contains(attempt.user, at: attempt.network, now: now)
            ? [pairs.wait(for: attempt.pair, at: now)]
            : [networks.wait(for: attempt.network, at: now), users.wait(for: attempt.user, at: now)]
        if let wait = waits.compactMap(\.self).max() { return wait }
        networks.begin(attempt.network, at: now)
        pairs.begin(attempt.pair, at: now)
        users.begin(attempt.user, at: now)
        return nil
    }

    private func fail(_ attempt: LoginAttempt) {
        let now = clock()
        networks.fail(attempt.network, at: now)
        pairs.fail(attempt.pair, at: now)
        // A user who mistypes where he is known does not keep himself out elsewhere.
        if places.contains(attempt.user, at: attempt.network, now: now) {
            users.end(attempt.user)
        } else {
            users.fail(attempt.user, at: now)
        }
    }

    private func succeed(_ attempt: LoginAttempt) {
        let now = clock()
        let isKnown = places.contains(attempt.user, at: attempt.network, now: now)
        // Only the user's own: an attacker who has an account could clear his address by logging in to it.
        let own = pairs.failures(of: attempt.pair)
        networks.end(attempt.network, forgiving: own)
        pairs.end(attempt.pair, forgiving: own)
        // Where he is known the user's failures were not asked for: those may be an attacker's elsewhere.
        users.end(attempt.user, forgiving: isKnown ? 0 : users.failures(of: attempt.user))
        places.note(attempt.user, at: attempt.network, now: now)
    }

    private func withdraw(_ attempt: LoginAttempt) {
        networks.end(attempt.network)
        pairs.end(attempt.pair)
        users.end(attempt.user)
    }

    private static func refusal(_ wait: Duration) throws -> Problem {
        let seconds = max(1, wait.components.seconds + (wait.components.attoseconds > 0 ? 1 : 0))
        var problem = Problem(
            .tooManyRequests, "Too many logins have failed; try again in \(seconds) s.", cause: ThrottledLogin())
        try problem.headers.set(.retryAfter, "\(seconds)")
        problem.diagnosis = Problem.Diagnosis(
            symptom: "429 for a login, whose password may be right",
            cause:
                "Logins of this user, or from this address, have failed more often than LoginThrottle.Limits lets pass.",
            fix: "Wait for as long as Retry-After says, then send the right password.")
        return problem
    }
}

/// Why a login was refused unseen, for the log; it does not say whose, since people type passwords where names belong.
private struct ThrottledLogin: Error, CustomStringConvertible {
    var description: String { "The login comes too soon after others of this user or this address that failed" }
}
