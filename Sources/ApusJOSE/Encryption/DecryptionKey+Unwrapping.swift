import ApusCrypto

extension DecryptionKey {
    /// The content key of a message, or a random one when the encrypted key is not right.
    ///
    /// The random one fails later, at the tag, where a wrong tag fails too: so nobody learns which of the two was wrong
    /// (RFC 7516 §11.5).
    /// - Throws: `JWEError` for what the header alone makes wrong.
    func contentKey(
        _ encryptedKey: [UInt8],
        _ encryption: ContentEncryption,
        _ header: JWEHeader
    ) throws(JWEError) -> SecretBytes {
        if algorithm.hasNoEncryptedKey, !encryptedKey.isEmpty { throw .malformed }
        // Drawn whether it will be needed or not, so that both cases do the same work.
        let substitute = try JWEError.lift { () throws(CryptoError) in
            try SecretBytes.random(encryption.keyByteCount)
        }
        let found = try unwrap(encryptedKey, encryption, header)
        guard let found, found.count == encryption.keyByteCount else { return substitute }
        return found
    }

    private func unwrap(
        _ encryptedKey: [UInt8],
        _ encryption: ContentEncryption,
        _ header: JWEHeader
    ) throws(JWEError) -> SecretBytes? {
        switch (material, algorithm.method) {
        case (.secret(let secret), .direct):
            return secret
        case (.secret(let secret), .keyWrap):
            return try Self.unwrap(encryptedKey, with: secret)
        case (.secret(let secret), .gcmKeyWrap):
            return try Self.gcmUnwrap(encryptedKey, with: secret, header)
        case (.secret(let password), .password(let digest, let count)):
            return try passwordUnwrap(encryptedKey, with: password, digest, count, header)
        case (.asymmetric(let key), .oaep(let digest)):
            return try? key.decryptOAEP(encryptedKey.span, digest: digest)
        case (.asymmetric(let key), .agreement(let count)):
            let derived = try agree(with: key, wrappingKeyByteCount: count, encryption, header)
            return count == nil ? derived : try Self.unwrap(encryptedKey, with: derived)
        default:
            // The initialisers let no other pair through.
            throw .algorithmNotAllowed(EchoedText(header.algorithm).description)
        }
    }

    private static func unwrap(_ encryptedKey: [UInt8], with secret: SecretBytes) throws(JWEError) -> SecretBytes? {
        let cipher = try JWEError.lift { () throws(CryptoError) in try AESKeyWrap(secret) }
        return try? cipher.unwrap(encryptedKey.span)
    }

    private static func gcmUnwrap(
        _ encryptedKey: [UInt8],
        with secret: SecretBytes,
        _ header: JWEHeader
    ) throws(JWEError) -> SecretBytes? {
        // RFC 7518 §4.7.1: 96 bits and 128 bits, no others.
        guard let vector = try header.octets("iv"), vector.count == AESGCM.nonceByteCount else {
            throw .headerParameterInvalid("iv")
        }
        guard let tag = try header.octets("tag"), tag.count == AESGCM.tagByteCount else {
            throw .headerParameterInvalid("tag")
        }
        let cipher = try JWEError.lift { () throws(CryptoError) in try AESGCM(secret) }
        return try? cipher.openSecret(encryptedKey.span, tag: tag.span, nonce: vector.span)
    }

    private func passwordUnwrap(
        _ encryptedKey: [UInt8],
        with password: SecretBytes,
        _ digest: DigestAlgorithm,
        _ count: Int,
        _ header: JWEHeader
    ) throws(JWEError) -> SecretBytes? {
        guard let salt = try header.octets("p2s"), salt.count >= PasswordKey.minimumSaltByteCount else {
            throw .headerParameterInvalid("p2s")
        }
        guard let iterations = header.members["p2c"]?.int, passwordIterations.contains(iterations) else {
            throw .headerParameterInvalid("p2c")
        }
        let key = try JWEError.lift { () throws(CryptoError) in
            try PasswordKey.derive(
                from: password, algorithm, digest, salt: salt, iterations: iterations, count: count)
        }
        return try Self.unwrap(encryptedKey, with: key)
    }

    private func agree(
        with key: AsymmetricKey,
        wrappingKeyByteCount: Int?,
        _ encryption: ContentEncryption,
        _ header: JWEHeader
    ) throws(JWEError) -> SecretBytes {
        let agreement = try KeyAgreement(
            algorithm, wrappingKeyByteCount: wrappingKeyByteCount, encryption, header)
        let ephemeral = try EphemeralKey.key(in: header, of: key.kind)
        // What fails here is a point of low order, which would let its sender know the key beforehand (RFC 7748 §6.1).
        guard let agreed = try? key.sharedSecret(with: ephemeral) else { throw .headerParameterInvalid("epk") }
        return try JWEError.lift { () throws(CryptoError) in try agreement.derive(from: agreed) }
    }
}
