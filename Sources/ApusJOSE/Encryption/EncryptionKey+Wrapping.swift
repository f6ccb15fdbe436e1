import ApusCrypto

extension EncryptionKey {
    /// A content key on its way to one recipient.
    struct WrappedKey {
        var encryptedKey: [UInt8] = []
        /// What the recipient needs to know besides, such as `epk`.
        var parameters = JSONObject()
    }

    /// The content key that this key alone determines, without any encrypted key; nil when the algorithm wraps one.
    func agreedContentKey(_ header: JWEHeader) throws(JWEError) -> (key: SecretBytes, parameters: JSONObject)? {
        switch (material, algorithm.method) {
        case (.secret(let secret), .direct):
            if encryption.digest == nil { try admit() }
            return (secret, [:])
        case (.asymmetric(let key), .agreement(nil)):
            return try agree(with: key, wrappingKeyByteCount: nil, header)
        default:
            return nil
        }
    }

    func wrap(_ contentKey: SecretBytes, _ header: JWEHeader) throws(JWEError) -> WrappedKey {
        switch (material, algorithm.method) {
        case (.secret(let secret), .keyWrap):
            return WrappedKey(encryptedKey: try Self.wrap(contentKey, with: secret))
        case (.secret(let secret), .gcmKeyWrap):
            return try gcmWrap(contentKey, with: secret)
        case (.secret(let secret), .password(let digest, let count)):
            return try passwordWrap(contentKey, with: secret, digest, count)
        case (.asymmetric(let key), .oaep(let digest)):
            let encrypted = try JWEError.lift { () throws(CryptoError) in
                try contentKey.withBytes { (octets) throws(CryptoError) in
                    try key.encryptOAEP(octets, digest: digest)
                }
            }
            return WrappedKey(encryptedKey: encrypted)
        case (.asymmetric(let key), .agreement(let count?)):
            let agreed = try agree(with: key, wrappingKeyByteCount: count, header)
            return WrappedKey(
                encryptedKey: try Self.wrap(contentKey, with: agreed.key), parameters: agreed.parameters)
        default:
            // `dir` and `ECDH-ES` have no way to carry a key that others share.
            throw .recipientsNotCompatible
        }
    }

    private static func wrap(_ contentKey: SecretBytes, with secret: SecretBytes) throws(JWEError) -> [UInt8] {
        try JWEError.lift { () throws(CryptoError) in try AESKeyWrap(secret).wrap(contentKey) }
    }

    private func gcmWrap(_ contentKey: SecretBytes, with secret: SecretBytes) throws(JWEError) -> WrappedKey {
        try admit()
        return try JWEError.lift { () throws(CryptoError) in
            let vector = try SecureRandom.bytes(AESGCM.nonceByteCount)
            let sealed = try contentKey.withBytes { (octets) throws(CryptoError) in
                try AESGCM(secret).seal(octets, nonce: vector.span, authenticating: Span())
            }
            return WrappedKey(
                encryptedKey: sealed.ciphertext,
                parameters: [
                    "iv": .string(Base64URL.encode(vector)), "tag": .string(Base64URL.encode(sealed.tag)),
                ])
        }
    }

    private func passwordWrap(
        _ contentKey: SecretBytes,
        with password: SecretBytes,
        _ digest: DigestAlgorithm,
        _ count: Int
    ) throws(JWEError) -> WrappedKey {
        try JWEError.lift { () throws(CryptoError) in
            let salt = try SecureRandom.bytes(PasswordKey.saltByteCount)
            let key = try PasswordKey.derive(
                from: password, algorithm, digest, salt: salt, iterations: passwordIterations, count: count)
            return WrappedKey(
                encryptedKey: try AESKeyWrap(key).wrap(contentKey),
                parameters: [
                    "p2s": .string(Base64URL.encode(salt)), "p2c": .number(JSONNumber(passwordIterations)),
                ])
        }
    }

    private func agree(
        with key: AsymmetricKey,
        wrappingKeyByteCount: Int?,
        _ header: JWEHeader
    ) throws(JWEError) -> (key: SecretBytes, parameters: JSONObject) {
        let agreement = try KeyAgreement(
            algorithm, wrappingKeyByteCount: wrappingKeyByteCount, encryption, header)
        let ephemeral: AsymmetricKey
        let object: JSONObject
        do {
            ephemeral = try AsymmetricKey.generate(key.kind)
            object = try EphemeralKey.object(of: ephemeral.publicKey)
        } catch {
            throw .cryptographyUnavailable(error.description)
        }
        let derived = try JWEError.lift { () throws(CryptoError) in
            try agreement.derive(from: ephemeral.sharedSecret(with: key))
        }
        return (derived, ["epk": .object(object)])
    }

    private func admit() throws(JWEError) {
        guard counter.admit() else { throw .messageLimitReached }
    }
}

extension JWEError {
    static func lift<Result>(_ body: () throws(CryptoError) -> Result) throws(JWEError) -> Result {
        do {
            return try body()
        } catch {
            throw .cryptographyUnavailable(error.description)
        }
    }
}
