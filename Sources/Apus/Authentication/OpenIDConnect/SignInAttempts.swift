import ApusHTTP
import ApusJOSE
import FoundationEssentials
import Synchronization

/// The sign-ins that a browser has begun, each sealed in a cookie of its own, so that several tabs do not disturb each other.
///
/// The cookies are Lax, since the provider's answer comes from another site, and bound to the host where the session's are.
struct SignInAttempts: Sendable {
    /// How many a browser may have under way; with one more the oldest is given up.
    static let maximumCount = 8

    private let prefix: String
    private let isSecure: Bool
    private let protector: DataProtector
    private let used = UsedStates()

    /// - Parameter cookie: what the cookies' names begin with.
    init(cookie: String, isSecure: Bool, keys: KeyStore) {
        prefix = cookie + "-in-"
        self.isSecure = isSecure
        protector = DataProtector(keys, purpose: "OpenID Connect sign-in", lifetime: SignInAttempt.lifetime)
    }

    /// Gives an attempt into the keeping of the browser.
    func keep(_ attempt: SignInAttempt, in response: inout Response, for request: Request) throws {
        let others = try self.others(in: request.cookies, at: attempt.begun)
        for state in others.dropFirst(Self.maximumCount - 1) { try remove(state, from: &response) }
        let sealed = try protector.seal(attempt.octets, context: prefix + attempt.state)
        let age = Int(SignInAttempt.lifetime / .seconds(1))
        try response.setCookie(
            HTTP.SetCookie(prefix + attempt.state, sealed, maxAge: age, secure: isSecure, sameSite: .lax))
    }

    /// The attempt that an answer belongs to; it is given out once.
    ///
    /// - Throws: `SignInError.attemptUnknown` and `.attemptUsed`.
    nonisolated(nonsending) func take(
        _ state: String, from request: Request, at now: Date
    ) async throws -> SignInAttempt {
        let values = try request.cookies.values(of: prefix + state)
        guard values.count == 1, let octets = try? await protector.open(values[0], context: prefix + state),
            let attempt = SignInAttempt(octets: octets), attempt.isCurrent(at: now)
        else { throw SignInError.attemptUnknown }
        guard used.note(attempt.state, at: now) else { throw SignInError.attemptUsed }
        return attempt
    }

    /// What takes an attempt out of the browser.
    func removal(of state: String) throws -> HTTP.SetCookie {
        try HTTP.SetCookie(prefix + state, "", secure: isSecure, sameSite: .lax).removal
    }

    private func remove(_ state: String, from response: inout Response) throws {
        try response.setCookie(try removal(of: state))
    }

    /// The states of the other attempts, the youngest first; those that are over come last.
    private func others(in cookies: HTTP.Cookies, at now: Date) -> [String] {
        cookies.filter { $0.name.hasPrefix(prefix) }
            .map { cookie -> (state: String, begun: Date) in
                let attempt = protector.openKnown(cookie.value, context: cookie.name).flatMap(SignInAttempt.init)
                return (String(cookie.name.dropFirst(prefix.count)), attempt?.begun ?? .distantPast)
            }
            .sorted { $0.begun > $1.begun }.map(\.state)
    }
}

/// The attempts that have ended in this process, for as long as their cookies could come again.
///
/// A code counts once at the provider already (RFC 6749 §4.1.2); this keeps what is not worth asking from it.
private final class UsedStates: Sendable {
    private static let maximumCount = 10_000

    private struct Entry {
        let state: String
        let until: Date
    }

    private let entries = Mutex<(known: Set<String>, order: [Entry])>(([], []))

    /// - Returns: false when the state was noted before.
    func note(_ state: String, at now: Date) -> Bool {
        entries.withLock { entries in
            let over = entries.order.prefix { $0.until <= now }.count
            let excess = max(over, entries.order.count - Self.maximumCount + 1)
            if excess > 0 {
                for entry in entries.order.prefix(excess) { entries.known.remove(entry.state) }
                entries.order.removeFirst(excess)
            }
            guard entries.known.insert(state).inserted else { return false }
            entries.order.append(
                Entry(state: state, until: now.addingTimeInterval(SignInAttempt.lifetime / .seconds(1))))
            return true
        }
    }
}
