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

    /// All of the key as a JWK, for keeping it; nil for a shared secret of which only the verifying side is here.
    func jwk() throws(KeyError) -> JWK? {
        if let signingKey { return try signingKey.jwk() }
        return key.publicJWK
    }
}
