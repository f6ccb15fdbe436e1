public import FoundationEssentials

/// When a key signs and how long its signatures are accepted; what follows from it depends on the clock alone.
///
/// No task has to run when a key begins or ends, and processes with the same dates switch at the same instant.
public struct KeySchedule: Hashable, Sendable {
    /// From when the key may sign; nil for a key that is published and waits for `KeyStore.use(kid:)`.
    public internal(set) var activeFrom: Date?
    /// From when it signs no more, though its signatures are accepted; nil while that is not decided.
    public internal(set) var retiredFrom: Date?
    /// From when its signatures are refused; nil for a key that is accepted until it is removed.
    public internal(set) var acceptedUntil: Date?
    /// When it was revoked; nil for a key that was not.
    ///
    /// It is refused whatever the clock says: one that is behind, or was set back, must not let it in again.
    public internal(set) var revokedAt: Date?
    /// The longest lifetime of a token that the key signed, in seconds; nil before the first one.
    var longestLifetime: Int?

    /// What a key may be used for at an instant.
    public enum State: String, Hashable, Sendable {
        /// Published and accepted, but not used for signing yet.
        case pending
        /// May sign; the active key that became so last is the one that does.
        case active
        /// Accepted, but used for signing no more.
        case retiring
        /// Refused, because the last token under it has ended.
        case expired
        /// Refused, because it was revoked.
        case revoked
    }

    /// What the key may be used for at an instant.
    public func state(at now: Date) -> State {
        if isRevoked { return .revoked }
        if let acceptedUntil, now >= acceptedUntil { return .expired }
        if let retiredFrom, now >= retiredFrom { return .retiring }
        guard let activeFrom, now >= activeFrom else { return .pending }
        return .active
    }

    /// Whether signatures of the key are believed at an instant.
    func isAccepted(at now: Date) -> Bool {
        if isRevoked { return false }
        if let acceptedUntil, now >= acceptedUntil { return false }
        return true
    }

    var isRevoked: Bool { revokedAt != nil }
}

extension KeySchedule {
    /// The schedule of a key that has always been in use and has no end yet.
    static let always = KeySchedule(activeFrom: .distantPast)
    /// The schedule of a key that signed earlier, or elsewhere, and has no end yet.
    static let verifying = KeySchedule(activeFrom: .distantPast, retiredFrom: .distantPast)
    /// The schedule of a key that is published, and signs when it is told to.
    static let waiting = KeySchedule()
}

extension KeySchedule {
    /// Where the key is that signs at an instant: of the active ones that which became active last, or else one that is about to.
    ///
    /// By position, because a copy of a key takes long, and this is asked for each token that is issued.
    static func signer(of keys: [StoredKey], at now: Date) -> Int? {
        var signer: Int?
        var latest = Date.distantPast
        for position in keys.indices {
            guard keys[position].signingKey != nil, keys[position].schedule.state(at: now) == .active,
                let activeFrom = keys[position].schedule.activeFrom, activeFrom >= latest
            else { continue }
            signer = position
            latest = activeFrom
        }
        return signer ?? imminentSigner(of: keys, at: now)
    }

    /// The key that signs before its time because no other does: the clock is behind the one by which that key was made, or was set back.
    private static func imminentSigner(of keys: [StoredKey], at now: Date) -> Int? {
        let latest = now.advanced(by: KeyStore.clockSkew)
        return
            keys.indices.filter { position in
                let key = keys[position]
                guard key.signingKey != nil, let activeFrom = key.schedule.activeFrom else { return false }
                return key.schedule.state(at: now) == .pending && activeFrom <= latest
            }
            .min { keys[$0].schedule.activeFrom ?? latest < keys[$1].schedule.activeFrom ?? latest }
    }
}
