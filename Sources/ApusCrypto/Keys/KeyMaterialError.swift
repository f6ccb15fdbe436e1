import COpenSSL

/// Why key material cannot be read, used or written; never with a part of it.
package enum KeyMaterialError: Error, Hashable, Sendable {
    /// The octets are not what they should be; `expected` names the form.
    case unreadable(expected: String)
    /// The key is encrypted and no passphrase was given.
    case passphraseMissing
    /// The key is encrypted under another passphrase, or has been damaged.
    case passphraseWrong
    /// The key is encrypted in a way that this OpenSSL does not offer.
    case encryptionNotSupported
    /// A key of a family that is not used here.
    case kindNotSupported(found: String)
    /// A curve that is not used here, or one that is given by its parameters and not by its name.
    case curveNotSupported(found: String)
    case rsaTooShort(bits: Int)
    case rsaTooLong(bits: Int)
    /// The public exponent is even, below 3, or 2^256 and more.
    case rsaExponentInvalid
    /// The modulus is even, prime, the power of a prime, or has a small factor.
    case rsaModulusInvalid
    /// The point is not on its curve, or is the point at infinity.
    case pointNotOnCurve
    /// A coordinate, a scalar or a key that is not exactly as wide as its curve demands.
    case wrongLength(expected: Int, found: Int)
    /// The private part does not belong to the public part, or its numbers not to each other.
    case privatePartMismatch
    /// The key, or one of the numbers of its private part, is not there.
    case privatePartMissing
    /// The certificate is for another key.
    case certificateMismatch
    /// What was asked for needs a key of another family.
    case wrongKind(expected: String, found: KeyKind)
    /// OpenSSL could not do what it always can, such as when memory is short.
    case cryptographyUnavailable(operation: String)

    /// Empties the thread's error queue too; see `CryptoError`.
    static func unavailable(_ operation: String) -> KeyMaterialError {
        ERR_clear_error()
        return .cryptographyUnavailable(operation: operation)
    }
}

extension KeyMaterialError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .unreadable(let expected):
            "The key cannot be read. Expected \(expected), whole and with nothing after it."
        case .passphraseMissing:
            "The key is encrypted. Give the passphrase that it was encrypted with."
        case .passphraseWrong:
            "The passphrase does not open the key, or the key is damaged."
        case .encryptionNotSupported:
            "The key is encrypted with an algorithm that this OpenSSL does not offer. "
                + "Encrypt it anew with PBES2 and AES, as 'openssl pkcs8 -topk8 -v2 aes256' does."
        case .kindNotSupported(let found):
            "A key of the kind '\(found)' is not supported. Expected RSA, EC, Ed25519, Ed448, X25519 or X448."
        case .curveNotSupported(let found):
            "The curve '\(found)' is not supported. Expected P-256, P-384, P-521 or secp256k1, given by its name."
        case .rsaTooShort(let bits):
            "The RSA key has \(bits) bits. Expected \(AsymmetricKey.rsaBits.lowerBound) or more."
        case .rsaTooLong(let bits):
            "The RSA key has \(bits) bits. Expected \(AsymmetricKey.rsaBits.upperBound) or fewer."
        case .rsaExponentInvalid:
            "The public exponent of the RSA key is not an odd number from 3 to 2^256. Expected 65537, as a rule."
        case .rsaModulusInvalid:
            "The modulus of the RSA key is not the product of two large primes."
        case .pointNotOnCurve:
            "The public point of the EC key is not a point on its curve."
        case .wrongLength(let expected, let found):
            "A part of the key has \(found) octets. Expected exactly \(expected), with leading zeros kept."
        case .privatePartMismatch:
            "The private part of the key does not belong to its public part, or its numbers not to each other."
        case .privatePartMissing:
            "The key has no private part, or a part of it is missing. An RSA key needs d, p, q, dp, dq and qi."
        case .certificateMismatch:
            "The certificate was issued for another key."
        case .wrongKind(let expected, let found):
            "The key is \(found). Expected \(expected)."
        case .cryptographyUnavailable(let operation):
            "OpenSSL could not \(operation)"
        }
    }
}
