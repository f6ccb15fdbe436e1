/// The keys of a store at one moment; it never changes, so it is read without waiting.
public final class KeySet: Sendable {
    /// Every key, in the order in which they were added.
    public let keys: [SigningKey]
    /// The key that signs new tokens.
    public let signingKey: SigningKey

    private let positions: [String: Int]

    init(keys: [SigningKey], signingKey: SigningKey) throws(KeyError) {
        var positions: [String: Int] = [:]
        for (position, key) in keys.enumerated() {
            guard positions.updateValue(position, forKey: key.kid) == nil else { throw .kidTaken(key.kid) }
        }
        self.keys = keys
        self.signingKey = signingKey
        self.positions = positions
    }

    /// The key with exactly this identifier, or nil; an unknown identifier never leads to another key.
    public func key(for kid: String) -> SigningKey? {
        guard let position = positions[kid], keys[position].kid.hasSameOctets(as: kid) else { return nil }
        return keys[position]
    }

    /// The key for tokens without an identifier: the only one of an allowed algorithm, or nil when there are several.
    func soleKey(where isAllowed: (SignatureAlgorithm) -> Bool) -> SigningKey? {
        var sole: SigningKey?
        for key in keys where isAllowed(key.algorithm) {
            if sole != nil { return nil }
            sole = key
        }
        return sole
    }

    /// The key whose own tokens begin with this header segment, octet for octet.
    ///
    /// Most tokens that a server sees are its own, and for them this saves decoding the header.
    func key(forHeader segment: Span<UInt8>) -> SigningKey? {
        keys.first { key in key.plainHeader.isEncoded(as: segment) }
    }
}
