import ApusCrypto

/// Keys for HMAC from every form in which a shared secret comes.
///
/// Without an algorithm the longest hash that the secret suffices for is taken: 64 octets HS512, 48 HS384, else HS256.
/// Without an identifier the key takes the SHA-256 thumbprint of its JWK (RFC 7638), which two servers with one secret
/// agree on. Tokens show that hash to whoever holds them, as they show a signature: neither tells a random secret, and
/// both let a guessable one be tried out.
extension SigningKey {
    /// A key from hexadecimal digits of either case, such as `openssl rand -hex 32` prints.
    ///
    /// - Throws: `KeyError` when the text is malformed, shorter than the algorithm's hash (RFC 7518 §3.2) or no secret.
    public static func hmac(
        hexadecimal text: String,
        algorithm: SignatureAlgorithm? = nil,
        kid: String? = nil
    ) throws(KeyError) -> SigningKey {
        let utf8 = text.utf8
        let digits = utf8.span
        if SecretInspection.looksLikeKeyFile(digits) { throw .secretIsNoSecret }
        guard let count = Hexadecimal.decodedCount(digits.count) else { throw .hexadecimalMalformed }
        let secret = try SecretBytes(count: count) { (octets) throws(KeyError) in
            guard Hexadecimal.decode(digits, into: &octets) else { throw .hexadecimalMalformed }
        }
        return try SigningKey(JWK(KeyMaterial(secret: secret)), algorithm: algorithm, kid: kid)
    }

    /// A key from Base64url without padding, the form of `k` in a JWK (RFC 7518 §6.4.1).
    ///
    /// - Throws: `KeyError` when the text is malformed, shorter than the algorithm's hash (RFC 7518 §3.2) or no secret.
    public static func hmac(
        base64URL text: String,
        algorithm: SignatureAlgorithm? = nil,
        kid: String? = nil
    ) throws(KeyError) -> SigningKey {
        let utf8 = text.utf8
        let symbols = utf8.span
        if SecretInspection.looksLikeKeyFile(symbols) { throw .secretIsNoSecret }
        let secret: SecretBytes
        do {
            secret = try SecretBytes(count: try Base64URL.decodedCount(symbols.count)) {
                (octets) throws(Base64URL.Error) in try Base64URL.decode(symbols, into: &octets)
            }
        } catch {
            throw .base64URLMalformed
        }
        return try SigningKey(JWK(KeyMaterial(secret: secret)), algorithm: algorithm, kid: kid)
    }

    /// A key from the UTF-8 octets of a text, taken as they are.
    ///
    /// The length alone is checked: whoever sees a token can try passphrases at the speed of the hash, so it must be as
    /// hard to guess as a random key. Prefer `hmac(generated:kid:)` or random octets.
    /// - Throws: `KeyError` when the text is shorter than the algorithm's hash (RFC 7518 §3.2) or no secret.
    public static func hmac(
        passphrase text: String,
        algorithm: SignatureAlgorithm? = nil,
        kid: String? = nil
    ) throws(KeyError) -> SigningKey {
        let utf8 = text.utf8
        return try SigningKey(JWK(KeyMaterial(secret: SecretBytes(copying: utf8.span))), algorithm: algorithm, kid: kid)
    }

    /// A key from octets, which are copied; wiping the array is the caller's affair.
    ///
    /// - Throws: `KeyError` when there are fewer octets than the algorithm's hash has (RFC 7518 §3.2) or they are no
    ///   secret.
    public static func hmac(
        bytes: [UInt8],
        algorithm: SignatureAlgorithm? = nil,
        kid: String? = nil
    ) throws(KeyError) -> SigningKey {
        try SigningKey(JWK(KeyMaterial(secret: SecretBytes(copying: bytes.span))), algorithm: algorithm, kid: kid)
    }

    /// A new random key, as long as the algorithm's hash; tokens under it end with the process.
    ///
    /// - Throws: `KeyError` when the generator of random octets is not available.
    public static func hmac(
        generated algorithm: SignatureAlgorithm,
        kid: String? = nil
    ) throws(KeyError) -> SigningKey {
        try generated(algorithm, kid: kid)
    }
}
