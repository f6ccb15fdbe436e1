import ApusCrypto

extension JWK {
    /// The lengths of RSA moduli that are generated; longer ones take minutes to find.
    private static let generatedBits = 2_048...8_192
    /// The lengths of shared secrets that are generated: from AES-128's to many times a SHA-512.
    private static let generatedOctets = 16...1_024

    /// Makes a new private key or random secret.
    ///
    /// - Throws: `KeyError.sizeNotOffered` outside 2,048 to 8,192 bits for RSA and 16 to 1,024 octets for a secret, and
    ///   `KeyError.cryptographyUnavailable` when the generator of random octets is not available.
    public static func generate(_ kind: Kind) throws(KeyError) -> JWK {
        if case .rsa(let bits) = kind, !generatedBits.contains(bits) { throw .sizeNotOffered(kind) }
        if case .secret(let octets) = kind {
            guard generatedOctets.contains(octets) else { throw .sizeNotOffered(kind) }
            let secret: SecretBytes
            do throws(CryptoError) {
                secret = try SecretBytes.random(octets)
            } catch {
                throw .cryptographyUnavailable(error.description)
            }
            return try JWK(.secret(secret))
        }
        guard let asymmetric = kind.asymmetric else { throw .sizeNotOffered(kind) }
        return try JWK(KeyMaterial { () throws(KeyMaterialError) in try AsymmetricKey.generate(asymmetric) })
    }
}
