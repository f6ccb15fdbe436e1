import Apus
import ApusTesting
import Foundation

/// What may come back for a token: computed from when it was issued, how long it lives, what was withdrawn, and the clocks.
struct Verdict {
    /// How far the clocks of issuer and validator may be apart (the documented default of both).
    static let skew = 60.0

    private(set) var mayBeAccepted: Bool
    private(set) var reasons: [String] = []

    /// - Parameters:
    ///   - validator: what the validator's clock can have shown while the request was under way, in seconds since 1970.
    ///   - store: the clock of the key store; what has ended by the latest that it has ever shown may be forgotten.
    ///   - done: what had been withdrawn before the request began; `begun`: what may have been until its end.
    init(
        on token: IssuedRecord, _ change: TokenChange, validator: ClosedRange<Double>, store: DriftingClock,
        done: [TokenBook.Withdrawal], begun: [TokenBook.Withdrawal]
    ) {
        let end = token.expires + Self.skew
        let start = token.notBefore - Self.skew
        let canBeInTime = validator.lowerBound < end && validator.upperBound >= start
        let latest = store.latest.timeIntervalSince1970
        // A store whose clock was set back before a rotation has counted the life of older tokens from too early on.
        let endOfKey = end - store.furthestBehind
        // A validator that is further behind than the skew may miss what the store has forgotten.
        let isWithdrawn = done.concern(token, surely: true) && latest < end + Self.skew
        mayBeAccepted = change == .none && canBeInTime && !isWithdrawn && token.audience == "orders"
        if let refusal = change.refusal { reasons.append(refusal) }
        // RFC 7515 §4.1.1, RFC 8725 §3.1: without its key, a token of any kind is refused for that.
        if begun.concern(token, surely: false) { reasons.append("The token was revoked") }
        if begun.removeKey(of: token) || validator.upperBound >= endOfKey || latest >= endOfKey {
            reasons.append("The signature key was not found")
        }
        guard change == .none else { return }
        if validator.upperBound >= end { reasons.append("The token expired at ") }
        if validator.lowerBound < start { reasons.append("The token is not valid before ") }
        if token.audience != "orders" { reasons.append("The audience '\(token.audience)' is invalid") }
    }

    func check(_ response: TestResponse, of token: IssuedRecord) throws {
        switch response.status {
        case .ok:
            try expect(mayBeAccepted, "a token was accepted that must be refused: \(reasons)")
            try expect(
                response.text == "\(token.subject) \(token.jti)", "expected its own claims, found \(response.text)")
        case .unauthorized:
            let challenge = response.headers[.wwwAuthenticate] ?? "none"
            let prefix = "Bearer realm=\"orders\", error=\"invalid_token\", error_description=\""
            try expect(challenge.hasPrefix(prefix), "expected a challenge by RFC 6750 §3, found \(challenge)")
            let reason = challenge.dropFirst(prefix.count)
            try expect(
                reasons.contains { reason.hasPrefix($0) },
                "a token was refused for '\(reason)'; possible are \(reasons)")
        default: throw Violation(description: "expected 200 or 401, found \(response)")
        }
    }
}
