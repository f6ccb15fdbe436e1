import FoundationEssentials

/// A key of a store with its dates.
public struct StoredKey: Sendable {
    /// The identifier that tokens carry in `kid`.
    public let kid: String
    /// What checks signatures.
    public let key: VerificationKey
    /// When it signs and how long it is accepted.
    public internal(set) var schedule: KeySchedule

    /// What signs; nil for a key of which only the public part is here.
    let signingKey: SigningKey?
    /// The private JWK of a key that was made for a directory and is not written yet.
    var unsaved: JSONObject?

    init(_ key: SigningKey, _ schedule: KeySchedule) {
        kid = key.kid
        self.key = key.verificationKey
        signingKey = key
        self.schedule = schedule
    }

    init(_ key: VerificationKey, _ schedule: KeySchedule) throws(KeyError) {
        guard let kid = key.kid else { throw .kidMissing }
        self.kid = kid
        self.key = key
        signingKey = nil
        self.schedule = schedule
    }
}
