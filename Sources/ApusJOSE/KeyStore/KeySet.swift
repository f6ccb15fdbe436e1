public import FoundationEssentials

/// The keys of a store at one moment; it never changes, so it is read without waiting.
///
/// What a key may be used for follows from its dates and the instant that is asked about.
public final class KeySet: Sendable {
    /// Every key with its dates, in the order in which they were added.
    public let storedKeys: [StoredKey]

    let revocations: Revocations
    private let hasRevocations: Bool
    private let positions: [String: Int]
    /// In the order of the keys; nil for one that only verifies.
    private let ownTokens: [OwnToken?]

    /// What every plain token under one of the set's own signing keys begins with, and what verifies it.
    ///
    /// A class, so that to find one copies nothing.
    final class OwnToken: Sendable {
        let header: EncodedHeader
        let signingKey: SigningKey
        let verifier: SignatureVerifier
        let algorithm: SignatureAlgorithm
        let schedule: KeySchedule

        init?(_ stored: StoredKey, signingWith key: SigningKey) {
            guard let verifier = stored.key.verifier(for: key.algorithm) else { return nil }
            header = key.plainHeader
            signingKey = key
            self.verifier = verifier
            algorithm = key.algorithm
            schedule = stored.schedule
        }
    }

    init(_ storedKeys: [StoredKey], revocations: Revocations = Revocations()) throws(KeyError) {
        var positions: [String: Int] = [:]
        for (position, key) in storedKeys.enumerated() {
            guard positions.updateValue(position, forKey: key.kid) == nil else { throw .kidTaken(key.kid) }
        }
        self.storedKeys = storedKeys
        self.revocations = revocations
        hasRevocations = !revocations.isEmpty
        self.positions = positions
        ownTokens = storedKeys.map { stored in
            stored.signingKey.flatMap { OwnToken(stored, signingWith: $0) }
        }
    }

    /// Every key as what checks signatures, in the order in which they were added.
    public var keys: [VerificationKey] { storedKeys.map(\.key) }

    /// The key that signs at an instant: of the active ones that which became active last.
    ///
    /// When none is, one that becomes so within the skew of the clocks signs already; nil when there is none either.
    public func signingKey(at now: Date) -> SigningKey? { signer(at: now)?.signingKey }

    /// The key that signs, and its dates.
    func signer(at now: Date) -> OwnToken? {
        KeySchedule.signer(of: storedKeys, at: now).flatMap { ownTokens[$0] }
    }

    /// The key with exactly this identifier, or nil when it is unknown, has expired or was revoked.
    ///
    /// An unknown identifier never leads to another key.
    public func key(for kid: String, at now: Date) -> VerificationKey? {
        guard let stored = storedKey(for: kid), stored.schedule.isAccepted(at: now) else { return nil }
        return stored.key
    }

    /// The key with exactly this identifier in whatever state, or nil.
    public func storedKey(for kid: String) -> StoredKey? {
        guard let position = positions[kid], storedKeys[position].kid.hasSameOctets(as: kid) else { return nil }
        return storedKeys[position]
    }

    /// Whether the store has revoked what has this identifier, or what its subject was issued by then.
    ///
    /// The verification of tokens asks this by itself; a scheme with tickets of another kind asks it here.
    public func isRevoked(tokenID: String, subject: String, issuedAt: Date, at now: Date) -> Bool {
        revocations.revokes(tokenID: tokenID, subject: subject, issuedAt: issuedAt, at: now)
    }

    func revokes(_ claims: Claims, signedWith kid: @autoclosure () -> String?, at now: Date) -> Bool {
        hasRevocations && revocations.revokes(claims, signedWith: kid(), at: now)
    }

    /// The key for tokens without an identifier: the only accepted one of the algorithms, or nil when there are several.
    func soleKey(at now: Date, where isAllowed: (SignatureAlgorithm) -> Bool) -> StoredKey? {
        var sole: StoredKey?
        for stored in storedKeys
        where stored.schedule.isAccepted(at: now) && stored.key.algorithms.contains(where: isAllowed) {
            if sole != nil { return nil }
            sole = stored
        }
        return sole
    }

    /// The own token that begins with this header segment, octet for octet.
    ///
    /// Most tokens that a server sees are its own, and for them this saves decoding the header.
    func ownToken(withHeader segment: Span<UInt8>) -> OwnToken? {
        for position in ownTokens.indices {
            if let token = ownTokens[position], token.header.isEncoded(as: segment) { return token }
        }
        return nil
    }
}
