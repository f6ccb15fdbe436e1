import ApusCrypto

/// Encrypts and decrypts the content of messages (RFC 7518 §5).
enum ContentCipher {
    struct Sealed: Sendable {
        let vector: [UInt8]
        let ciphertext: [UInt8]
        let tag: [UInt8]
    }

    static func seal(
        _ plaintext: Span<UInt8>,
        _ encryption: ContentEncryption,
        key: SecretBytes,
        vector: [UInt8],
        authenticating data: Span<UInt8>
    ) throws(CryptoError) -> Sealed {
        guard let digest = encryption.digest else {
            let sealed = try AESGCM(key).seal(plaintext, nonce: vector.span, authenticating: data)
            return Sealed(vector: vector, ciphertext: sealed.ciphertext, tag: sealed.tag)
        }
        let halves = Halves(of: key)
        let ciphertext = try AESCBC(halves.encrypting).encrypt(plaintext, vector: vector.span)
        let code = try code(halves.authenticating, digest, data, vector.span, ciphertext.span)
        return Sealed(vector: vector, ciphertext: ciphertext, tag: [UInt8](code.prefix(encryption.tagByteCount)))
    }

    /// - Throws: `CipherError.decryptionFailed` for everything that can be wrong with key, tag, vector or ciphertext.
    static func open(
        _ sealed: Sealed,
        _ encryption: ContentEncryption,
        key: SecretBytes,
        authenticating data: Span<UInt8>
    ) throws(CipherError) -> [UInt8] {
        guard key.count == encryption.keyByteCount, sealed.tag.count == encryption.tagByteCount,
            sealed.vector.count == encryption.vectorByteCount
        else { throw .decryptionFailed }
        let (ciphertext, tag, vector) = (sealed.ciphertext.span, sealed.tag.span, sealed.vector.span)
        guard let digest = encryption.digest else {
            let cipher = try available { () throws(CryptoError) in try AESGCM(key) }
            return try cipher.open(ciphertext, tag: tag, nonce: vector, authenticating: data)
        }
        let halves = Halves(of: key)
        let code = try available { () throws(CryptoError) in
            try Self.code(halves.authenticating, digest, data, vector, ciphertext)
        }
        // RFC 7518 §5.2.2.2: the padding is looked at only once the tag has been found right.
        guard ConstantTime.equal(code.span.extracting(first: tag.count), tag) else { throw .decryptionFailed }
        let cipher = try available { () throws(CryptoError) in try AESCBC(halves.encrypting) }
        return try cipher.decrypt(ciphertext, vector: vector)
    }

    private static func available<Result>(_ body: () throws(CryptoError) -> Result) throws(CipherError) -> Result {
        do {
            return try body()
        } catch {
            throw .unavailable(error)
        }
    }

    /// The keys of the two parts of AES-CBC with HMAC; the one that authenticates comes first (RFC 7518 §5.2.2.1).
    private struct Halves {
        let authenticating: SecretBytes
        let encrypting: SecretBytes

        init(of key: SecretBytes) {
            let count = key.count / 2
            authenticating = key.withBytes { SecretBytes(copying: $0.extracting(first: count)) }
            encrypting = key.withBytes { SecretBytes(copying: $0.extracting(last: count)) }
        }
    }

    private static func code(
        _ key: SecretBytes,
        _ digest: DigestAlgorithm,
        _ data: Span<UInt8>,
        _ vector: Span<UInt8>,
        _ ciphertext: Span<UInt8>
    ) throws(CryptoError) -> [UInt8] {
        var message: [UInt8] = []
        message.reserveCapacity(data.count + vector.count + ciphertext.count + 8)
        message.append(octets: data)
        message.append(octets: vector)
        message.append(octets: ciphertext)
        message.append(bigEndian: UInt64(data.count) * 8)
        return try HMACKey(key, digest).authenticationCode(for: message.span)
    }
}
