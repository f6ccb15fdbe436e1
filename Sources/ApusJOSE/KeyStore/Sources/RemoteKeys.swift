/// The keys of another's JWK Set that verify signatures.
struct RemoteKeys {
    /// One for each identifier, which may be several keys in one.
    let keys: [StoredKey]
    /// The identifiers of keys that were left out, since the set does not tell them apart.
    let ambiguous: [String]

    /// Shared secrets have no place in a set that everybody can read, and are left out with the keys for other uses.
    ///
    /// Keys may share an identifier when their algorithms differ, as those of different `kty` do (RFC 7517 §4.5): the token
    /// then says which it is. Of one algorithm they are left out, unless they are one key that is there twice.
    init(_ document: [UInt8], limits: RemoteKeySet.Limits) throws {
        guard let text = String(validating: document, as: UTF8.self) else {
            throw RemoteKeySetFailure.malformed("expected UTF-8")
        }
        let set = try JWKSet(json: text, allowsRepeatedIdentifiers: true)
        guard set.keys.count + set.ignored.count <= limits.keys else {
            throw RemoteKeySetFailure.tooManyKeys(limit: limits.keys)
        }
        var groups: [[VerificationKey]] = []
        for key in set.verificationKeys {
            // As a KeySet's identifiers are told apart: two that are only equivalent count as one.
            guard let position = groups.firstIndex(where: { $0[0].kid == key.kid }) else {
                groups.append([key])
                continue
            }
            if !groups[position].contains(where: key.isSame) { groups[position].append(key) }
        }
        var keys: [StoredKey] = []
        var ambiguous: [String] = []
        for group in groups {
            if let key = VerificationKey(unifying: group) {
                keys.append(try StoredKey(key, .verifying))
            } else if let kid = group[0].kid {
                ambiguous.append(kid)
            }
        }
        self.keys = keys
        self.ambiguous = ambiguous
    }
}

extension VerificationKey {
    /// Whether both are the same public key for the same algorithms.
    fileprivate func isSame(as other: VerificationKey) -> Bool {
        guard algorithms == other.algorithms, let own = publicJWK, let others = other.publicJWK else { return false }
        return kid == other.kid && own.thumbprint() == others.thumbprint()
    }
}
