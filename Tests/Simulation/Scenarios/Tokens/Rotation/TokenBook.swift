import Foundation
import Synchronization

/// A token that the service has issued, as it must be.
struct IssuedRecord: Sendable {
    let text: String
    let kid: String
    let jti: String
    let subject: String
    let audience: String
    /// In seconds since 1970, as are the others.
    let issuedAt: Double
    let notBefore: Double
    let expires: Double
}

/// What is known of the service from outside: the tokens that it has issued, and what has been taken back.
final class TokenBook: Sendable {
    /// What has been asked for, and whether it was done.
    struct Withdrawal: Sendable {
        enum Object: Sendable {
            case key(String)
            case removedKey(String)
            case token(String)
            /// Those that were issued before an instant within this range.
            case subject(String, before: ClosedRange<Double>)
        }

        var object: Object
        var isDone = false
    }

    private struct State {
        var tokens: [IssuedRecord] = []
        var withdrawals: [Withdrawal] = []
    }

    private let state = Mutex(State())

    // MARK: Tokens

    func add(_ token: IssuedRecord) { state.withLock { $0.tokens.append(token) } }

    /// One of the tokens so far; nil before the first.
    func token(_ number: Int) -> IssuedRecord? {
        state.withLock { $0.tokens.isEmpty ? nil : $0.tokens[number % $0.tokens.count] }
    }

    // MARK: Withdrawals

    /// Notes that something is being withdrawn.
    func begin(_ object: Withdrawal.Object) -> Int {
        state.withLock { state in
            state.withdrawals.append(Withdrawal(object: object))
            return state.withdrawals.count - 1
        }
    }

    /// Notes that it has been; what was withdrawn may be better known by then.
    func end(_ place: Int, _ object: Withdrawal.Object? = nil) {
        state.withLock { state in
            state.withdrawals[place].isDone = true
            if let object { state.withdrawals[place].object = object }
        }
    }

    /// What has been done by now; for the moment at which a request begins.
    var done: [Withdrawal] { state.withLock { $0.withdrawals.filter(\.isDone) } }

    /// What has at least been asked for by now; for the moment at which its answer is there.
    var begun: [Withdrawal] { state.withLock(\.withdrawals) }
}

extension [TokenBook.Withdrawal] {
    /// Whether a token is surely, or perhaps, among what these take back.
    func concern(_ token: IssuedRecord, surely: Bool) -> Bool {
        contains { withdrawal in
            switch withdrawal.object {
            case .key(let kid), .removedKey(let kid): kid == token.kid
            case .token(let jti): jti == token.jti
            case .subject(let subject, let before):
                subject == token.subject && token.issuedAt < (surely ? before.lowerBound : before.upperBound)
            }
        }
    }

    /// Whether the key is no longer among those of the store.
    func removeKey(of token: IssuedRecord) -> Bool {
        contains { if case .removedKey(token.kid) = $0.object { true } else { false } }
    }
}
