import ApusCrypto
import ApusJOSE
import FoundationEssentials
import Synchronization

/// What a refresh has brought.
struct TokenRenewal: Sendable {
    let tokens: SessionTokens
    let claims: Claims
}

/// Refreshes each session's tokens once, however many of its requests come at the same time.
///
/// A refresh token is good once where the provider rotates them (RFC 9700 §4.14.2), and whoever shows it twice is taken for a thief. So
/// requests with the old one get what the first has brought, for as long as it may take until the browser has the new one.
actor TokenRenewals {
    enum Outcome: Sendable {
        case renewed(TokenRenewal)
        /// The provider says no: it does not know the session any more, or not as it was.
        case ended(SignInError)
        /// Nobody knows; asked again after a pause.
        case unreachable
    }

    private struct Entry {
        let outcome: Outcome
        let until: Date
    }

    /// For how long an outcome counts.
    private static let memory: TimeInterval = 600
    private static let pause: TimeInterval = 30
    private static let maximumCount = 2_000

    private nonisolated let logger: Logger
    private nonisolated let known = Mutex<(entries: [String: Entry], order: [String])>(([:], []))
    private var flights: [String: Task<Outcome, Never>] = [:]

    init(logger: Logger) {
        self.logger = logger
    }

    /// What the refresh of these tokens has brought already.
    nonisolated func renewal(of tokens: SessionTokens) -> TokenRenewal? {
        guard let id = Self.id(tokens), case .renewed(let renewal)? = known.withLock({ $0.entries[id]?.outcome }) else {
            return nil
        }
        return renewal
    }

    /// The outcome of a refresh, by `renew` unless it is known or under way.
    func outcome(
        for tokens: SessionTokens, at now: Date, renew: @escaping @Sendable () async throws -> TokenRenewal
    ) async -> Outcome {
        guard let id = Self.id(tokens) else { return .unreachable }
        if let entry = known.withLock({ $0.entries[id] }), now < entry.until { return entry.outcome }
        if let flight = flights[id] { return await flight.value }
        // Not a child: several requests wait for it, and when the one that came first is cancelled the new tokens must not get lost. It
        // ends by itself, as each of its requests to the provider has a time limit.
        let flight = Task { await self.attempt(renew) }
        flights[id] = flight
        let outcome = await flight.value
        flights[id] = nil
        note(outcome, of: id, at: now)
        return outcome
    }

    private func attempt(_ renew: @Sendable () async throws -> TokenRenewal) async -> Outcome {
        do {
            return .renewed(try await renew())
        } catch let error as SignInError where error.isFinal {
            return .ended(error)
        } catch {
            logger.log(.warning, "A session could not be renewed", ["reason": .string("\(error)")])
            return .unreachable
        }
    }

    private func note(_ outcome: Outcome, of id: String, at now: Date) {
        let time = if case .unreachable = outcome { Self.pause } else { Self.memory }
        known.withLock { known in
            if known.entries.updateValue(Entry(outcome: outcome, until: now.addingTimeInterval(time)), forKey: id)
                == nil
            {
                known.order.append(id)
            }
            let excess = max(0, known.order.count - Self.maximumCount)
            for id in known.order.prefix(excess) { known.entries[id] = nil }
            known.order.removeFirst(excess)
        }
    }

    /// The hash of the refresh token, so that no memory outlives the session that has what opens doors.
    private nonisolated static func id(_ tokens: SessionTokens) -> String? {
        tokens.refreshToken.map { token in
            let octets = Array(token.utf8)
            return Base64URL.encode(DigestAlgorithm.digest(.sha256, octets.span))
        }
    }
}

extension SignInError {
    /// Whether the provider, or what it has issued, says that the session is over.
    fileprivate var isFinal: Bool {
        switch self {
        case .tokenRefused(let code, _): code == "invalid_grant"
        case .idToken, .userinfo: true
        default: false
        }
    }
}
