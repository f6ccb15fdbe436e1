import ApusCrypto

extension EncryptionKey {
    /// Takes a public key, the public part of a private one, or a shared secret for encrypting to its owner.
    ///
    /// The algorithm is the one given, or else the one that the JWK names, or else that of its kind: RSA-OAEP-256,
    /// ECDH-ES+A256KW, and `dir` for a secret. The encryption is A256GCM, or for `dir` the one that takes a secret of this
    /// size. The identifier is the one given, or else the JWK's, or else its SHA-256 thumbprint.
    /// - Throws: `KeyError` when the key is not for the algorithm, or by its `alg`, `use` or `key_ops` not for encrypting.
    public init(
        _ jwk: JWK,
        algorithm: KeyManagementAlgorithm? = nil,
        encryption: ContentEncryption? = nil,
        kid: String? = nil
    ) throws(KeyError) {
        let stated = try jwk.encryptionAlgorithms(asked: algorithm)
        let encryption = encryption ?? stated.encryption
        let kid = try jwk.identifier(asked: kid)
        do {
            switch jwk.material {
            case .secret(let secret):
                try self.init(secret: secret, algorithm: stated.algorithm, encryption: encryption, kid: kid)
            case .asymmetric(let key):
                try self.init(key: key, algorithm: stated.algorithm, encryption: encryption, kid: kid)
            }
        } catch {
            throw .encryption(error)
        }
        try jwk.checkPermits(self.algorithm, encrypting: true)
    }
}

extension DecryptionKey {
    /// Takes a private key or a shared secret for decrypting.
    ///
    /// The algorithm is the one given, or else the one that the JWK names, or else that of its kind: RSA-OAEP-256,
    /// ECDH-ES+A256KW, and `dir` for a secret. The encryptions are all, or for `dir` those that take a secret of this
    /// size. The identifier is the one given, or else the JWK's, or else its SHA-256 thumbprint.
    /// - Throws: `KeyError` when the key is public, not for the algorithm, or by its `alg`, `use` or `key_ops` not for
    ///   decrypting.
    public init(
        _ jwk: JWK,
        algorithm: KeyManagementAlgorithm? = nil,
        encryptions: [ContentEncryption]? = nil,
        kid: String? = nil
    ) throws(KeyError) {
        let stated = try jwk.encryptionAlgorithms(asked: algorithm)
        let encryptions = encryptions ?? stated.encryption.map { [$0] }
        let kid = try jwk.identifier(asked: kid)
        do {
            switch jwk.material {
            case .secret(let secret):
                try self.init(secret: secret, algorithm: stated.algorithm, encryptions: encryptions, kid: kid)
            case .asymmetric(let key):
                try self.init(key: key, algorithm: stated.algorithm, encryptions: encryptions, kid: kid)
            }
        } catch {
            throw .encryption(error)
        }
        try jwk.checkPermits(self.algorithm, encrypting: false)
    }
}

extension JWK {
    /// The algorithm asked for or stated, if any; a JWK for `dir` may state the encryption alone (RFC 7520 §3.6).
    fileprivate func encryptionAlgorithms(
        asked: KeyManagementAlgorithm?
    ) throws(KeyError) -> (algorithm: KeyManagementAlgorithm?, encryption: ContentEncryption?) {
        guard let name = algorithm else { return (asked, nil) }
        let stated: KeyManagementAlgorithm
        let encryption = ContentEncryption.allCases.first { name.hasSameOctets(as: $0.rawValue) }
        if encryption != nil {
            stated = .direct
        } else if let algorithm = KeyManagementAlgorithm.allCases.first(where: { name.hasSameOctets(as: $0.rawValue) })
        {
            stated = algorithm
        } else {
            throw .encryptionAlgorithmUnknown(name)
        }
        if let asked, asked != stated { throw .algorithmContradicted(stated: name, asked: asked.rawValue) }
        return (stated, encryption)
    }

    /// Refuses a key that says of itself that it is not for this (RFC 7517 §4.2 and §4.3).
    fileprivate func checkPermits(_ algorithm: KeyManagementAlgorithm, encrypting: Bool) throws(KeyError) {
        try Self.check(use, against: operations)
        if let use, use != .encryption { throw .useNotPermitted(use) }
        guard let operations else { return }
        let sufficient: [Operation] =
            switch algorithm.method {
            case .direct: encrypting ? [.encrypt] : [.decrypt]
            case .keyWrap, .gcmKeyWrap, .oaep: encrypting ? [.wrapKey, .encrypt] : [.unwrapKey, .decrypt]
            case .agreement: [.deriveKey, .deriveBits]
            case .password: [.deriveKey, .deriveBits] + (encrypting ? [.wrapKey] : [.unwrapKey])
            }
        // The public key of an agreement has nothing to do by itself, so its list is empty.
        if encrypting, operations.isEmpty, case .agreement = algorithm.method { return }
        guard operations.contains(where: sufficient.contains) else { throw .operationNotPermitted(sufficient[0]) }
    }
}
