import ApusCrypto

/// New keys, for a store in memory or with the JWK that a directory keeps.
enum GeneratedKey {
    static func signingKey(_ algorithm: SignatureAlgorithm) throws(KeyError) -> SigningKey {
        try .hmac(generated: algorithm)
    }

    static func stored(_ algorithm: SignatureAlgorithm, _ schedule: KeySchedule) throws(KeyError) -> StoredKey {
        let secret: SecretBytes
        do {
            secret = try SecretBytes.random(algorithm.digest.byteCount)
        } catch {
            throw .cryptographyUnavailable(error.description)
        }
        let text = secret.withBytes { (octets) in
            var symbols: [UInt8] = []
            Base64URL.append(octets, to: &symbols)
            return String(decoding: symbols, as: UTF8.self)
        }
        let key = try SigningKey.hmac(base64URL: text, algorithm: algorithm)
        var stored = StoredKey(key, schedule)
        stored.unsaved = [
            "kty": "oct", "alg": .string(algorithm.rawValue), "kid": .string(key.kid), "k": .string(text),
        ]
        return stored
    }
}
