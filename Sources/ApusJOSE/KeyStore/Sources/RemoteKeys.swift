/// The keys of a JWK Set that verify signatures.
enum RemoteKeys {
    /// Shared secrets have no place in a set that everybody can read, and are left out with the keys for other uses.
    static func read(_ document: [UInt8], limits: RemoteKeySet.Limits) throws -> [StoredKey] {
        guard let text = String(validating: document, as: UTF8.self) else {
            throw RemoteKeySetFailure.malformed("expected UTF-8")
        }
        let set = try JWKSet(json: text)
        guard set.keys.count + set.ignored.count <= limits.keys else {
            throw RemoteKeySetFailure.tooManyKeys(limit: limits.keys)
        }
        return try set.verificationKeys.map { key in try StoredKey(key, .verifying) }
    }
}
