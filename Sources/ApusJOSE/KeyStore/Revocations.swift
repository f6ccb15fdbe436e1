import FoundationEssentials

/// The tokens and subjects that are refused before their time, each until an instant from which it no longer matters.
struct Revocations: Hashable, Sendable {
    /// All tokens of a subject that were issued before an instant.
    struct Subject: Hashable, Sendable {
        let issuedBefore: Date
        let until: Date
    }

    private(set) var tokens: [String: Date] = [:]
    private(set) var subjects: [String: Subject] = [:]

    var count: Int { tokens.count + subjects.count }
    var isEmpty: Bool { tokens.isEmpty && subjects.isEmpty }

    mutating func revoke(tokenID: String, until: Date) {
        tokens[tokenID] = max(until, tokens[tokenID] ?? until)
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

    mutating func dropExpired(at now: Date) {
        tokens = tokens.filter { now < $0.value }
        subjects = subjects.filter { now < $0.value.until }
    }

    /// A subject's token without `iat` counts as issued before every instant.
    func revokes(_ claims: Claims, at now: Date) -> Bool {
        if isEmpty { return false }
        if !tokens.isEmpty, let identifier = claims.identifier, let until = tokens[identifier], now < until {
            return true
        }
        guard !subjects.isEmpty, let subject = claims.subject, let revocation = subjects[subject],
            now < revocation.until
        else { return false }
        guard let issuedAt = claims.issuedAt else { return true }
        return issuedAt < revocation.issuedBefore
    }
}
