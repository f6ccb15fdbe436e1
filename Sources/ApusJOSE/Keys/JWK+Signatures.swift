import ApusCrypto

extension JWK {
    /// Refuses a key that says of itself that it is not for this operation (RFC 7517 §4.2 and §4.3).
    func checkPermits(_ operation: Operation) throws(KeyError) {
        try Self.check(use, against: operations)
        if let use, use != operation.use { throw .useNotPermitted(use) }
        if let operations, !operations.contains(operation) { throw .operationNotPermitted(operation) }
    }

    /// The algorithms of signatures that the key may serve, at least one: the one asked for or stated, or else those of
    /// its kind with the preferred one first.
    func signatureAlgorithms(asked: SignatureAlgorithm?) throws(KeyError) -> [SignatureAlgorithm] {
        let suited = SignatureAlgorithm.suited(to: kind)
        if let name = algorithm {
            guard let stated = SignatureAlgorithm.named(name) else { throw .algorithmUnknown(name) }
            if let asked, asked != stated { throw .algorithmContradicted(stated: name, asked: asked.rawValue) }
            try stated.check(kind)
            return [stated]
        }
        if let asked {
            try asked.check(kind)
            return [asked]
        }
        if case .secret = kind { try SignatureAlgorithm.hs256.check(kind) }
        guard !suited.isEmpty else { throw .kindUnsuited(kind) }
        return suited
    }

    /// The identifier asked for, or else the key's, or else its thumbprint.
    func identifier(asked: String?) throws(KeyError) -> String {
        let kid = asked ?? kid ?? thumbprint()
        guard (1...256).contains(kid.utf8.count) else { throw .kidLengthInvalid(octets: kid.utf8.count) }
        return kid
    }
}

extension KeyMaterial {
    /// What of the key may be shown to anyone; nil for a shared secret.
    var publicPart: KeyMaterial? {
        guard case .asymmetric(let key) = self else { return nil }
        return .asymmetric(key.publicKey)
    }
}
