import ApusCrypto

/// The key that a password becomes (RFC 7518 §4.8).
enum PasswordKey {
    static let saltByteCount = 16
    static let minimumSaltByteCount = 8

    static func derive(
        from password: SecretBytes,
        _ algorithm: KeyManagementAlgorithm,
        _ digest: DigestAlgorithm,
        salt: [UInt8],
        iterations: Int,
        count: Int
    ) throws(CryptoError) -> SecretBytes {
        // §4.8.1.1: the algorithm's name keeps keys of different algorithms apart.
        let salt = [UInt8](algorithm.rawValue.utf8) + [0] + salt
        return try PBKDF2.derive(digest, from: password, salt: salt.span, iterations: iterations, count: count)
    }
}
