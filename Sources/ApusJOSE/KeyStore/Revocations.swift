import FoundationEssentials

/// What is refused before its time, tokens, subjects and keys of others, each until an instant from which it no longer
/// matters.
struct Revocations: Sendable {
    /// All tokens of a subject that were issued before an instant.
    struct Subject: Hashable, Sendable {
        let issuedBefore: Date
        let until: Date
    }

    private(set) var tokens: [String: Date] = [:]
    private(set) var subjects: [String: Subject] = [:]
    /// Keys of other issuers; those of a store have a date for it themselves.
    private(set) var keys: [String: Date] = [:]
    private var nextDrop = Date.distantPast

    var count: Int { tokens.count + subjects.count + keys.count }
    var isEmpty: Bool { tokens.isEmpty && subjects.isEmpty && keys.isEmpty }

    func hasSameEntries(as other: Revocations) -> Bool {
        tokens == other.tokens && subjects == other.subjects && keys == other.keys
    }

    mutating func revoke(tokenID: String, until: Date) {
        tokens[tokenID] = max(until, tokens[tokenID] ?? until)
    }

    mutating func revoke(kid: String, until: Date) {
        keys[kid] = max(until, keys[kid] ?? until)
    }

    mutating func revoke(subject: String, _ revocation: Subject) {
        guard let earlier = subjects[subject] else {
            subjects[subject] = revocation
            return
        }
        subjects[subject] = Subject(
            issuedBefore: max(earlier.issuedBefore, revocation.issuedBefore),
            until: max(earlier.until, revocation.until))
    }

    mutating func merge(_ other: Revocations) {
        for (tokenID, until) in other.tokens { revoke(tokenID: tokenID, until: until) }
        for (subject, revocation) in other.subjects { revoke(subject: subject, revocation) }
        for (kid, until) in other.keys { revoke(kid: kid, until: until) }
    }

    /// Forgets what has ended; once a minute at most unless told otherwise, because a long list is gone through.
    mutating func dropEnded(at now: Date, evenSoon: Bool) {
        guard evenSoon || now >= nextDrop else { return }
        // Those whose clocks are behind would accept for a little longer what was forgotten here.
        let end = evenSoon ? now : now.advanced(by: .zero - KeyStore.clockSkew)
        tokens = tokens.filter { end < $0.value }
        subjects = subjects.filter { end < $0.value.until }
        keys = keys.filter { end < $0.value }
        nextDrop = now.addingTimeInterval(60)
    }

    func revokes(_ claims: Claims, signedWith kid: String?, at now: Date) -> Bool {
        if isEmpty { return false }
        if !keys.isEmpty, let kid, let until = keys[kid], now < until { return true }
        return revokes(
            tokenID: claims.identifier, subject: claims.subject, issuedAt: claims.issuedAt, at: now)
    }

    /// A subject's token without `iat` counts as issued before every instant.
    func revokes(
        tokenID: @autoclosure () -> String?, subject: @autoclosure () -> String?, issuedAt: @autoclosure () -> Date?,
        at now: Date
    ) -> Bool {
        if !tokens.isEmpty, let identifier = tokenID(), let until = tokens[identifier], now < until { return true }
        guard !subjects.isEmpty, let subject = subject(), let revocation = subjects[subject], now < revocation.until
        else { return false }
        guard let issuedAt = issuedAt() else { return true }
        return issuedAt < revocation.issuedBefore
    }
}
