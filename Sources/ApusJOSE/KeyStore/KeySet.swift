/// The keys of a store at one moment; it never changes, so it is read without waiting.
public final class KeySet: Sendable {
    /// Every key, in the order in which they were added.
    public let keys: [VerificationKey]
    /// The key that signs new tokens.
    public let signingKey: SigningKey

    /// A key of the set, and what signs under it if the set can.
    struct Entry {
        let kid: String
        let verificationKey: VerificationKey
        let signingKey: SigningKey?

        init(_ key: SigningKey) {
            kid = key.kid
            verificationKey = key.verificationKey
            signingKey = key
        }

        init(_ key: VerificationKey) throws(KeyError) {
            guard let kid = key.kid else { throw .kidMissing }
            self.kid = kid
            verificationKey = key
            signingKey = nil
        }
    }

    /// What a token under one of the set's own signing keys looks like, and what verifies it.
    struct OwnToken {
        let header: EncodedHeader
        let key: VerificationKey
        let algorithm: SignatureAlgorithm
    }

    let entries: [Entry]
    private let ownTokens: [OwnToken]
    private let positions: [String: Int]

    init(_ entries: [Entry], signingKey: SigningKey) throws(KeyError) {
        var positions: [String: Int] = [:]
        for (position, entry) in entries.enumerated() {
            guard positions.updateValue(position, forKey: entry.kid) == nil else { throw .kidTaken(entry.kid) }
        }
        self.entries = entries
        self.signingKey = signingKey
        self.positions = positions
        keys = entries.map(\.verificationKey)
        ownTokens = entries.compactMap(\.signingKey).map { key in
            OwnToken(header: key.plainHeader, key: key.verificationKey, algorithm: key.algorithm)
        }
    }

    /// The key with exactly this identifier, or nil; an unknown identifier never leads to another key.
    public func key(for kid: String) -> VerificationKey? {
        entry(for: kid)?.verificationKey
    }

    func entry(for kid: String) -> Entry? {
        guard let position = positions[kid], entries[position].kid.hasSameOctets(as: kid) else { return nil }
        return entries[position]
    }

    /// The key for tokens without an identifier: the only one with an allowed algorithm, or nil when there are several.
    func soleKey(where isAllowed: (SignatureAlgorithm) -> Bool) -> VerificationKey? {
        var sole: VerificationKey?
        for key in keys where key.algorithms.contains(where: isAllowed) {
            if sole != nil { return nil }
            sole = key
        }
        return sole
    }

    /// The own token that begins with this header segment, octet for octet.
    ///
    /// Most tokens that a server sees are its own, and for them this saves decoding the header.
    func ownToken(withHeader segment: Span<UInt8>) -> OwnToken? {
        ownTokens.first { token in token.header.isEncoded(as: segment) }
    }
}
