/// Encrypted messages (RFC 7516): JSON Web Encryption for any content.
///
/// ```swift
/// let text = try JWE.encrypt([UInt8]("to whom it concerns".utf8), to: encryptionKey)
/// let message = try JWE.decrypt(text, with: [decryptionKey])
/// ```
///
/// Decrypting is not authenticating: whoever has a public key can write a message to its owner. Content that must be
/// believed is signed within.
public enum JWE {
    /// The length in octets beyond which a message is refused unread unless said otherwise.
    public static let defaultMaximumBytes = 262_144

    /// Encrypts content in the compact serialisation.
    ///
    /// - Parameters:
    ///   - header: What stands in the protected header beside `alg`, `enc` and `kid`, such as `cty`. For ECDH-ES also
    ///     `apu` and `apv`, at most 512 octets each.
    /// - Throws: `JWEError.headerReserved` for what the key decides about, `JWEError.messageLimitReached`,
    ///   `JWEError.headerParameterInvalid`, `JWEError.cryptographyUnavailable`.
    public static func encrypt(
        _ plaintext: [UInt8],
        to key: EncryptionKey,
        header: JSONObject = [:]
    ) throws(JWEError) -> String {
        try EncryptedMessage(plaintext, to: key, header: header).compact
    }

    /// Decrypts a message in the compact serialisation.
    ///
    /// The key is the one with the message's `kid`. A message without one is decrypted only when exactly one key has
    /// its algorithms; an unknown `kid` leads to no key.
    /// - Parameters:
    ///   - maximumBytes: The length in octets beyond which a message is refused unread.
    ///   - critical: The extensions that the caller understands and will obey, by their names in `crit`.
    /// - Throws: `JWEError`. A wrong key and a changed message are one case, `decryptionFailed`.
    public static func decrypt(
        _ text: String,
        with keys: [DecryptionKey],
        maximumBytes: Int = Self.defaultMaximumBytes,
        understanding critical: Set<String> = []
    ) throws(JWEError) -> DecryptedMessage {
        let utf8 = text.utf8
        let message = try EncryptedMessage(compact: utf8.span, maximumBytes: maximumBytes)
        return try message.decrypt(with: keys, understanding: critical)
    }
}
